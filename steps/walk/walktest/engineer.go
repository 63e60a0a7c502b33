package walktest

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"marsfix/steps/disk/disktest"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
)

func (e *Engineer) Esc() { e.T.Helper(); e.Settle(e.Walk.Handle(screen.Press{Key: "esc"})) }

// Mend looks again, the fault being gone.
func (e *Engineer) Mend() {
	e.T.Helper()
	e.Settle(e.Walk.Handle(screen.Press{Key: "r"}))
}

// Quit leaves now and tells the exit code.
func (e *Engineer) Quit() int {
	e.T.Helper()
	e.Walk.Handle(screen.Press{Key: "q"})
	e.Walk.Handle(screen.Answer{Yes: true})
	sc := e.Walk.Screen()
	if !sc.Left {
		e.T.Fatalf("q and y do not leave step %d", sc.Step)
	}
	return sc.Code
}

// Sweep removes leftovers where the screen offers it.
func (e *Engineer) Sweep() {
	for _, a := range e.Walk.Screen().Actions {
		if a.Key == "s" && a.Verb == "remove leftover" {
			e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
		}
	}
}

// Until walks with Enter and y to the question with this verb.
func (e *Engineer) Until(verb string) {
	e.T.Helper()
	for range 60 {
		sc := e.Walk.Screen()
		if sc.Question != nil && sc.Question.Verb == verb {
			return
		}
		if !e.Press() {
			break
		}
	}
	sc := e.Walk.Screen()
	e.T.Fatalf("no question %q: step %d %s is %v: %+v %+v", verb, sc.Step, sc.Title, sc.State, sc.Problems, sc.Actions)
}

// Act answers the standing question with y and does the act, with before ahead of each of its operations, the journal's
// included; then the walk goes on undisturbed until it waits.
func (e *Engineer) Act(r *Rig, before disktest.Before) {
	e.T.Helper()
	tasks := e.Walk.Handle(screen.Answer{Yes: true})
	if len(tasks) != 1 {
		e.T.Fatalf("%d tasks came of y, want 1", len(tasks))
	}
	r.Before = before
	ev := tasks[0]()
	r.Before = nil
	e.Settle(e.Walk.Handle(ev))
}

// Problem is the problem that stands first on the screen, in its words; its code is empty when there is none.
func (e *Engineer) Problem() screen.Told {
	if ps := e.Walk.Screen().Problems; len(ps) > 0 {
		return ps[0].Keyed()
	}
	return screen.Told{}
}

// Shows reports whether a problem with this code is on the screen.
func (e *Engineer) Shows(code screen.Code) bool {
	return slices.ContainsFunc(e.Walk.Screen().Problems, func(p screen.Problem) bool { return p.Code == code })
}

// Texts are all that a walk tells on its way: hints, questions and rows of every screen.
func (e *Engineer) Texts() string {
	e.T.Helper()
	var b strings.Builder
	for range 60 {
		sc := e.Walk.Screen()
		for _, p := range sc.Problems {
			b.WriteString(p.Keyed().Hint + "\n")
		}
		for _, r := range sc.Rows {
			b.WriteString(r.Label + " " + r.Value + " (" + r.Note + ")\n")
		}
		if sc.Question != nil {
			b.WriteString(sc.Question.Prompt + "\ny " + sc.Question.Yes + "\n")
		}
		if sc.Left || !e.Press() {
			break
		}
	}
	return b.String() + strings.Join(e.Walk.Summary(), "\n")
}

// UntilStep walks with Enter and y until another step is on the screen that has this number.
func (e *Engineer) UntilStep(step int) {
	e.T.Helper()
	for range 60 {
		if !e.Press() {
			break
		}
		if e.Walk.Screen().Step == step {
			return
		}
	}
	e.T.Fatalf("step %d is not reached: %+v", step, e.Walk.Screen())
}

// QuickClock never makes anybody wait: waiting moves its hands.
type QuickClock struct {
	Mu sync.Mutex
	At time.Time
}

func (c *QuickClock) Now() time.Time {
	c.Mu.Lock()
	defer c.Mu.Unlock()
	return c.At
}

