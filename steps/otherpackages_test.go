package steps_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// sourced is a computer whose product was installed from elsewhere, with a drive N: of the network, which is C:\net.
type sourced struct {
	*rig
	change  func(*computer.Product)
	cleaner string
}

func (s sourced) About(ctx context.Context) (computer.About, error) {
	a, err := s.rig.About(ctx)
	if s.cleaner != "" {
		a.CleanerDirs = []string{s.cleaner}
	}
	return a, err
}

func (s sourced) Products(ctx context.Context) ([]computer.Product, error) {
	ps, err := s.rig.Products(ctx)
	if err != nil {
		return nil, err
	}
	return agents(s.change)(ps)
}

func (s sourced) Disk() disk.Reader { return netDrive{s.rig.Disk()} }

// netDrive shows C:\net as N:\ and as a share; neither is among the drives.
type netDrive struct{ disk.Reader }

func onC(path string) string {
	for _, net := range []string{`N:\`, `\\files\agent\`} {
		if rest, ok := strings.CutPrefix(path, net); ok {
			return strings.TrimRight(`C:\net\`+rest, `\`)
		}
	}
	return path
}

func (n netDrive) List(path string) ([]disk.Info, error) { return n.Reader.List(onC(path)) }

func (n netDrive) Stat(path string) (disk.Info, error) { return n.Reader.Stat(onC(path)) }

func (n netDrive) OpenStrict(p string) (disk.File, bool, error) { return n.Reader.OpenStrict(onC(p)) }

// The right package is offered from where the product came from and where cleaners put it, and from no share.
func TestTheRightPackageIsLookedForAndOffered(t *testing.T) {
	const right = "agent.msi"
	for name, tt := range map[string]struct {
		lies    string // the folder in which it lies
		change  func(*computer.Product)
		cleaner string
		offered string
	}{
		"nowhere":                           {lies: `C:\elsewhere`},
		"the source used last":              {`C:\last`, func(p *computer.Product) { p.LastUsedSource = `C:\last\` }, "", `C:\last\agent.msi`},
		"the source of the install":         {`C:\first`, func(p *computer.Product) { p.InstallSource = `C:\first` }, "", `C:\first\agent.msi`},
		"where a cleaner puts what it took": {`C:\PatchCleaner`, nil, `C:\PatchCleaner`, `C:\PatchCleaner\agent.msi`},
		"beside the installer":              {`C:\Users\admin\Downloads`, nil, "", `C:\Users\admin\Downloads\agent.msi`},
		"a drive of the network":            {`C:\net\a`, func(p *computer.Product) { p.LastUsedSource = `N:\a\` }, "", ""},
		"a share":                           {`C:\net\a`, func(p *computer.Product) { p.LastUsedSource = `\\files\agent\a\` }, "", ""},
		"its own folder on that drive":      {`C:\net\a`, func(p *computer.Product) { p.LastUsedSource = `C:\net\a\` }, "", `C:\net\a\agent.msi`},
	} {
		t.Run(name, func(t *testing.T) {
			clock := &quickClock{now: start}
			r := newRig(t, "wrong-package", memoryDir(t), clock.Now)
			if tt.change == nil {
				tt.change = func(*computer.Product) {}
			}
			e := engage(t, sourced{r, tt.change, tt.cleaner}, r.dir, clock)
			good, err := os.ReadFile(filepath.Join("practice", "packages", "obsagent.msi"))
			dir := r.host(tt.lies)
			if err := errors.Join(err, os.MkdirAll(dir, 0o755), os.WriteFile(filepath.Join(dir, right), good, 0o644)); err != nil {
				t.Fatal(err)
			}
			for e.walk.Screen().Step < 9 && e.press() {
				continue
			}
			sc := e.walk.Screen()
			if tt.offered == "" {
				if sc.State != screen.Failed || e.problem().Code != "wrong-package" {
					t.Errorf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Problems, sc.Question)
				}
				return
			}
			if sc.Step != 9 || sc.Question == nil || len(sc.Question.Options) != 1 || sc.Question.Options[0].Label != tt.offered {
				t.Fatalf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Problems, sc.Question)
			}
			e.run()
			if hash := cacheOf(t, r.dir)[targetName]; hash != hashed(good) {
				t.Errorf("%s is %q: %+v", targetName, hash, e.walk.Screen().Problems)
			}
		})
	}
}
