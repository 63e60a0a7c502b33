package steps_test

import (
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps/screen"
)

// leaving are walks that are left before their end: what is said of changes then is what lies on the disk.
var leaving = []struct {
	name, scenario string
	walk           func(e *engineer)
	asked, stays   string // in the question, and in the summary
}{
	{"nothing was done", "missing", func(e *engineer) { e.until("start") }, "Nothing has been changed", "; nothing was changed"},
	{"started", "missing", func(e *engineer) { e.until("copy") }, "The upgrade wizard stays open", "nothing was changed, the update installer was started"},
	{"started, wizard closed", "closed-too-early", func(e *engineer) { e.untilStep(8); e.press() }, "Nothing has been changed", "; nothing was changed"},
	{"set aside", "bad-target", func(e *engineer) { e.until("copy") }, "stays set aside; marsfix undo", "the unusable file was set aside"},
	{"copied", "missing", func(e *engineer) { e.until("run") }, "The copied package stays", "the package is in place"},
	{"in the second round", "second-package", func(e *engineer) { e.untilStep(12); e.untilStep(3) }, "The copied package stays", "what was copied is in place"},
}

// untilStep walks with Enter and y until another step is on the screen that has this number.
func (e *engineer) untilStep(step int) {
	e.t.Helper()
	for range 60 {
		if !e.press() {
			break
		}
		if e.walk.Screen().Step == step {
			return
		}
	}
	e.t.Fatalf("step %d is not reached: %+v", step, e.walk.Screen())
}

func TestWhatIsSaidOnLeavingIsTrue(t *testing.T) {
	for _, tt := range leaving {
		t.Run(tt.name, func(t *testing.T) {
			r, e := onRig(t, tt.scenario)
			before := cacheOf(t, r.dir)
			tt.walk(e)
			e.walk.Handle(screen.Press{Key: "q"})
			if q := e.walk.Screen().Question; q == nil || !strings.Contains(q.Prompt, tt.asked) {
				t.Errorf("asked is %+v, want %q", q, tt.asked)
			}
			e.walk.Handle(screen.Answer{Yes: true})
			summary := strings.Join(e.walk.Summary(), "\n")
			if !strings.Contains(summary, tt.stays) {
				t.Errorf("the summary lacks %q:\n%s", tt.stays, summary)
			}
			changed := false
			now := cacheOf(t, r.dir)
			for name, hash := range now {
				changed = changed || before[name] != hash
			}
			if changed == strings.Contains(summary, "nothing was changed") || changed != strings.Contains(summary, "marsfix undo") {
				t.Errorf("the cache has changed: %v, and the summary says\n%s", changed, summary)
			}
		})
	}
}

// Copies that installers were started from are gone at the end, also those of starts that the walk has left behind.
func TestNoCopyOfAnInstallerIsLeft(t *testing.T) {
	again := func(key string) func(e *engineer) {
		return func(e *engineer) { e.settle(e.walk.Handle(screen.Press{Key: key})) }
	}
	for name, tt := range map[string]struct {
		scenario string
		steps    []int
		then     func(e *engineer)
	}{
		"left at once":            {"missing", []int{7}, nil},
		"closed too early":        {"closed-too-early", []int{8, 6}, nil},
		"another is wanted":       {"missing", []int{7}, func(e *engineer) { again("esc")(e); again("s")(e) }},
		"run again":               {"still-fails", []int{12}, func(e *engineer) { e.press(); again("r")(e) }},
		"in the second round":     {"second-package", []int{12, 3}, nil},
		"started in both rounds":  {"second-package", []int{12, 3, 7}, nil},
		"the upgrade has its end": {"missing", []int{12}, func(e *engineer) { e.press() }},
	} {
		t.Run(name, func(t *testing.T) {
			r, e := onRig(t, tt.scenario)
			for _, step := range tt.steps {
				e.untilStep(step)
			}
			if tt.then != nil {
				tt.then(e)
			}
			e.quit()
			e.walk.Close()
			left, err := filepath.Glob(r.host(runFolder + "*"))
			if err != nil || len(left) != 0 {
				t.Errorf("left behind: %q, %v", left, err)
			}
		})
	}
}
