package walk_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// The cache is left alone while Windows Installer works, whether it began before the question or after it.
func TestTheCacheIsLeftAloneWhileWindowsInstallerWorks(t *testing.T) {
	const times = 5
	for _, d := range []walktest.Deed{{Scenario: "missing", Verb: "copy"},
		{Scenario: "bad-target", Verb: "set aside"}} {
		t.Run(d.Verb+", before it is asked", func(t *testing.T) {
			w, e := walktest.InWorld(t, d.Scenario, 9, nil)
			w.Works, w.Asked = times, 0
			e.Until(d.Verb)
			if w.Asked <= times {
				t.Errorf("it was asked after %d looks, with Windows Installer at work for %d", w.Asked, times)
			}
		})
		t.Run(d.Verb+", between question and answer", func(t *testing.T) {
			w, e := walktest.InWorld(t, d.Scenario, 9, nil)
			e.Until(d.Verb)
			before := walktest.CacheOf(t, w.Dir)
			w.Works = times
			e.Act(w.Rig, nil)
			walktest.Same(t, before, walktest.CacheOf(t, w.Dir))
			if sc := e.Walk.Screen(); w.Works >= 0 || sc.Question == nil || sc.Question.Verb != d.Verb {
				t.Errorf("step %d is %v: %+v", sc.Step, sc.State, sc.Question)
			}
			if code := e.Run(); code != steps.CodeGood {
				t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
			}
		})
	}
}

// Windows Installer registers another package while the walk is on its way: nothing is copied, and step 5 asks again.
func TestTheRegistrationMovesOn(t *testing.T) {
	moved := walktest.Agents(func(p *computer.Product) { p.LocalPackage = `C:\Windows\Installer\8c61f3.msi` })
	for _, asked := range []bool{false, true} {
		t.Run(fmt.Sprintf("question stands: %v", asked), func(t *testing.T) {
			w, e := walktest.InWorld(t, "missing", 9, nil)
			before := walktest.CacheOf(t, w.Dir)
			if asked {
				e.Until("copy")
				w.Instead = moved
				e.Act(w.Rig, nil)
			} else {
				w.Instead = moved
				e.Press()
			}
			if sc := e.Walk.Screen(); sc.Step != 10 || sc.State != screen.NeedsYou ||
				e.Problem().Code != "registration-changed" {
				t.Fatalf("step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
			}
			e.Press()
			if sc := e.Walk.Screen(); sc.Step != 5 || sc.UniqueID != "8c61f3" {
				t.Errorf("step %d with %s", sc.Step, sc.UniqueID)
			}
			walktest.Same(t, before, walktest.CacheOf(t, w.Dir))
		})
	}
	t.Run("another user has the product as well", func(t *testing.T) {
		_, e := walktest.InWorld(t, "missing", 1, func(ps []computer.Product) ([]computer.Product, error) {
			for _, p := range ps {
				if strings.HasPrefix(p.Name, "Microsoft Azure Recovery") {
					p.LocalPackage = `C:\Windows\Installer\1d4c7.msi`
					return append([]computer.Product{p}, ps...), nil
				}
			}
			return ps, nil
		})
		if code := e.Run(); code != steps.CodeGood {
			t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
		}
	})
}

// Where no registration can be read, the last session's own word makes a file unusable, at step 10 as at step 5.
func TestTheLogAloneSpeaksAgainstAFile(t *testing.T) {
	w, e := walktest.InWorld(t, "bad-target", 1, func([]computer.Product) ([]computer.Product, error) {
		return nil,
			computer.ErrSilent
	})
	e.Types = true
	// The file is a readable package, so that only the log can tell.
	good, err := os.ReadFile(w.Host(`C:\Windows\Installer\1d4c7.msi`))
	if err := errors.Join(err, os.WriteFile(w.Host(`C:\Windows\Installer\`+walktest.TargetName), good,
		0o644)); err != nil {
		t.Fatal(err)
	}
	e.Until("set aside")
	e.Press()
	e.Until("copy")
}

// A leftover of an interrupted copy may be what fills the disk: it can be removed where that stops the walk.
func TestALeftoverIsRemovedFromAFullDisk(t *testing.T) {
	const left = `C:\Windows\Installer\marsfix-0123456789abcdef.msi`
	for _, scenario := range []string{"missing", "bad-target"} {
		w, e := walktest.InWorld(t, scenario, 9, nil)
		if err := os.WriteFile(w.Host(left), []byte("half of a package"), 0o644); err != nil {
			t.Fatal(err)
		}
		w.Full = scenario == "missing"
		e.Press()
		if failed := e.Walk.Screen().State == screen.Failed; failed != w.Full {
			t.Errorf("%s: %+v", scenario, e.Walk.Screen().Problems)
		}
		e.Sweep()
		if _, err := os.Stat(w.Host(left)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %s is still there: %v", scenario, left, err)
		}
		e.Walk.Close()
		var told []string
		for _, rec := range walktest.Records(t, w.Rig) {
			if rec.Act == computer.ActSweep {
				told = append(told, rec.Kind+" "+rec.Text)
			}
		}
		if want := "before " + left; len(told) != 2 || told[0] != want || told[1] != "after " {
			t.Errorf("%s: the journal tells %q, want first %q", scenario, told, want)
		}
	}
}

// How long a wizard has been in the way counts from the step that asks for it to be closed, not from the one that
// opened it.
func TestTheWizardIsGivenItsTime(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, r, r.Dir, clock)
	for e.Walk.Screen().Step < 11 && e.Press() {
		if err := clock.Wait(t.Context(), time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	const first, later = "close its window", "taskkill /PID"
	if p := e.Problem(); !strings.Contains(p.Hint, first) || strings.Contains(p.Hint, later) {
		t.Errorf("on arrival: %+v", p)
	}
	if err := clock.Wait(t.Context(), 40*time.Second); err != nil {
		t.Fatal(err)
	}
	e.Mend()
	if p := e.Problem(); !strings.Contains(p.Hint, first) || !strings.Contains(p.Hint, later) {
		t.Errorf("after 40 seconds: %+v", p)
	}
}
