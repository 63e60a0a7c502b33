package steps_test

import (
	"testing"

	"marsfix/steps"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// A wizard that is closed while the copy is asked for, or before, takes the package along: the way back to step 6 is
// one Enter, and nothing is lost by it.
func TestTheWizardIsClosedBeforeTheCopy(t *testing.T) {
	for name, again := range map[string]screen.Event{"copied all the same": screen.Answer{Yes: true},
		"looked again": screen.Press{Key: "r"}} {
		t.Run(name, func(t *testing.T) {
			r, e := walktest.OnRig(t, "missing")
			before := walktest.CacheOf(t, r.Dir)
			e.Until("copy")
			if err := r.CloseWizard(t.Context()); err != nil {
				t.Fatal(err)
			}
			e.Settle(e.Walk.Handle(again))
			sc := e.Walk.Screen()
			if sc.Step != 10 || sc.State != screen.NeedsYou || !e.Shows("closed-too-early") {
				t.Fatalf("step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
			}
			if now := walktest.CacheOf(t, r.Dir); len(now) != len(before) {
				t.Errorf("the cache holds %v", now)
			}
			e.Press()
			if sc := e.Walk.Screen(); sc.Step != 6 || sc.Question == nil {
				t.Fatalf("Enter leads to step %d: %+v", sc.Step, sc)
			}
			if code := e.Run(); code != steps.CodeGood {
				t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
			}
			if hash := walktest.CacheOf(t, r.Dir)[walktest.TargetName]; hash != walktest.GoodHash(t) {
				t.Errorf("%s is %q", walktest.TargetName, hash)
			}
		})
	}
}
