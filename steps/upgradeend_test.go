package steps_test

import (
	"context"
	"testing"

	"marsfix/steps"
)

// lingering is a computer on which something of the upgrade goes on for some looks after its first process has ended.
type lingering struct {
	*rig
	what  string
	looks *int // that still show it; below 0: not begun
}

func (l lingering) goesOn(what string) bool {
	if l.what != what || *l.looks <= 0 {
		return false
	}
	*l.looks--
	return true
}

func (l lingering) Wizards(ctx context.Context) ([]steps.Process, error) {
	if l.goesOn("wizard") {
		return []steps.Process{{PID: 7, Image: `C:\1f2e\Setup.exe`, Own: steps.Yes, Elevated: steps.Yes}}, nil
	}
	return l.rig.Wizards(ctx)
}

func (l lingering) Busy(ctx context.Context) (bool, error) {
	if l.goesOn("transaction") {
		return true, nil
	}
	return l.rig.Busy(ctx)
}

func (l lingering) Follow(ctx context.Context, pid int) (steps.Run, error) {
	run, err := l.rig.Follow(ctx, pid)
	if l.goesOn("process") {
		run.Processes = []steps.Process{{PID: 7, Image: `C:\1f2e\Setup.exe`}}
	}
	return run, err
}

// The upgrade has ended when nothing of the installer runs, no wizard is open and Windows Installer is idle, and not before.
func TestTheEndOfTheUpgrade(t *testing.T) {
	for _, what := range []string{"wizard", "transaction", "process"} {
		t.Run(what, func(t *testing.T) {
			clock := &quickClock{now: start}
			looks := 0
			r := newRig(t, "missing", memoryDir(t), clock.Now)
			e := engage(t, lingering{r, what, &looks}, r.dir, clock)
			e.until("run")
			tasks := e.walk.Handle(steps.Answer{Yes: true})
			ev := tasks[0]()
			looks = 5
			e.settle(e.walk.Handle(ev))
			if sc := e.walk.Screen(); looks != 0 || sc.State != steps.Done {
				t.Errorf("%d looks were not waited for, and step %d is %v: %+v", looks, sc.Step, sc.State, sc.Problems)
			}
		})
	}
}
