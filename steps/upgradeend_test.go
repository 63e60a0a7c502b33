package steps_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/journal"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
	"marsfix/steps/walk/walktest"
)

// lingering is a computer on which something of the upgrade goes on for some looks after its first process has ended.
type lingering struct {
	*walktest.Rig
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

func (l lingering) Wizards(ctx context.Context) ([]computer.Process, error) {
	if l.goesOn("wizard") {
		return []computer.Process{{PID: 7, Image: `C:\1f2e\Setup.exe`, Own: computer.Yes, Elevated: computer.Yes}}, nil
	}
	return l.Rig.Wizards(ctx)
}

func (l lingering) Busy(ctx context.Context) (bool, error) {
	if l.goesOn("transaction") {
		return true, nil
	}
	return l.Rig.Busy(ctx)
}

func (l lingering) Follow(ctx context.Context, pid int) (computer.Run, error) {
	run, err := l.Rig.Follow(ctx, pid)
	if l.goesOn("process") {
		run.Processes = []computer.Process{{PID: 7, Image: `C:\1f2e\Setup.exe`}}
	}
	return run, err
}

// The upgrade has ended when nothing of the installer runs, no wizard is open and Windows Installer is idle, and not
// before.
func TestTheEndOfTheUpgrade(t *testing.T) {
	for _, what := range []string{"wizard", "transaction", "process"} {
		t.Run(what, func(t *testing.T) {
			clock := &walktest.QuickClock{At: walktest.Began}
			looks := 0
			r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
			e := walktest.Engage(t, lingering{r, what, &looks}, r.Dir, clock)
			e.Until("run")
			tasks := e.Walk.Handle(screen.Answer{Yes: true})
			ev := tasks[0]()
			looks = 5
			e.Settle(e.Walk.Handle(ev))
			if sc := e.Walk.Screen(); looks != 0 || sc.State != screen.Done {
				t.Errorf("%d looks were not waited for, and step %d is %v: %+v", looks, sc.Step, sc.State, sc.Problems)
			}
		})
	}
}

// begun lets the upgrade be run on a computer where something of it goes on for many looks, and looks so many times.
func begun(t *testing.T, m computer.Machine, r *walktest.Rig, clock walk.Clock, looks int,
	goOn func()) (*walktest.Engineer, []screen.Task) {
	t.Helper()
	e := walktest.Engage(t, m, r.Dir, clock)
	e.Until("run")
	tasks := e.Walk.Handle(screen.Answer{Yes: true})
	ev := tasks[0]()
	goOn()
	tasks = e.Walk.Handle(ev)
	return e, lookTimes(e, tasks, looks)
}

// lookTimes does what polls so many times.
func lookTimes(e *walktest.Engineer, tasks []screen.Task, times int) []screen.Task {
	e.T.Helper()
	for range times {
		if len(tasks) != 1 {
			e.T.Fatalf("%d tasks at step %d, %v: %+v", len(tasks), e.Walk.Screen().Step, e.Walk.Screen().State,
				e.Walk.Screen().Problems)
		}
		tasks = e.Walk.Handle(tasks[0]())
	}
	return tasks
}

// offered reports whether a key does this now.
func offered(e *walktest.Engineer, key, verb string) bool {
	return slices.ContainsFunc(e.Walk.Screen().Actions, func(a screen.Action) bool {
		return a.Key == key &&
			a.Verb == verb
	})
}

const ever = 1 << 30

// What the installer has left open, a window of Windows Update or a browser, is named; the engineer says that the
// upgrade has ended, and the log and the registration are asked whether it went through. Where it is closed instead,
// nothing has to be said.
func TestSomethingOfTheInstallerStaysOpen(t *testing.T) {
	for _, says := range []bool{true, false} {
		t.Run(fmt.Sprintf("said: %v", says), func(t *testing.T) {
			clock := &walktest.QuickClock{At: walktest.Began}
			looks := 0
			r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
			e, tasks := begun(t, lingering{r, "process", &looks}, r, clock, 5, func() { looks = ever })
			if sc := e.Walk.Screen(); sc.State != screen.Looking || offered(e, "s", "it has ended") {
				t.Fatalf("after a moment it is %v: %+v", sc.State, sc.Problems)
			}
			tasks = lookTimes(e, tasks, 30)
			sc := e.Walk.Screen()
			if p := e.Problem(); sc.State != screen.NeedsYou || p.Code != "still-running" ||
				!strings.Contains(p.Message, `process 7, C:\1f2e\Setup.exe`) {
				t.Fatalf("it is %v: %+v", sc.State, sc.Problems)
			}
			if !slices.ContainsFunc(sc.Rows,
				func(r screen.Row) bool { return r.Value == `process 7  C:\1f2e\Setup.exe` }) {
				t.Errorf("it is not listed: %+v", sc.Rows)
			}
			if says {
				e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
			} else {
				looks = 0
				e.Settle(tasks)
			}
			if sc := e.Walk.Screen(); sc.State != screen.Done ||
				says != strings.Contains(fmt.Sprint(sc.Rows), "as you said") {
				t.Fatalf("it is %v: %+v %+v", sc.State, sc.Problems, sc.Rows)
			}
			e.Walk.Close()
			if told := slices.ContainsFunc(walktest.Records(t, r),
				func(r journal.Record) bool { return r.Text == "s: it has ended" }); told != says {
				t.Errorf("the journal tells it: %v", told)
			}
		})
	}
}

// As long as a wizard of it is open, or Windows Installer works, nobody is asked whether the upgrade has ended.
func TestAnUpgradeThatRunsIsNotEndedByAWord(t *testing.T) {
	for _, what := range []string{"wizard", "transaction"} {
		clock := &walktest.QuickClock{At: walktest.Began}
		looks := 0
		r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
		e, _ := begun(t, lingering{r, what, &looks}, r, clock, 200, func() { looks = ever })
		if sc := e.Walk.Screen(); sc.State != screen.Looking || offered(e, "s", "it has ended") {
			t.Errorf("%s: it is %v: %+v", what, sc.State, sc.Problems)
		}
	}
}

// Somebody else's wizard keeps the upgrade from its end until the engineer types that it has ended; one that was open
// before, and left so by typing, is not asked about again.
func TestTheEndOfTheUpgradeBesideAStranger(t *testing.T) {
	for name, p := range strange {
		t.Run(name, func(t *testing.T) {
			clock := &walktest.QuickClock{At: walktest.Began}
			c := crowded{walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now), &[]computer.Process{}}
			e, tasks := begun(t, c, c.Rig, clock, 30, func() { *c.others = []computer.Process{bobs(p)} })
			sc := e.Walk.Screen()
			if sc.State != screen.NeedsYou || e.Problem().Code != "wizard-running" {
				t.Fatalf("it is %v: %+v", sc.State, sc.Problems)
			}
			wantNamed(t, e.Problem().Message)
			e.Walk.Handle(screen.Press{Key: "s"})
			lookTimes(e, tasks, 1) // it goes on looking while the question stands
			q := e.Walk.Screen().Question
			if q == nil || q.Kind != screen.Type {
				t.Fatalf("asked is %+v", q)
			}
			e.Walk.Handle(screen.Press{Key: "s"})
			if e.Walk.Screen().State != screen.NeedsYou {
				t.Error("it does not wait instead")
			}
			e.Walk.Handle(screen.Press{Key: "s"})
			e.Settle(e.Walk.Handle(screen.Answer{Text: q.Want}))
			if sc := e.Walk.Screen(); sc.State != screen.Done {
				t.Fatalf("it is %v: %+v", sc.State, sc.Problems)
			}
			e.Walk.Close()
			if !slices.ContainsFunc(walktest.Records(t, c.Rig),
				func(r journal.Record) bool { return r.Kind == "answer" && r.Text == q.Want && r.Asked == q.Prompt }) {
				t.Error("the journal does not tell it")
			}
		})
	}
	clock := &walktest.QuickClock{At: walktest.Began}
	c := crowded{walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now),
		&[]computer.Process{bobs(computer.Process{Own: computer.No, Elevated: computer.No})}}
	e := walktest.Engage(t, c, c.Dir, clock)
	e.Walk.Handle(screen.Press{Key: "s"})
	e.Settle(e.Walk.Handle(screen.Answer{Text: "4711"}))
	if code := e.Run(); code != steps.CodeGood {
		t.Errorf("left open knowingly it ends with %d: %+v", code, e.Walk.Screen())
	}
}

