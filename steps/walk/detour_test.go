package walk_test

import (
	"slices"
	"strings"
	"testing"

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
	want := "  problem    " + e.Problem().Message
	for _, k := range keys {
		settleAWhile(e, e.Walk.Handle(map[rune]screen.Event{'e': screen.Press{Key: "esc"},
			's': screen.Press{Key: "s"}, 'q': screen.Press{Key: "q"}, 'n': screen.Answer{},
			'i': screen.Interrupt{}}[k]))
		if e.Walk.Screen().State == screen.Failed {
			want = "  problem    " + e.Problem().Message
		}
	}
	e.Walk.Handle(screen.Terminate{})
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
