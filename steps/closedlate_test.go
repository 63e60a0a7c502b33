package steps_test

import (
	"testing"

	"marsfix/steps"
	"marsfix/steps/screen"
)

// A wizard that is closed while the copy is asked for, or before, takes the package along: the way back to step 6 is one Enter, and nothing
// is lost by it.
func TestTheWizardIsClosedBeforeTheCopy(t *testing.T) {
	for name, again := range map[string]screen.Event{"copied all the same": screen.Answer{Yes: true}, "looked again": screen.Press{Key: "r"}} {
		t.Run(name, func(t *testing.T) {
			r, e := onRig(t, "missing")
			before := cacheOf(t, r.dir)
			e.until("copy")
			if err := r.CloseWizard(t.Context()); err != nil {
				t.Fatal(err)
			}
			e.settle(e.walk.Handle(again))
			sc := e.walk.Screen()
			if sc.Step != 10 || sc.State != screen.NeedsYou || !e.shows("closed-too-early") {
				t.Fatalf("step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
			}
			if now := cacheOf(t, r.dir); len(now) != len(before) {
				t.Errorf("the cache holds %v", now)
			}
			e.press()
			if sc := e.walk.Screen(); sc.Step != 6 || sc.Question == nil {
				t.Fatalf("Enter leads to step %d: %+v", sc.Step, sc)
			}
			if code := e.run(); code != steps.CodeGood {
				t.Errorf("the walk ended with %d: %+v", code, e.walk.Screen().Problems)
			}
			if hash := cacheOf(t, r.dir)[targetName]; hash != goodHash(t) {
				t.Errorf("%s is %q", targetName, hash)
			}
		})
	}
}
