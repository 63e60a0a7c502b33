package steps_test

import (
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/screen"
)

// TestTheSummaryKeepsItsReason: whatever was opened and closed on the last screen before leaving, the summary tells why
// the upgrade failed and what to do next.
func TestTheSummaryKeepsItsReason(t *testing.T) {
	var want []string
	for _, keys := range []string{"", "s", "sn", "sns", "sy", "ss"} {
		e := begin(t, "still-fails")
		e.settle(e.walk.Begin())
		for e.walk.Screen().Step < 12 || e.walk.Screen().State == screen.Asking {
			if !e.press() {
				t.Fatalf("stuck at %+v", e.walk.Screen())
			}
		}
		for _, k := range keys {
			var ev screen.Event = screen.Press{Key: string(k)}
			if k != 's' {
				ev = screen.Answer{Yes: k == 'y'}
			}
			e.settle(e.walk.Handle(ev))
		}
		e.settle(e.walk.Handle(screen.Press{Key: "q"}))
		e.settle(e.walk.Handle(screen.Answer{Yes: true}))
		got := slices.DeleteFunc(e.walk.Summary(), func(line string) bool {
			return !strings.HasPrefix(line, "  problem ") && !strings.HasPrefix(line, "  hint ")
		})
		if keys == "" {
			want = got
		}
		if sc := e.walk.Screen(); !sc.Left || sc.Code != steps.CodeFailed || len(got) != 2 || !slices.Equal(got, want) {
			t.Errorf("after %q: left %v with %d, the summary has\n%q\nwant\n%q", keys, sc.Left, sc.Code, got, want)
		}
	}
}
