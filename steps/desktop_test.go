package steps_test

import (
	"context"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// remote is a computer that is walked over SSH: nobody would see a window.
type remote struct {
	*walktest.Rig
	starts *int
	open   *[]computer.Process // wizards that are seen once
}

func (r remote) About(ctx context.Context) (computer.About, error) {
	a, err := r.Rig.About(ctx)
	a.Desktop = false
	return a, err
}

func (r remote) Start(context.Context, string) (int, error) {
	*r.starts++
	return 0, computer.ErrNoDesktop
}

func (r remote) Wizards(ctx context.Context) ([]computer.Process, error) {
	if ps := *r.open; len(ps) > 0 {
		*r.open = nil
		return ps, nil
	}
	return r.Rig.Wizards(ctx)
}

// Where no desktop can be seen nothing is started. At steps 6 and 12 the walk waits for the installer that somebody
// starts at the desktop, and goes on with it.
func TestWithoutADesktopTheInstallerIsWaitedFor(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	starts, open := 0, []computer.Process{}
	e := walktest.Engage(t, remote{r, &starts, &open}, r.Dir, clock)
	atDesktop := func() {
		t.Helper()
		pid, err := r.Machine.Start(t.Context(), walktest.Downloads)
		if err != nil {
			t.Fatal(err)
		}
		// the upgrade of a practice computer has ended by now
		open = []computer.Process{{PID: pid, Image: walktest.Downloads, Own: computer.Yes, Elevated: computer.Yes}}
		e.Mend()
	}
	for _, step := range []int{6, 12} {
		for e.Walk.Screen().Step < step && e.Press() {
			continue
		}
		if sc := e.Walk.Screen(); sc.Step != step || sc.State != screen.NeedsYou ||
			e.Problem().Code != "no-desktop" || e.Press() {
			t.Fatalf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Problems, sc.Actions)
		}
		atDesktop()
		if sc := e.Walk.Screen(); sc.Step != step || sc.State != screen.Done {
			t.Fatalf("with its wizard open step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
		}
	}
	if code := e.Run(); code != steps.CodeGood || starts != 0 {
		t.Errorf("the walk ended with %d, %d starts: %+v", code, starts, e.Walk.Screen().Problems)
	}
	if hash := walktest.CacheOf(t, r.Dir)[walktest.TargetName]; hash != walktest.GoodHash(t) {
		t.Errorf("%s is %q", walktest.TargetName, hash)
	}
}

// TestAnotherInstallerWaitsForTheWizard: who wants to start another installer is told first that the wizard of the one
// before has to be closed for that.
func TestAnotherInstallerWaitsForTheWizard(t *testing.T) {
	_, e := walktest.OnRig(t, "missing")
	e.Until("start")
	e.Press()
	e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
	sc := e.Walk.Screen()
	if sc.Step != 6 || sc.Tag != screen.ToDo ||
		sc.Finding != "The upgrade wizard is open. Close it to start another installer." {
		t.Errorf("step %d, %v: %q", sc.Step, sc.Tag, sc.Finding)
	}
}
