package steps_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// world is a computer on which other things happen while marsfix walks.
type world struct {
	*rig
	full     bool
	works    int // how often Windows Installer still answers that it works
	asked    int // how often it was asked
	products func([]computer.Product) ([]computer.Product, error)
}

func (w *world) Busy(ctx context.Context) (bool, error) {
	w.asked++
	w.works--
	if w.works >= 0 {
		return true, nil
	}
	return w.rig.Busy(ctx)
}

func (w *world) Products(ctx context.Context) ([]computer.Product, error) {
	ps, err := w.rig.Products(ctx)
	if err != nil || w.products == nil {
		return ps, err
	}
	return w.products(slices.Clone(ps))
}

func (w *world) Disk() disk.Reader { return cramped{w.rig.Disk(), &w.full} }

// cramped is a disk that may have no room left.
type cramped struct {
	disk.Reader
	full *bool
}

func (c cramped) Free(path string) (uint64, error) {
	if *c.full {
		return 10, nil
	}
	return c.Reader.Free(path)
}

// inWorld walks a fresh computer up to a step.
func inWorld(t *testing.T, scenario string, step int, products func([]computer.Product) ([]computer.Product, error)) (*world, *engineer) {
	t.Helper()
	clock := &quickClock{now: start}
	w := &world{rig: newRig(t, scenario, memoryDir(t), clock.Now), products: products}
	e := engage(t, w, w.dir, clock)
	for e.walk.Screen().Step < step && e.press() {
		continue
	}
	if sc := e.walk.Screen(); sc.Step != step {
		t.Fatalf("stopped at step %d: %+v", sc.Step, sc.Problems)
	}
	return w, e
}

// The cache is left alone while Windows Installer works, whether it began before the question or after it.
func TestTheCacheIsLeftAloneWhileWindowsInstallerWorks(t *testing.T) {
	const times = 5
	for _, d := range []deed{{"missing", "copy"}, {"bad-target", "set aside"}} {
		t.Run(d.verb+", before it is asked", func(t *testing.T) {
			w, e := inWorld(t, d.scenario, 9, nil)
			w.works, w.asked = times, 0
			e.until(d.verb)
			if w.asked <= times {
				t.Errorf("it was asked after %d looks, with Windows Installer at work for %d", w.asked, times)
			}
		})
		t.Run(d.verb+", between question and answer", func(t *testing.T) {
			w, e := inWorld(t, d.scenario, 9, nil)
			e.until(d.verb)
			before := cacheOf(t, w.dir)
			w.works = times
			e.act(w.rig, nil)
			same(t, before, cacheOf(t, w.dir))
			if sc := e.walk.Screen(); w.works >= 0 || sc.Question == nil || sc.Question.Verb != d.verb {
				t.Errorf("step %d is %v: %+v", sc.Step, sc.State, sc.Question)
			}
			if code := e.run(); code != steps.CodeGood {
				t.Errorf("the walk ended with %d: %+v", code, e.walk.Screen().Problems)
			}
		})
	}
}

// agents changes every registration of the agent.
func agents(change func(*computer.Product)) func([]computer.Product) ([]computer.Product, error) {
	return func(ps []computer.Product) ([]computer.Product, error) {
		for i := range ps {
			if strings.HasPrefix(ps[i].Name, "Microsoft Azure Recovery") {
				change(&ps[i])
			}
		}
		return ps, nil
	}
}