// Where nobody can look whether the upgrade runs, it has not ended: marsfix goes on looking, and the engineer can type
// that it has.
func TestTheEndOfTheUpgradeThatNobodySees(t *testing.T) {
	for method, code := range map[string]screen.Code{"Follow": "follow-failed", "Wizards": "processes-unreadable",
		"Busy": "busy-unreadable"} {
		for _, typed := range []bool{true, false} {
			t.Run(fmt.Sprintf("%s, typed: %v", method, typed), func(t *testing.T) {
				a, clock := walktest.NewAsked(t, "missing")
				e, tasks := begun(t, a, a.Rig, clock, 30,
					func() { a.Fails = func(m string, _ int) bool { return m == method } })
				if sc := e.Walk.Screen(); sc.State != screen.NeedsYou || e.Problem().Code != code {
					t.Fatalf("it is %v: %+v", sc.State, sc.Problems)
				}
				if typed {
					e.Walk.Handle(screen.Press{Key: "s"})
					q := e.Walk.Screen().Question
					if q == nil || q.Kind != screen.Type {
						t.Fatalf("asked is %+v", q)
					}
					e.Settle(e.Walk.Handle(screen.Answer{Text: q.Want}))
				} else {
					a.Fails = nil
					e.Settle(tasks)
				}
				if sc := e.Walk.Screen(); sc.State != screen.Done {
					t.Errorf("it is %v: %+v", sc.State, sc.Problems)
				}
			})
		}
	}
}
