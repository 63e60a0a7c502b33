package walk_test

import (
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// leaving are walks that are left before their end: what is said of changes then is what lies on the disk.
var leaving = []struct {
	name, scenario string
	walk           func(e *walktest.Engineer)
	asked, stays   string // in the question, and in the summary
}{
	{"nothing was done", "missing", func(e *walktest.Engineer) { e.Until("start") }, "nothing has been changed",
		"; nothing was changed"},
	{"just started", "missing", func(e *walktest.Engineer) { e.Until("start"); e.Press() }, "the upgrade wizard stays open",
		"nothing was changed or copied, but the update installer was started\n" +
			"  next       close the upgrade wizard, then start"},
	{"started", "missing", func(e *walktest.Engineer) { e.Until("copy") }, "the upgrade wizard stays open",
		"nothing was changed or copied, but the update installer was started\n" +
			"  next       close the upgrade wizard, then start"},
	{"started, wizard closed", "closed-too-early", func(e *walktest.Engineer) { e.UntilStep(8); e.Press() },
		"nothing has been changed", "; nothing was changed"},
	{"set aside", "bad-target", func(e *walktest.Engineer) { e.Until("copy") }, "stays set aside until marsfix undo",
		"the unusable file was set aside"},
	{"copied", "missing", func(e *walktest.Engineer) { e.UntilStep(11) }, "the copied package stays",
		"7b5ea8.msi was put back and verified; the upgrade was not run\n" +
			"  next       close the upgrade wizard, then run \"C:\\"},
	{"copied, wizard closed", "missing", func(e *walktest.Engineer) { e.Until("run") }, "the copied package stays",
		"7b5ea8.msi was put back and verified; the upgrade was not run\n" +
			"  next       run \"C:\\Users\\admin\\Downloads\\MARSAgentInstaller.exe\" (press Next, then Upgrade), or start marsfix again"},
	{"no to the upgrade", "cache-emptied", func(e *walktest.Engineer) {
		e.Until("run")
		e.Walk.Handle(screen.Answer{})
	}, "the copied files stay", "3 files were put back and verified; the upgrade was not run\n  next       run \"C:"},
	{"in the second round", "second-package", func(e *walktest.Engineer) { e.UntilStep(12); e.UntilStep(3) },
		"the copied package stays", "7b5ea8.msi was put back and verified, but the upgrade has not succeeded\n" +
			"  next       start marsfix again: it begins at step 1\n" +
			"  round 2    The steps begin again: the upgrade showed that 8c61f3.msi is lost as well."},
}

func TestWhatIsSaidOnLeavingIsTrue(t *testing.T) {
	for _, tt := range leaving {
		t.Run(tt.name, func(t *testing.T) {
			r, e := walktest.OnRig(t, tt.scenario)
			before := walktest.CacheOf(t, r.Dir)
			tt.walk(e)
			e.Walk.Handle(screen.Press{Key: "q"})
			if q := e.Walk.Screen().Question; q == nil || !strings.Contains(q.Yes, tt.asked) {
				t.Errorf("asked is %+v, want %q", q, tt.asked)
			}
			e.Walk.Handle(screen.Answer{Yes: true})
			summary := strings.Join(e.Walk.Summary(), "\n")
			if !strings.Contains(summary, tt.stays) {
				t.Errorf("the summary lacks %q:\n%s", tt.stays, summary)
			}
			open, err := r.Wizards(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(summary, "\n  next       ") ||
				strings.Contains(summary, "close the upgrade wizard, then ") != (len(open) > 0) {
				t.Errorf("what to do next is not told, or not with the open wizards %v:\n%s", open, summary)
			}
			if next := strings.Join(e.Walk.Report().Next, "\n"); strings.Contains(next, "Close the upgrade wizard, ") !=
				(len(open) > 0) {
				t.Errorf("with the open wizards %v the report says\n%s", open, next)
			}
			changed := false
			now := walktest.CacheOf(t, r.Dir)
			for name, hash := range now {
				changed = changed || before[name] != hash
			}
			if changed == strings.Contains(summary, "nothing was changed") ||
				changed != strings.Contains(summary, "marsfix undo") {
				t.Errorf("the cache has changed: %v, and the summary says\n%s", changed, summary)
			}
		})
	}
}

// Copies that installers were started from are gone at the end, also those of starts that the walk has left behind.
func TestNoCopyOfAnInstallerIsLeft(t *testing.T) {
	again := func(key string) func(e *walktest.Engineer) {
		return func(e *walktest.Engineer) { e.Settle(e.Walk.Handle(screen.Press{Key: key})) }
	}
	for name, tt := range map[string]struct {
		scenario string
		steps    []int
		then     func(e *walktest.Engineer)
	}{
		"left at once":            {"missing", []int{7}, nil},
		"closed too early":        {"closed-too-early", []int{8, 6}, nil},
		"another is wanted":       {"missing", []int{7}, func(e *walktest.Engineer) { again("esc")(e); again("s")(e) }},
		"run again":               {"still-fails", []int{12}, func(e *walktest.Engineer) { e.Press(); again("r")(e) }},
		"in the second round":     {"second-package", []int{12, 3}, nil},
		"started in both rounds":  {"second-package", []int{12, 3, 7}, nil},
		"the upgrade has its end": {"missing", []int{12}, func(e *walktest.Engineer) { e.Press() }},
	} {
		t.Run(name, func(t *testing.T) {
			r, e := walktest.OnRig(t, tt.scenario)
			for _, step := range tt.steps {
				e.UntilStep(step)
			}
			if tt.then != nil {
				tt.then(e)
			}
			e.Quit()
			e.Walk.Close()
			left, err := filepath.Glob(r.Host(walktest.RunFolder + "*"))
			if err != nil || len(left) != 0 {
				t.Errorf("left behind: %q, %v", left, err)
			}
		})
	}
}
