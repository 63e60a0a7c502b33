package walk_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"marsfix/steps/bundle"
	"marsfix/steps/computer"
	"marsfix/steps/diagnose"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// travels are places that are none of the computer's own: a look at one sends the engineer's credentials to who keeps
// it.
var travels = []string{
	`\\server\share\1f2e`, `\\?\UNC\server\share\1f2e`, `\\.\UNC\server\share\1f2e`, `\\server@SSL\DavWWWRoot\1f2e`,
	`\Device\Mup\server\share\1f2e`,
	`\\?\C:\1f2e`, `Z:\1f2e`, `\??\C:\1f2e`, `C:1f2e`, `//server/share/1f2e`,
}

// luring is a computer on which everything that somebody else may choose lies in such a place.
type luring struct {
	*walktest.Rig
	place string
	alone *bool // no other wizard is seen
}

func (l luring) About(ctx context.Context) (computer.About, error) {
	a, err := l.Rig.About(ctx)
	a.InstallerSpots = append([]string{l.place}, a.InstallerSpots...)
	a.CleanerDirs = append(a.CleanerDirs, l.place)
	return a, err
}

func (l luring) Services(ctx context.Context) ([]computer.Service, error) {
	services, err := l.Rig.Services(ctx)
	for i := range services {
		services[i].Image = l.place + `\bin\cbengine.exe`
	}
	return services, err
}

func (l luring) Products(ctx context.Context) ([]computer.Product, error) {
	ps, err := l.Rig.Products(ctx)
	for i := range ps {
		ps[i].LastUsedSource, ps[i].InstallSource = l.place, l.place+`\`
	}
	return ps, err
}

func (l luring) Wizards(ctx context.Context) ([]computer.Process, error) {
	ps, err := l.Rig.Wizards(ctx)
	lure := computer.Process{PID: 7, Image: l.place + `\bin\MARSAgentInstaller.exe`,
		Started: walktest.Began, Ours: true}
	if l.alone != nil && *l.alone {
		return []computer.Process{lure}, err
	}
	if len(ps) > 0 {
		ps = append([]computer.Process{lure}, ps...)
	}
	return ps, err
}

// home records every path that is asked for and is not on the computer's own drives.
func home(t *testing.T, r *walktest.Rig) {
	t.Helper()
	r.Before = func(op disktest.Op, path string) error {
		if op != disktest.Drives && !strings.HasPrefix(path, `C:\`) && !strings.HasPrefix(path, `F:\`) {
			t.Errorf("%s of %s", op, path)
		}
		return nil
	}
}

// No look and no act ever leaves the computer, whatever processes, logs, registrations and users name.
func TestLooksDoNotTravel(t *testing.T) {
	for _, place := range travels {
		for _, scenario := range []string{"missing", "no-errlog", "wrong-package"} {
			walktest.Row(t, fmt.Sprintf("%s, %s", place, scenario), func(t *testing.T) {
				clock := &walktest.QuickClock{At: walktest.Began}
				r := walktest.NewRig(t, scenario, walktest.MemoryDir(t), clock.Now)
				if _, err := r.Machine.Disk().Stat(`C:\Windows`); err != nil {
					t.Fatal(err)
				}
				line := "0AB0\t0974\t03/04\t09:30:00.000\t18\tx.cpp(1)\t[0]\t\t\tNORMAL\tDirectory Path for SetupLaunchScreen: " + place + "\r\n"
				if err := walktest.AppendTo(r.Host(walktest.SetupLog), []byte(line)); err != nil {
					t.Fatal(err)
				}
				home(t, r)
				m := luring{Rig: r, place: place}
				if _, _, err := diagnose.Look(t.Context(), m, "test", walktest.Began,
					func(screen.Progress) {}); err != nil {
					t.Error(err)
				}
				e := walktest.Engage(t, m, r.Dir, clock)
				e.UntilStep(9)
				for e.Walk.Screen().Step < 11 && e.Press() {
					continue
				}
				if want := 11; scenario == "missing" && e.Walk.Screen().Step != want {
					t.Errorf("the walk came to step %d, want %d: %+v", e.Walk.Screen().Step, want,
						e.Walk.Screen().Problems)
				}
				walktest.Unzip(t, walktest.PlanBundle(t, m, bundle.Options{}))
			})
		}
		walktest.Row(t, place+", a wizard that ran already", func(t *testing.T) {
			clock := &walktest.QuickClock{At: walktest.Began}
			r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
			home(t, r)
			alone := false
			e := walktest.Engage(t, luring{r, place, &alone}, r.Dir, clock)
			e.UntilStep(5)
			if _, err := r.Machine.Start(t.Context(), walktest.Downloads); err != nil {
				t.Fatal(err)
			}
			alone = true
			e.UntilStep(11)
			alone = false
			if err := r.CloseWizard(t.Context()); err != nil {
				t.Fatal(err)
			}
			e.Mend()
			e.Press()
			if sc := e.Walk.Screen(); sc.Step != 12 || sc.State != screen.Failed ||
				!strings.Contains(e.Problem().Message, "fixed or removable") {
				t.Errorf("step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
			}
		})
	}
}
