package steps_test

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// sourced is a computer whose product was installed from elsewhere, with a drive N: of the network, which is C:\net.
type sourced struct {
	*walktest.Rig
	change  func(*computer.Product)
	cleaner string
}

func (s sourced) About(ctx context.Context) (computer.About, error) {
	a, err := s.Rig.About(ctx)
	if s.cleaner != "" {
		a.CleanerDirs = []string{s.cleaner}
	}
	return a, err
}

func (s sourced) Products(ctx context.Context) ([]computer.Product, error) {
	ps, err := s.Rig.Products(ctx)
	if err != nil {
		return nil, err
	}
	return walktest.Agents(s.change)(ps)
}

func (s sourced) Disk() disk.Reader { return walktest.NetDrive{Reader: s.Rig.Disk()} }

// The right package is offered from where the product came from and where cleaners put it, and from no share.
func TestTheRightPackageIsLookedForAndOffered(t *testing.T) {
	const right = "agent.msi"
	for name, tt := range map[string]struct {
		lies    string // the folder in which it lies
		change  func(*computer.Product)
		cleaner string
		offered string
		full    string // a folder with more packages than are looked into; with -short, with a hundred
		says    string // how the problem ends, where none is offered
		as      string // the name of the right one; empty: agent.msi
	}{
		"nowhere": {lies: `C:\elsewhere`},
		"the source used last": {lies: `C:\last`, offered: `C:\last\agent.msi`,
			change: func(p *computer.Product) { p.LastUsedSource = `C:\last\` }},
		"the source of the install": {lies: `C:\first`, offered: `C:\first\agent.msi`,
			change: func(p *computer.Product) { p.InstallSource = `C:\first` }},
		"where a cleaner puts what it took": {lies: `C:\PatchCleaner`, cleaner: `C:\PatchCleaner`,
			offered: `C:\PatchCleaner\agent.msi`},
		"beside the installer": {lies: `C:\Users\admin\Downloads`, offered: `C:\Users\admin\Downloads\agent.msi`},
		"a drive of the network": {lies: `C:\net\a`,
			change: func(p *computer.Product) { p.LastUsedSource = `N:\a\` }},
		"a share": {lies: `C:\net\a`,
			change: func(p *computer.Product) { p.LastUsedSource = `\\files\agent\a\` }},
		"its own folder on that drive": {lies: `C:\net\a`, offered: `C:\net\a\agent.msi`,
			change: func(p *computer.Product) { p.LastUsedSource = `C:\net\a\` }},
		"behind a folder full of others": {lies: `C:\PatchCleaner`, cleaner: `C:\PatchCleaner`, full: `C:\last`,
			offered: `C:\PatchCleaner\agent.msi`,
			change:  func(p *computer.Product) { p.LastUsedSource = `C:\last` }},
		"under its own name among many": {lies: `C:\PatchCleaner`, cleaner: `C:\PatchCleaner`,
			full: `C:\PatchCleaner`, as: walktest.TargetName, offered: `C:\PatchCleaner\` + walktest.TargetName},
		"beyond what is looked at": {lies: `C:\PatchCleaner`, cleaner: `C:\PatchCleaner`, full: `C:\PatchCleaner`,
			says: "; only the first 4096 of 4098 .msi files were looked at"},
		"another computer's cache": {lies: `C:\old\Windows\Installer`,
			change: func(p *computer.Product) { p.LastUsedSource = `C:\old\Windows\Installer` }},
	} {
		t.Run(name, func(t *testing.T) {
			if tt.full != "" && tt.says != "" && testing.Short() {
				t.Log("with -short only TestManyPatchesMoreThanAreLookedAt has more files than are looked at")
				return
			}
			clock := &walktest.QuickClock{At: walktest.Began}
			r := walktest.NewRig(t, "wrong-package", walktest.MemoryDir(t), clock.Now)
			if tt.change == nil {
				tt.change = func(*computer.Product) {}
			}
			e := walktest.Engage(t, sourced{r, tt.change, tt.cleaner}, r.Dir, clock)
			good := walktest.GoodPackage(t)
			dir := r.Host(tt.lies)
			if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(filepath.Join(dir, cmp.Or(tt.as, right)), good,
				0o644)); err != nil {
				t.Fatal(err)
			}
			if tt.full != "" {
				fill(t, r.Host(tt.full))
			}
			for e.Walk.Screen().Step < 9 && e.Press() {
				continue
			}
			sc := e.Walk.Screen()
			if tt.offered == "" {
				if sc.State != screen.Failed || e.Problem().Code != "wrong-package" ||
					!strings.HasSuffix(e.Problem().Message, cmp.Or(tt.says, "expects")) {
					t.Errorf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Problems, sc.Question)
				}
				return
			}
			if sc.Step != 9 || sc.Question == nil || len(sc.Question.Options) != 1 ||
				sc.Question.Options[0].Label != tt.offered {
				t.Fatalf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Problems, sc.Question)
			}
			e.Run()
			if hash := walktest.CacheOf(t, r.Dir)[walktest.TargetName]; hash != walktest.Hashed(good) {
				t.Errorf("%s is %q: %+v", walktest.TargetName, hash, e.Walk.Screen().Problems)
			}
		})
	}
}

// fill puts more packages into a folder than marsfix looks into, or a hundred with -short: a Windows program on Wine
// takes ten milliseconds for each.
func fill(t *testing.T, dir string) {
	t.Helper()
	n := 4097
	if testing.Short() {
		n = 100
	}
	err := os.MkdirAll(dir, 0o755)
	for i := range n {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, fmt.Sprintf("%04d.msi", i)), nil, 0o644))
	}
	if err != nil {
		t.Fatal(err)
	}
}
