package walk_test

import (
	"strings"
	"testing"

	"marsfix/steps/practice"
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
