package walk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// detours are what may be opened and closed on a refusal before leaving: back, browsing and other second actions, the
// question whether to leave, a no.
var detours = []string{"", "ee", "s", "se", "sn", "qn", "nq", "es", "sqn", "i"}

// TestTheSummaryKeepsTheReasonOfEveryRefusal: whatever was opened and closed after a step has refused, the summary
// tells why and what to do next, or what has been found instead.
func TestTheSummaryKeepsTheReasonOfEveryRefusal(t *testing.T) {
	for _, scenario := range []string{"wrong-package", "unsigned", "unregistered", "patch-elsewhere", "source-vanishes",
		"target-appears", "disk-full"} {
		for _, keys := range detours {
			walktest.Row(t, scenario+"/"+keys, func(t *testing.T) { summaryKeepsTheReason(t, scenario, keys) })
		}
	}
}

func summaryKeepsTheReason(t *testing.T, scenario, keys string) {
	e := walktest.Begin(t, scenario)
	e.Settle(e.Walk.Begin())
	for e.Press() {
	}
	want, at := "  problem    "+e.Problem().Message, e.Walk.Screen().Step
	for _, k := range keys {
		settleAWhile(e, e.Walk.Handle(map[rune]screen.Event{'e': screen.Press{Key: "esc"},
			's': screen.Press{Key: "s"}, 'q': screen.Press{Key: "q"}, 'n': screen.Answer{},
			'i': screen.Interrupt{}}[k]))
		if e.Walk.Screen().State == screen.Failed {
			want, at = "  problem    "+e.Problem().Message, e.Walk.Screen().Step
		}
	}
	e.Walk.Handle(screen.Terminate{})
	ended := fmt.Sprintf("not repaired; stopped at step %d of 12; nothing was changed or copied, but the update "+
		"installer was started", at)
	if sc := e.Walk.Screen(); sc.Code != steps.CodeFailed || !strings.HasSuffix(e.Walk.Summary()[0], ended) {
		t.Errorf("left with %d: %s\nwant %s", sc.Code, e.Walk.Summary()[0], ended)
	}
	if got := reasonOf(e); len(got) != 2 || got[0] != want {
		t.Errorf("the summary has\n%q\nwant\n%q", got, want)
	}
}

// reasonOf is what the summary tells of why, and of what to do next.
func reasonOf(e *walktest.Engineer) []string {
	return slices.DeleteFunc(e.Walk.Summary(), func(line string) bool {
		return !strings.HasPrefix(line, "  problem ") && !strings.HasPrefix(line, "  hint ")
	})
}

// settleAWhile does work that may ask for more of itself for ever, as a look does that waits for the wizard to close.
func settleAWhile(e *walktest.Engineer, tasks []screen.Task) {
	for n := 0; len(tasks) > 0 && n < 50; n++ {
		task := tasks[0]
		tasks = append(tasks[1:], e.Walk.Handle(task())...)
	}
}

// TestAFailedUpgradeStaysOne: shown again from an earlier screen, or forgotten so that it can be run again, it ends the
// walk as it does from the last screen, until another try goes through.
func TestAFailedUpgradeStaysOne(t *testing.T) {
	const want = "stopped at step 12 of 12; 7b5ea8.msi was put back and verified, but the upgrade has not succeeded"
	for _, keys := range [][]string{nil, {"esc", "esc"}, {"r"}} {
		e := walktest.Begin(t, "still-fails")
		e.Settle(e.Walk.Begin())
		for e.Press() {
		}
		for _, k := range keys {
			e.Settle(e.Walk.Handle(screen.Press{Key: k}))
		}
		e.Quit()
		if sc := e.Walk.Screen(); sc.Code != steps.CodeFailed || !strings.HasSuffix(e.Walk.Summary()[0], want) {
			t.Errorf("after %q: %d, %s", keys, sc.Code, e.Walk.Summary()[0])
		}
	}
}

// TestWhatHasBeenMendedIsNoReason: once the step that failed asks what it asks otherwise, leaving is no failure.
func TestWhatHasBeenMendedIsNoReason(t *testing.T) {
	e := walktest.Begin(t, "disk-full")
	e.Settle(e.Walk.Begin())
	for e.Press() {
	}
	e.Settle(e.Walk.Handle(screen.Press{Key: "r"}))
	e.Quit()
	if sc := e.Walk.Screen(); sc.Code != steps.CodeLeft || len(reasonOf(e)) != 0 {
		t.Errorf("left with %d: %q", sc.Code, e.Walk.Summary())
	}
}

// TestAWizardThatMarsfixOpenedWasNotLeftOpen: step 1 tells what it found, also while the wizard of step 6 is open.
func TestAWizardThatMarsfixOpenedWasNotLeftOpen(t *testing.T) {
	e := walktest.Begin(t, "wrong-package")
	e.Settle(e.Walk.Begin())
	for e.Press() {
	}
	for range 2 { // started, and then wanted to be closed
		if came := e.Walk.Screen().List[0].Came; came != "not open" {
			t.Errorf("at step %d, step 1 came to %q", e.Walk.Screen().Step, came)
		}
		settleAWhile(e, e.Walk.Handle(screen.Press{Key: "s"}))
	}
}

// TestAHintIsForTheKeysThatAreShown: where what is typed goes on with a wizard open, Enter does not close it.
func TestAHintIsForTheKeysThatAreShown(t *testing.T) {
	e := walktest.Begin(t, "wizard-open")
	settleAWhile(e, e.Walk.Begin())
	settleAWhile(e, e.Walk.Handle(screen.Press{Key: "s"}))
	if sc := e.Walk.Screen(); sc.Question == nil || sc.Question.Kind != screen.Type || e.Problem().Hint != "" {
		t.Errorf("asked is %+v beside the hint %q", sc.Question, e.Problem().Hint)
	}
}