// Windows Installer registers another package while the walk is on its way: nothing is copied, and step 5 asks again.
func TestTheRegistrationMovesOn(t *testing.T) {
	moved := agents(func(p *computer.Product) { p.LocalPackage = `C:\Windows\Installer\8c61f3.msi` })
	for _, asked := range []bool{false, true} {
		t.Run(fmt.Sprintf("question stands: %v", asked), func(t *testing.T) {
			w, e := inWorld(t, "missing", 9, nil)
			before := cacheOf(t, w.dir)
			if asked {
				e.until("copy")
				w.products = moved
				e.act(w.rig, nil)
			} else {
				w.products = moved
				e.press()
			}
			if sc := e.walk.Screen(); sc.Step != 10 || sc.State != screen.NeedsYou || e.problem().Code != "registration-changed" {
				t.Fatalf("step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
			}
			e.press()
			if sc := e.walk.Screen(); sc.Step != 5 || sc.UniqueID != "8c61f3" {
				t.Errorf("step %d with %s", sc.Step, sc.UniqueID)
			}
			same(t, before, cacheOf(t, w.dir))
		})
	}
	t.Run("another user has the product as well", func(t *testing.T) {
		_, e := inWorld(t, "missing", 1, func(ps []computer.Product) ([]computer.Product, error) {
			for _, p := range ps {
				if strings.HasPrefix(p.Name, "Microsoft Azure Recovery") {
					p.LocalPackage = `C:\Windows\Installer\1d4c7.msi`
					return append([]computer.Product{p}, ps...), nil
				}
			}
			return ps, nil
		})
		if code := e.run(); code != steps.CodeGood {
			t.Errorf("the walk ended with %d: %+v", code, e.walk.Screen().Problems)
		}
	})
}

// Where no registration can be read, the last session's own word makes a file unusable, at step 10 as at step 5.
func TestTheLogAloneSpeaksAgainstAFile(t *testing.T) {
	w, e := inWorld(t, "bad-target", 1, func([]computer.Product) ([]computer.Product, error) { return nil, computer.ErrSilent })
	e.types = true
	// The file is a readable package, so that only the log can tell.
	good, err := os.ReadFile(w.host(`C:\Windows\Installer\1d4c7.msi`))
	if err := errors.Join(err, os.WriteFile(w.host(`C:\Windows\Installer\`+targetName), good, 0o644)); err != nil {
		t.Fatal(err)
	}
	e.until("set aside")
	e.press()
	e.until("copy")
}

// A leftover of an interrupted copy may be what fills the disk: it can be removed where that stops the walk.
func TestALeftoverIsRemovedFromAFullDisk(t *testing.T) {
	const left = `C:\Windows\Installer\marsfix-0123456789abcdef.msi`
	for _, scenario := range []string{"missing", "bad-target"} {
		w, e := inWorld(t, scenario, 9, nil)
		if err := os.WriteFile(w.host(left), []byte("half of a package"), 0o644); err != nil {
			t.Fatal(err)
		}
		w.full = scenario == "missing"
		e.press()
		if failed := e.walk.Screen().State == screen.Failed; failed != w.full {
			t.Errorf("%s: %+v", scenario, e.walk.Screen().Problems)
		}
		e.sweep()
		if _, err := os.Stat(w.host(left)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %s is still there: %v", scenario, left, err)
		}
	}
}

// How long a wizard has been in the way counts from the step that asks for it to be closed, not from the one that opened it.
func TestTheWizardIsGivenItsTime(t *testing.T) {
	clock := &quickClock{now: start}
	r := newRig(t, "missing", memoryDir(t), clock.Now)
	e := engage(t, r, r.dir, clock)
	for e.walk.Screen().Step < 11 && e.press() {
		if err := clock.Wait(t.Context(), time.Minute); err != nil {
			t.Fatal(err)
		}
	}
	const first, later = "close its window", "taskkill /PID"
	if p := e.problem(); !strings.Contains(p.Hint, first) || strings.Contains(p.Hint, later) {
		t.Errorf("on arrival: %+v", p)
	}
	if err := clock.Wait(t.Context(), 40*time.Second); err != nil {
		t.Fatal(err)
	}
	e.mend()
	if p := e.problem(); !strings.Contains(p.Hint, first) || !strings.Contains(p.Hint, later) {
		t.Errorf("after 40 seconds: %+v", p)
	}
}
