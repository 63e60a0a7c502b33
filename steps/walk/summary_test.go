package walk_test

import (
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/report"
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

// TestTheSummaryTellsWhatIsNext: whoever leaves is told what to do next, wherever something is left to do, and what
// somebody planted in the logs is named once.
func TestTheSummaryTellsWhatIsNext(t *testing.T) {
	for scenario, want := range map[string][]string{
		"healthy": {"  next       if the update has not been run since, run it as usual"},
		"still-fails": {"7b5ea8.msi was put back and verified, but the upgrade has not succeeded\n  problem ",
			"  hint       net start OBRecoveryServicesManagementAgent"},
		"disk-full": {"; nothing was changed or copied, but the update installer was started\n  problem ",
			"  wizard     still open: close it"},
		"planted": {"'C:\\Windows\\Installer\\CON.msi' is missing.\n  hint       find out who wrote them",
			`\\192.0.2.7\share\later`},
		"cache-emptied": {"\n  undo       marsfix undo (takes back one copy at a time, the last one first)\n"},
		"missing":       {"upgraded and verified\n  Unique_ID  7b5ea8\n"},
		"unregistered": {": the upgrade succeeded; its version could not be checked\n",
			"\n  note       you chose to use OBSAGENT.msi although its package code could not be checked\n"},
		"unsigned": {"upgraded and verified\n", "\n  note       you chose to use OBSAGENT.msi although it is not signed\n"},
	} {
		_, e := walktest.OnRig(t, scenario)
		e.Types = true
		e.Run()
		summary := strings.Join(e.Walk.Summary(), "\n")
		for _, w := range want {
			if strings.Count(summary, w) != 1 {
				t.Errorf("%s: the summary lacks %q, or has it twice:\n%s", scenario, w, summary)
			}
		}
		if scenario == "missing" && (strings.Contains(summary, "  note ") || strings.Contains(summary, "  next ")) {
			t.Errorf("nothing is left to do, and the summary says\n%s", summary)
		}
	}
}

// TestAWalkAgainstAdviceIsReportedAsOne: what was used unchecked or unsigned, and a version that nobody could read, are
// in the report as well.
func TestAWalkAgainstAdviceIsReportedAsOne(t *testing.T) {
	for scenario, want := range map[string][2]string{
		"missing": {"succeeded and was verified.", "read back after the copy, identical"},
		"unsigned": {"succeeded and was verified.",
			"read back after the copy, identical; used although it is not signed"},
		"unregistered": {"succeeded; its version could not be checked.",
			"read back after the copy, identical; used although its package code could not be checked"},
	} {
		_, e := walktest.OnRig(t, scenario)
		e.Types = true
		e.Run()
		r := e.Walk.Report()
		copied := func(p report.Package) bool { return p.Role == "copied by marsfix" && p.Remark == want[1] }
		if !strings.HasSuffix(r.Verdict, want[0]) || !slices.ContainsFunc(r.Packages, copied) {
			t.Errorf("%s: the report says %q of %+v", scenario, r.Verdict, r.Packages)
		}
	}
}
