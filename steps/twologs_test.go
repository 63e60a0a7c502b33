package steps_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"marsfix/steps/look"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// Where no registration tells the agent's package, the steps show what an older log names, and from which log it is,
// and come to the verdict of a diagnosis.
func TestTheStepsShowWhatAnOlderLogNames(t *testing.T) {
	const elsewhere = `C:\Windows\SystemTemp\OBPatch.log`
	failed := strings.NewReplacer("3/4/2026", "3/5/2026", "Warning: ", "Note: ", " is missing", "", "1612",
		"1618").Replace(session("x"))
	for name, tt := range map[string]struct {
		latest  string
		verdict look.Verdict
		shows   map[int]string // by the step
	}{
		"the latest failed otherwise": {failed, look.RepairNeeded, map[int]string{2: "searched as well",
			3: "An older OBPatch.log says that 7b5ea8.msi is missing.",
			4: "Line 2 of " + elsewhere + " says that 7b5ea8.msi is missing.",
			5: "line 2 of an older log: 7b5ea8.msi is missing"}},
		"the latest went through": {strings.Replace(failed, "1618", "0", 1), look.Unclear, map[int]string{
			4: "Line 2 of " + elsewhere + " says that 7b5ea8.msi is missing.",
			5: "a later session succeeded without a warning"}},
	} {
		t.Run(name, func(t *testing.T) {
			r, e := walktest.OnRig(t, "unregistered")
			if err := errors.Join(os.WriteFile(r.Host(walktest.PatchLog), []byte(tt.latest), 0o644),
				os.WriteFile(r.Host(elsewhere), []byte(session("7b5ea8")), 0o644)); err != nil {
				t.Fatal(err)
			}
			for sc := e.Walk.Screen(); ; sc = e.Walk.Screen() {
				if text := told(sc); !strings.Contains(text, tt.shows[sc.Step]) {
					t.Errorf("step %d does not show %q:\n%s", sc.Step, tt.shows[sc.Step], text)
				}
				if sc.Step == 5 {
					break
				}
				if !e.Press() {
					t.Fatalf("the walk stops at step %d:\n%s", sc.Step, told(sc))
				}
			}
			if line := walktest.Look(t, r); line.Verdict != tt.verdict || line.UniqueID != "7b5ea8" {
				t.Errorf("the diagnosis is %s: %s", line.Verdict, line.Reason)
			}
		})
	}
}

// told is all that a screen tells: finding, problems, rows and witnesses.
func told(sc screen.Screen) string {
	text := sc.Finding + "\n"
	for _, p := range sc.Problems {
		text += p.Message + "\n"
	}
	for _, r := range sc.Rows {
		text += r.Value + " " + r.Note + "\n"
	}
	for _, w := range sc.Witnesses {
		text += w.Says + "\n"
	}
	return text
}
