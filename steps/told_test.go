package steps_test

import (
	"strings"
	"testing"

	"marsfix/steps"
)

// TestSummaryIsNoScreen: a hint that stays in the console speaks of keys only as keys of marsfix, and names the command where there is one.
func TestSummaryIsNoScreen(t *testing.T) {
	for scenario, want := range map[string]string{
		"still-fails": "contact Microsoft Support, as the article says, with the file that this writes: marsfix bundle",
		"disk-full":   "in marsfix: make room on that drive, then press r",
	} {
		_, e := onRig(t, scenario)
		if code := e.run(); code != steps.CodeFailed {
			t.Errorf("%s ends with %d", scenario, code)
		}
		hint := ""
		for _, l := range e.walk.Summary() {
			if label, text, _ := strings.Cut(strings.TrimSpace(l), " "); label == "hint" {
				hint = strings.TrimSpace(text)
			}
		}
		if hint != want {
			t.Errorf("%s: the hint is %q, want %q", scenario, hint, want)
		}
	}
}

// TestStartShownAgain: once the package is copied, the step of the start does not ask any more for the wizard to be left open.
func TestStartShownAgain(t *testing.T) {
	_, e := onRig(t, "missing")
	leaveOpen := func() (said bool) {
		for _, r := range e.walk.Screen().Rows {
			said = said || strings.Contains(r.Value, "leave the wizard open")
		}
		return said
	}
	e.until("start")
	e.press()
	if !leaveOpen() {
		t.Errorf("after the start: %+v", e.walk.Screen().Rows)
	}
	e.untilStep(11)
	for e.walk.Screen().Step > 6 {
		e.walk.Handle(steps.Press{Key: "esc"})
	}
	if sc := e.walk.Screen(); !sc.ReadOnly || leaveOpen() || len(sc.Rows) == 0 {
		t.Errorf("shown again: %+v", sc.Rows)
	}
}
