package walk_test

import (
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/screen"
	"marsfix/steps/selfcheck"
	"marsfix/steps/walk/walktest"
)

// A question that the computer never answers is told at step 1 with what that will mean, and in the report. It stops
// the walk at the step that rests on it, with the cache as it was; what only tells more is told as not known, and the
// walk goes through.
func TestAQuestionThatIsNeverAnswered(t *testing.T) {
	for method, want := range map[string]struct {
		step int // at which the walk stops; 0: it goes through
		code string
		// check is the question at step 1 that says so before; empty: only the step itself can ask it
		check string
	}{
		"About":       {1, "computer-unreadable", ""},
		"Wizards":     {1, "processes-unreadable", "processes"},
		"Busy":        {10, "busy-unreadable", "busy"},
		"Start":       {6, "start-failed", ""},
		"Products":    {0, "", "products"}, // the log alone counts, and the id is typed
		"Services":    {0, "services-unreadable", "services"},
		"FileVersion": {0, "", "file-version"},
		"Signature":   {0, "", "signature"}, // the id is typed
		"Follow":      {12, "follow-failed", ""},
	} {
		t.Run(method, func(t *testing.T) {
			a, clock := walktest.NewAsked(t, "missing")
			a.Fails = func(m string, _ int) bool { return m == method }
			if _, err := a.Machine.Disk().Stat(`C:\Windows`); err != nil {
				t.Fatal(err)
			}
			before := walktest.CacheOf(t, a.Dir)
			e := walktest.Engage(t, a, a.Dir, clock)
			noted := slices.ContainsFunc(e.Walk.Screen().Rows, func(r screen.Row) bool {
				return r.Label == "check" &&
					strings.HasPrefix(r.Value, selfcheck.Check{Name: want.check}.Title()+" failed: ") &&
					strings.Contains(r.Value, walktest.ErrAsked.Error()) && r.Note != ""
			})
			if noted != (want.check != "") {
				t.Errorf("step 1 tells of %q: %v: %+v", want.check, noted, e.Walk.Screen().Rows)
			}
			code := e.Run()
			sc := e.Walk.Screen()
			if want.step > 0 && (sc.Step != want.step || code != steps.CodeFailed) || want.step == 0 &&
				code != steps.CodeGood {
				t.Errorf("it ends with %d at step %d: %+v", code, sc.Step, sc.Problems)
			}
			if want.code != "" && !e.Shows(screen.Code(want.code)) {
				t.Errorf("the problems are %+v, want %s", sc.Problems, want.code)
			}
			if want.step > 0 && !strings.Contains(e.Problem().Message, walktest.ErrAsked.Error()) {
				t.Errorf("the problem does not tell why: %+v", e.Problem())
			}
			told := slices.ContainsFunc(e.Walk.Report().Checks,
				func(c selfcheck.Check) bool { return c.Failed() && c.Name == want.check })
			if told != (want.check != "") {
				t.Errorf("the report tells of %q: %v", want.check, told)
			}
			if now := walktest.CacheOf(t, a.Dir); want.step > 0 && want.step < 12 &&
				now[walktest.TargetName] != before[walktest.TargetName] {
				t.Error("the cache was changed")
			}
		})
	}
}
