package steps_test

import (
	"context"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// remote is a computer that is walked over SSH: nobody would see a window.
type remote struct {
	*rig
	starts *int
	open   *[]computer.Process // wizards that are seen once
}

func (r remote) About(ctx context.Context) (computer.About, error) {
	a, err := r.rig.About(ctx)
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
	return r.rig.Wizards(ctx)
}

// Where no desktop can be seen nothing is started. At steps 6 and 12 the walk waits for the installer that somebody starts at the desktop,
// and goes on with it.
func TestWithoutADesktopTheInstallerIsWaitedFor(t *testing.T) {
	clock := &quickClock{now: start}
	r := newRig(t, "missing", memoryDir(t), clock.Now)
	starts, open := 0, []computer.Process{}
	e := engage(t, remote{r, &starts, &open}, r.dir, clock)
	atDesktop := func() {
		t.Helper()
		pid, err := r.Machine.Start(t.Context(), downloads)
		if err != nil {
			t.Fatal(err)
		}
		open = []computer.Process{{PID: pid, Image: downloads, Own: computer.Yes, Elevated: computer.Yes}} // the upgrade of a practice computer has ended by now
		e.mend()
	}
	for _, step := range []int{6, 12} {
		for e.walk.Screen().Step < step && e.press() {
			continue
		}
		if sc := e.walk.Screen(); sc.Step != step || sc.State != screen.NeedsYou || e.problem().Code != "no-desktop" || e.press() {
			t.Fatalf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Problems, sc.Actions)
		}
		atDesktop()
		if sc := e.walk.Screen(); sc.Step != step || sc.State != screen.Done {
			t.Fatalf("with its wizard open step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
		}
	}
	if code := e.run(); code != steps.CodeGood || starts != 0 {
		t.Errorf("the walk ended with %d, %d starts: %+v", code, starts, e.walk.Screen().Problems)
	}
	if hash := cacheOf(t, r.dir)[targetName]; hash != goodHash(t) {
		t.Errorf("%s is %q", targetName, hash)
	}
}
