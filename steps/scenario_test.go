package steps_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
)

// quickClock never makes anybody wait: waiting moves its hands.
type quickClock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *quickClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *quickClock) Wait(ctx context.Context, d time.Duration) error {
	c.mu.Lock()
	c.now = c.now.Add(d + time.Millisecond)
	c.mu.Unlock()
	return ctx.Err()
}

// engineer walks a practice computer with Enter and y alone, and types the id only where told so.
type engineer struct {
	t     *testing.T
	walk  *walk.Walk
	disk  string // the folder that plays the computer's drives
	types bool
	keys  int
	seen  []int // the steps shown, in order, each once in a row
}

func begin(t *testing.T, scenario string) *engineer {
	t.Helper()
	clock := &quickClock{now: time.Now()}
	dir := t.TempDir()
	m, err := practice.New(practice.Options{Scenario: scenario, Keep: dir, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	w := walk.New(context.Background(), m, walk.Options{Clock: clock, Version: "test"})
	t.Cleanup(w.Close)
	return &engineer{t: t, walk: w, disk: dir}
}

// settle does all the work that is asked for, one piece after the other.
func (e *engineer) settle(tasks []screen.Task) {
	e.t.Helper()
	for n := 0; len(tasks) > 0; n++ {
		if n > 5000 {
			e.t.Fatalf("step %d polls for ever: %+v", e.walk.Screen().Step, e.walk.Screen())
		}
		task := tasks[0]
		tasks = append(tasks[1:], e.walk.Handle(task())...)
		sc := e.walk.Screen()
		if sc.State == screen.NeedsYou || sc.Left {
			return
		}
	}
}

// press does what the footer offers; it says whether anything was pressed.
func (e *engineer) press() bool {
	sc := e.walk.Screen()
	var enter, yes bool
	footer := -2
	for _, a := range sc.Actions {
		enter, yes = enter || a.Key == "enter", yes || a.Key == "y"
		footer += 2 + len(a.Key) + 1 + len(a.Verb)
	}
	if footer > 78 {
		e.t.Errorf("step %d: the footer does not fit one line of 80 cells: %+v", sc.Step, sc.Actions)
	}
	e.keys++
	switch {
	case yes:
		e.settle(e.walk.Handle(screen.Answer{Yes: true}))
	case enter && sc.Question != nil && sc.Question.Kind == screen.Type:
		if !e.types {
			return false
		}
		e.settle(e.walk.Handle(screen.Answer{Text: sc.Question.Want}))
	case enter && sc.Question != nil:
		e.settle(e.walk.Handle(screen.Answer{Choice: 0}))
	case enter:
		e.settle(e.walk.Handle(screen.Press{Key: "enter"}))
	default:
		return false
	}
	return true
}

// run walks to the end, or until nothing but leaving is left, and leaves; it tells the exit code.
func (e *engineer) run() int {
	e.t.Helper()
	for range 60 {
		sc := e.walk.Screen()
		if sc.Left {
			return sc.Code
		}
		if len(e.seen) == 0 || e.seen[len(e.seen)-1] != sc.Step {
			e.seen = append(e.seen, sc.Step)
		}
		if !e.press() {
			break
		}
	}
	if sc := e.walk.Screen(); sc.Left {
		return sc.Code
	}
	e.walk.Handle(screen.Press{Key: "q"})
	e.walk.Handle(screen.Answer{Yes: true})
	sc := e.walk.Screen()
	if !sc.Left {
		e.t.Fatalf("q and y do not leave step %d", sc.Step)
	}
	return sc.Code
}

// files are all files under the practice computer's cache folder, by name.
func (e *engineer) cache() map[string]int64 {
	e.t.Helper()
	found := map[string]int64{}
	dir := filepath.Join(e.disk, "C", "Windows", "Installer")
	entries, err := os.ReadDir(dir)
	if err != nil {
		e.t.Fatal(err)
	}
	for _, en := range entries {
		in, err := en.Info()
		if err != nil {
			e.t.Fatal(err)
		}
		found[en.Name()] = in.Size()
	}
	return found
}

const allTwelve = "[1 2 3 4 5 6 7 8 9 10 11 12]"

func TestScenarios(t *testing.T) {
	for _, tt := range []struct {
		name, stops string // the step at which a walk that ends with 1 stops
		code        int
		types       bool
		put         []string // names in the cache folder that were not there
		keys        int      // at most; 0: not counted
		shows       string   // the steps shown in order; empty: not compared
	}{
		{name: "missing", put: []string{"7b5ea8.msi"}, keys: 20, shows: allTwelve},
		{name: "healthy", shows: allTwelve},
		{name: "two-ids", put: []string{"7b5ea8.msi"}},
		{name: "unregistered", code: 1, stops: "Go to the Installers folder"},
		{name: "unregistered", types: true, put: []string{"7b5ea8.msi"}},
		{name: "second-package", put: []string{"7b5ea8.msi", "*.msi"}, shows: "[1 2 3 4 5 6 7 8 9 10 11 12 2 3 4 5 6 7 8 9 10 11 12]"},
		{name: "other-drive", put: []string{"7b5ea8.msi"}},
		{name: "wrong-package", code: 1, stops: "Go to the Installers folder"},
		{name: "unsigned", code: 1, stops: "Go to the Installers folder"},
		{name: "unsigned", types: true, put: []string{"7b5ea8.msi"}},
		{name: "planted", put: []string{"7b5ea8.msi"}},
		{name: "wizard-open", put: []string{"7b5ea8.msi"}},
		{name: "closed-too-early", shows: "[1 2 3 4 5 6 7 8 6 7 8 9 10 11 12]", put: []string{"7b5ea8.msi"}},
		{name: "no-errlog", put: []string{"7b5ea8.msi"}},
		{name: "source-vanishes", code: 1, stops: "Copy OBSAGENT.msi"},
		{name: "target-appears", code: 1, stops: "Copy OBSAGENT.msi", put: []string{"7b5ea8.msi"}},
		{name: "bad-target", put: []string{"7b5ea8.msi.marsfix-*"}},
		{name: "disk-full", code: 1, stops: "Copy OBSAGENT.msi"},
		{name: "patch-missing", code: 1, stops: "Note the Unique_ID"},
		{name: "still-fails", code: 1, stops: "Run the upgrade", put: []string{"7b5ea8.msi"}},
	} {
		name := tt.name
		if tt.types {
			name += "-typed"
		}
		t.Run(name, func(t *testing.T) {
			e := begin(t, tt.name)
			e.types = tt.types
			e.settle(e.walk.Begin())
			before := e.cache()
			code := e.run()
			sc := e.walk.Screen()
			if code != tt.code {
				t.Errorf("code %d, want %d; at step %d %s: %+v %v", code, tt.code, sc.Step, sc.Title, sc.Problems, sc.Question)
			}
			if tt.stops != "" && sc.Title != tt.stops {
				t.Errorf("stopped at %q, want %q: %+v", sc.Title, tt.stops, sc.Problems)
			}
			if tt.code == 0 && sc.Step != 12 {
				t.Errorf("ended at step %d: %+v %+v", sc.Step, sc.Problems, sc.Question)
			}
			if want := tt.shows; want != "" && fmt.Sprint(e.seen) != want {
				t.Errorf("showed %v, want %v", e.seen, want)
			}
			if tt.keys > 0 && e.keys > tt.keys {
				t.Errorf("%d keys, at most %d", e.keys, tt.keys)
			}
			checkPut(t, before, e.cache(), tt.put)
		})
	}
}

// checkPut asserts that exactly the wanted names are new and nothing else has gone or changed its size.
func checkPut(t *testing.T, before, after map[string]int64, want []string) {
	t.Helper()
	left := map[string]bool{}
	for name, size := range after {
		if was, ok := before[name]; !ok {
			left[name] = true
		} else if was != size && !strings.HasPrefix(name, "7b5ea8") {
			t.Errorf("%s changed from %d to %d bytes", name, was, size)
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			t.Errorf("%s is gone", name)
		}
	}
	for _, w := range want {
		found := ""
		for name := range left {
			if ok, _ := filepath.Match(w, name); ok && (found == "" || w == name) {
				found = name
			}
		}
		if found == "" {
			t.Errorf("%s was not put there", w)
		}
		delete(left, found)
	}
	for name := range left {
		t.Errorf("%s is new", name)
	}
}

// TestAnotherInstallerIsStarted goes back from step 9 to step 6, closes the wizard there, starts the installer afresh and walks on to the
// end.
func TestAnotherInstallerIsStarted(t *testing.T) {
	e := begin(t, "missing")
	e.settle(e.walk.Begin())
	for e.walk.Screen().Step < 9 {
		if !e.press() {
			t.Fatalf("stuck at %+v", e.walk.Screen())
		}
	}
	first := e.walk.Screen().TempPath
	for e.walk.Screen().Step > 6 {
		e.settle(e.walk.Handle(screen.Press{Key: "esc"}))
	}
	e.settle(e.walk.Handle(screen.Press{Key: "s"}))
	if sc := e.walk.Screen(); sc.State != screen.NeedsYou || sc.TempPath != "" {
		t.Fatalf("after s: %v %q %+v", sc.State, sc.TempPath, sc.Problems)
	}
	if code := e.run(); code != steps.CodeGood {
		t.Fatalf("code %d at step %d: %+v", code, e.walk.Screen().Step, e.walk.Screen().Problems)
	}
	if fmt.Sprint(e.seen) != "[6 7 8 9 10 11 12]" {
		t.Errorf("showed %v", e.seen)
	}
	if again := e.walk.Screen().TempPath; again == first || again == "" {
		t.Errorf("the folder is %q, before it was %q", again, first)
	}
	if _, ok := e.cache()["7b5ea8.msi"]; !ok {
		t.Error("nothing was copied")
	}
}

// TestTheCureForAVanishedSource follows the hint where the package vanished while it was copied: back to step 6, start the installer again,
// and on to the end.
func TestTheCureForAVanishedSource(t *testing.T) {
	e := begin(t, "source-vanishes")
	e.settle(e.walk.Begin())
	for e.press() {
		continue
	}
	if p := e.problem(); e.walk.Screen().Step != 10 || p.Code != "source-missing" {
		t.Fatalf("at step %d: %+v", e.walk.Screen().Step, p)
	}
	if said := e.problem().Message; !strings.HasSuffix(said, "has vanished, although the upgrade wizard is still open") {
		t.Errorf("it says %s", said)
	}
	e.esc()
	if sc := e.walk.Screen(); sc.Step != 9 || e.problem().Code != "package-missing" || len(sc.Rows) != 2 || strings.Contains(sc.Rows[1].Value, "OBSAGENT.msi") {
		t.Errorf("step %d shows %+v, %+v", sc.Step, sc.Rows, sc.Problems)
	}
	for e.walk.Screen().Step > 6 {
		e.esc()
	}
	e.settle(e.walk.Handle(screen.Press{Key: "s"}))
	if code := e.run(); code != steps.CodeGood {
		t.Fatalf("code %d at step %d: %+v", code, e.walk.Screen().Step, e.walk.Screen().Problems)
	}
	if _, ok := e.cache()["7b5ea8.msi"]; !ok {
		t.Error("nothing was copied")
	}
}

// TestTheCureForAFullDisk looks again where the disk was full, once there is room.
func TestTheCureForAFullDisk(t *testing.T) {
	e := begin(t, "disk-full")
	e.settle(e.walk.Begin())
	for e.press() {
		continue
	}
	if p := e.problem(); e.walk.Screen().Step != 10 || p.Code != "disk-full" {
		t.Fatalf("at step %d: %+v", e.walk.Screen().Step, p)
	}
	e.settle(e.walk.Handle(screen.Press{Key: "r"}))
	if code := e.run(); code != steps.CodeGood {
		t.Fatalf("code %d at step %d: %+v", code, e.walk.Screen().Step, e.walk.Screen().Problems)
	}
}
