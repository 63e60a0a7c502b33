package walk_test

import (
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// TestTheSummaryKeepsItsReason: whatever was opened and closed on the last screen before leaving, the summary tells why
// the upgrade failed and what to do next.
func TestTheSummaryKeepsItsReason(t *testing.T) {
	var want []string
	for _, keys := range []string{"", "s", "sn", "sns", "sy", "ss"} {
		e := walktest.Begin(t, "still-fails")
		e.Settle(e.Walk.Begin())
		for e.Walk.Screen().Step < 12 || e.Walk.Screen().State == screen.Asking {
			if !e.Press() {
				t.Fatalf("stuck at %+v", e.Walk.Screen())
			}
		}
		for _, k := range keys {
			var ev screen.Event = screen.Press{Key: string(k)}
			if k != 's' {
				ev = screen.Answer{Yes: k == 'y'}
			}
			e.Settle(e.Walk.Handle(ev))
		}
		e.Settle(e.Walk.Handle(screen.Press{Key: "q"}))
		e.Settle(e.Walk.Handle(screen.Answer{Yes: true}))
		got := slices.DeleteFunc(e.Walk.Summary(), func(line string) bool {
			return !strings.HasPrefix(line, "  problem ") && !strings.HasPrefix(line, "  hint ")
		})
		if keys == "" {
			want = got
		}
		if sc := e.Walk.Screen(); !sc.Left || sc.Code != steps.CodeFailed || len(got) != 3 || !slices.Equal(got, want) {
			t.Errorf("after %q: left %v with %d, the summary has\n%q\nwant\n%q", keys, sc.Left, sc.Code, got, want)
		}
	}
}
