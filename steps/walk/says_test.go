package walk_test

import (
	"strings"
	"testing"

	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// TestTheLogOnlySays: before registration and disk are asked in step 5, no finding says more than that the log says so.
func TestTheLogOnlySays(t *testing.T) {
	for _, s := range practice.Scenarios() {
		walktest.Row(t, s.Name, func(t *testing.T) {
			e := walktest.Begin(t, s.Name)
			e.Settle(e.Walk.Begin())
			e.UntilStep(3)
			for e.Walk.Screen().Step < 5 {
				sc := e.Walk.Screen()
				if !strings.HasPrefix(sc.Finding, "OBPatch.log ") && sc.Step == 3 || strings.Contains(sc.Finding, "lost") {
					t.Errorf("step %d says %q", sc.Step, sc.Finding)
				}
				if !e.Press() {
					t.Fatalf("stopped at step %d", sc.Step)
				}
			}
		})
	}
}

// TestOneAdviceWithoutARegistration: where only the log can tell, every step that goes on says so; none sends to
// Support before step 12 has failed, and what is used unchecked is called that.
func TestOneAdviceWithoutARegistration(t *testing.T) {
	e := walktest.Begin(t, "unregistered")
	e.Types = true
	e.Settle(e.Walk.Begin())
	for e.Walk.Screen().Step < 10 {
		for _, p := range e.Walk.Screen().Problems {
			if hint := p.Keyed().Hint; strings.Contains(hint, "Support") {
				t.Errorf("step %d: %s", e.Walk.Screen().Step, hint)
			}
		}
		before := e.Walk.Screen()
		if !e.Press() {
			t.Fatalf("stopped at step %d", before.Step)
		}
		q, says := before.Question, e.Walk.Screen().Finding
		const want = "This OBSAGENT.msi is used unchecked: nothing registered to compare with."
		if q != nil && q.Kind == screen.Type && says != want {
			t.Errorf("after the id was typed, step 9 says %q", says)
		}
	}
}
