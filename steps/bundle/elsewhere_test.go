package bundle_test

import (
	"context"
	"strings"
	"testing"

	"marsfix/steps/bundle"
	"marsfix/steps/computer"
	"marsfix/steps/diagnose"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
	"marsfix/steps/undo"
	"marsfix/steps/walk/walktest"
)

// elsewhere is a computer on which all that has a place is somewhere else: registered there, run from there, and once
// kept there, when somebody plants that too.
type elsewhere struct {
	*walktest.Rig
	at   string
	kept bool
}

func (e elsewhere) About(ctx context.Context) (computer.About, error) {
	a, err := e.Rig.About(ctx)
	a.InstallerSpots = append(a.InstallerSpots, e.at+`\Downloads`)
	a.CleanerDirs = append(a.CleanerDirs, e.at+`\PatchCleaner`)
	return a, err
}

func (e elsewhere) Services(ctx context.Context) ([]computer.Service, error) {
	services, err := e.Rig.Services(ctx)
	for i := range services {
		services[i].Image = e.at + `\bin\cbengine.exe`
	}
	return services, err
}

func (e elsewhere) Wizards(ctx context.Context) ([]computer.Process, error) {
	ps, err := e.Rig.Wizards(ctx)
	return e.moved(ps), err
}

func (e elsewhere) Follow(ctx context.Context, pid int) (computer.Run, error) {
	r, err := e.Rig.Follow(ctx, pid)
	e.moved(r.Processes)
	return r, err
}

func (e elsewhere) moved(ps []computer.Process) []computer.Process {
	for i := range ps {
		ps[i].Image = e.at + `\1f2e3d4c\Setup.exe`
	}
	return ps
}

func (e elsewhere) Products(ctx context.Context) ([]computer.Product, error) {
	ps, err := e.Rig.Products(ctx)
	for i := range ps {
		p := &ps[i]
		p.InstallSource, p.LastUsedSource, p.PackageName = e.at+`\src\`, e.at+`\src\`, "OBSAGENT.msi"
		if e.kept {
			p.LocalPackage = e.at + `\7b5ea8.msi`
		}
		for k := range p.Patches {
			patch := &p.Patches[k]
			patch.LastUsedSource = e.at + `\src\`
			if e.kept {
				patch.LocalPackage = e.at + `\7b5eb1.msp`
			}
		}
	}
	return ps, err
}

// Nothing is looked at but what lies on a drive letter of this computer, whoever says where: a look at a share sends
// the engineer's credentials to its server.
func TestNothingElsewhereIsLookedAt(t *testing.T) {
	for _, at := range []string{`\\evil\share`, `\\evil@SSL\DavWWWRoot\share`, `\\?\UNC\evil\share`, `\\?\C:\x`, `\??\C:\x`,
		`\\.\C:\x`, `//evil/share`, `C:x`, `c:/x`, `Z:\x`, `\x`, `x`, `\Device\Mup\evil\share`, `\\localhost\C$`,
		`file://evil/share`, `%TEMP%\x`} {
		for _, kept := range []bool{false, true} {
			clock := &walktest.QuickClock{At: walktest.Began}
			r := walktest.NewRig(t, "cache-emptied", walktest.MemoryDir(t), clock.Now)
			e := elsewhere{r, at, kept}
			looks := 0
			r.Before = func(op disktest.Op, path string) error {
				if looks++; path != "" && !strings.HasPrefix(path, `C:\`) && !strings.HasPrefix(path, `F:\`) {
					t.Errorf("%s, kept there %v: %s %s", at, kept, op, path)
				}
				return nil
			}
			if _, _, err := diagnose.Look(t.Context(), e, "test", walktest.BundledAt,
				func(screen.Progress) {}); err != nil {
				t.Fatal(err)
			}
			walked := walktest.Engage(t, e, r.Dir, clock)
			walked.Run()
			walked.Walk.Close()
			undo.Find(t.Context(), e, walktest.DayAfter)
			walktest.Unzip(t, walktest.PlanBundle(t, e, bundle.Options{}))
			if looks < 100 {
				t.Errorf("%s: looked at were %d places", at, looks)
			}
		}
	}
}