func (c *QuickClock) Wait(ctx context.Context, d time.Duration) error {
	c.Mu.Lock()
	c.At = c.At.Add(d + time.Millisecond)
	c.Mu.Unlock()
	return ctx.Err()
}

// Engineer walks a practice computer with Enter and y alone, and types the id only where told so.
type Engineer struct {
	T     *testing.T
	Walk  *walk.Walk
	Disk  string // the folder that plays the computer's drives
	Types bool
	Keys  int
	Seen  []int // the steps shown, in order, each once in a row
}

func Begin(t *testing.T, scenario string) *Engineer {
	t.Helper()
	e, _ := begin(t, scenario, &QuickClock{At: time.Now()})
	return e
}

// begin is an engineer before the walk of a practice computer, and that computer.
func begin(t *testing.T, scenario string, clock walk.Clock) (*Engineer, *practice.Machine) {
	t.Helper()
	dir := MemoryDir(t)
	m := practise(t, practice.Options{Scenario: scenario, Keep: dir, Now: clock.Now})
	w := walk.New(context.Background(), m, walk.Options{Clock: clock, Version: "test"})
	t.Cleanup(w.Close)
	return &Engineer{T: t, Walk: w, Disk: dir}, m
}

// Settle does all the work that is asked for, one piece after the other.
func (e *Engineer) Settle(tasks []screen.Task) {
	e.T.Helper()
	for n := 0; len(tasks) > 0; n++ {
		if n > 5000 {
			e.T.Fatalf("step %d polls for ever: %+v", e.Walk.Screen().Step, e.Walk.Screen())
		}
		task := tasks[0]
		tasks = append(tasks[1:], e.Walk.Handle(task())...)
		sc := e.Walk.Screen()
		if sc.State == screen.NeedsYou || sc.Left {
			return
		}
	}
}

// Press does what the footer offers, and reports whether anything was pressed.
func (e *Engineer) Press() bool {
	sc := e.Walk.Screen()
	var enter, yes bool
	footer := -2
	for _, a := range sc.Actions {
		enter, yes = enter || a.Key == "enter", yes || a.Key == "y"
		footer += 2 + len(a.Key) + 1 + len(a.Verb)
	}
	if footer > 78 {
		e.T.Errorf("step %d: the footer does not fit one line of 80 cells: %+v", sc.Step, sc.Actions)
	}
	e.Keys++
	switch {
	case yes:
		e.Settle(e.Walk.Handle(screen.Answer{Yes: true}))
	case enter && sc.Question != nil && sc.Question.Kind == screen.Type:
		if !e.Types {
			return false
		}
		e.Settle(e.Walk.Handle(screen.Answer{Text: sc.Question.Want}))
	case enter && sc.Question != nil:
		e.Settle(e.Walk.Handle(screen.Answer{Choice: 0}))
	case enter:
		e.Settle(e.Walk.Handle(screen.Press{Key: "enter"}))
	default:
		return false
	}
	return true
}

// Run walks to the end, or until nothing but leaving is left, and leaves; it tells the exit code.
func (e *Engineer) Run() int {
	e.T.Helper()
	for range 60 {
		sc := e.Walk.Screen()
		if sc.Left {
			return sc.Code
		}
		if len(e.Seen) == 0 || e.Seen[len(e.Seen)-1] != sc.Step {
			e.Seen = append(e.Seen, sc.Step)
		}
		if !e.Press() {
			break
		}
	}
	if sc := e.Walk.Screen(); sc.Left {
		return sc.Code
	}
	return e.Quit()
}

// files are all files under the practice computer's cache folder, by name.
func (e *Engineer) Cache() map[string]int64 {
	e.T.Helper()
	found := map[string]int64{}
	dir := filepath.Join(e.Disk, "C", "Windows", "Installer")
	entries, err := os.ReadDir(dir)
	if err != nil {
		e.T.Fatal(err)
	}
	for _, en := range entries {
		in, err := en.Info()
		if err != nil {
			e.T.Fatal(err)
		}
		found[en.Name()] = in.Size()
	}
	return found
}
