package walk_test

import (
	"slices"
	"strings"
	"testing"

	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// TestTheAdvisedWayStandsFirst: where a walk stops, the footer begins with what is advised, the hint tells the same
// key, and where that is to go back, it leads there at once.
func TestTheAdvisedWayStandsFirst(t *testing.T) {
	for scenario, want := range map[string]screen.Action{
		"wrong-package":   {Key: "s", Verb: "back to step 6"},
		"unsigned":        {Key: "s", Verb: "back to step 6"},
		"source-vanishes": {Key: "s", Verb: "back to step 6"},
		"patch-elsewhere": {Key: "esc", Verb: "back to step 6"},
		"unregistered":    {Key: "enter", Verb: "use it"},
		"disk-full":       {Key: "r", Verb: "look again"},
		"target-appears":  {Key: "r", Verb: "look again"},
		"still-fails":     {Key: "s", Verb: "support zip"},
	} {
		walktest.Row(t, scenario, func(t *testing.T) {
			e := walktest.Begin(t, scenario)
			e.Settle(e.Walk.Begin())
			for e.Press() {
			}
			sc := e.Walk.Screen()
			if first := sc.Actions[0]; first.Key != want.Key || first.Verb != want.Verb {
				t.Fatalf("the footer is %+v, want %s %s first", sc.Actions, want.Key, want.Verb)
			}
			if hint := sc.Problems[0].Keyed().Hint; want.Key != "enter" && !strings.Contains(hint, "press "+want.Key) {
				t.Errorf("the hint is %q, want the key %s", hint, want.Key)
			}
			if want.Verb != "back to step 6" {
				return
			}
			settleAWhile(e, e.Walk.Handle(screen.Press{Key: want.Key}))
			if sc = e.Walk.Screen(); sc.Step != 6 {
				t.Errorf("%s leads to step %d", want.Key, sc.Step)
			}
			// The file of source-vanishes was the right one: nothing is said against its installer.
			press(e, "enter") // closes the wizard
			sc = e.Walk.Screen()
			warned := strings.HasPrefix(sc.Finding, "This installer did not contain the right package")
			if warned != (scenario == "wrong-package") {
				t.Errorf("step 6 says %q", sc.Finding)
			}
		})
	}
}

// TestStepTwelveTakesAnotherInstaller: the one of step 6 may be an older one, wanted for its package alone.
func TestStepTwelveTakesAnotherInstaller(t *testing.T) {
	e := walktest.Begin(t, "missing")
	e.Settle(e.Walk.Begin())
	e.Until("run")
	press(e, "s")
	q := e.Walk.Screen().Question
	at := slices.IndexFunc(q.Options, func(o screen.Option) bool { return o.Label == "MARSAgentInstaller.exe" })
	if at < 0 {
		t.Fatalf("step 12 offers %+v", q)
	}
	answer(e, screen.Answer{Choice: at})
	sc := e.Walk.Screen()
	if sc.Step != 12 || sc.Question == nil || sc.Question.Verb != "run" {
		t.Fatalf("after the choice step %d asks %+v", sc.Step, sc.Question)
	}
	press(e, "s")
	press(e, "s") // stop browsing
	if q := e.Walk.Screen().Question; q == nil || q.Verb != "run" {
		t.Errorf("after browsing step 12 asks %+v", q)
	}
	if code := e.Run(); code != 0 {
		t.Errorf("the walk ends with %d", code)
	}
}
