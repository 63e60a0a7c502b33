package steps_test

import (
	"context"
	"os"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/diagnose"
	"marsfix/steps/offline"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// logAlone is a computer whose registration cannot be read: its log counts alone.
type logAlone struct{ *walktest.Rig }

func (logAlone) Products(context.Context) ([]computer.Product, error) { return nil, computer.ErrSilent }

// A walk stops where its log cannot be relied on, says why and what to do, and changes nothing; where the registration
// speaks it goes on.
func TestWalksOnDoubtfulLogs(t *testing.T) {
	for name, tt := range map[string]struct {
		log        string
		step       int // where it stands at last
		code       int
		problem    string
		registered int // where it stands at last with a registration that names a lost package
	}{
		"a zip":  {"PK\x03\x04\x14\x00", 3, steps.CodeFailed, "log-not-understood", 12},
		"a page": {"<html>Sign in</html>", 3, steps.CodeFailed, "log-not-understood", 12},
		"words broken by mail": {walktest.Mailed(walktest.FailingLog, 50, "> "), 3, steps.CodeFailed,
			"log-not-understood", 12},
		"a source lost unnamed": {walktest.Opening + walktest.NoSourceLine + walktest.Returned + "1603\n", 5,
			steps.CodeFailed, "source-lost-unnamed", 12},
		"a plain one": {walktest.PlainLog("Fehler 1714. Systemfehler 1612."), 5, steps.CodeFailed,
			"source-lost-unnamed", 12},
		"a part": {walktest.Opening + walktest.UsualTalk, 5, steps.CodeFailed, "log-unfinished", 12},
		"one that failed otherwise": {walktest.Opening + walktest.UsualTalk + walktest.Returned + "1642\n" +
			walktest.Closing, 12, steps.CodeGood, "", 12},
		"one that went through": {walktest.Opening + walktest.UsualTalk + walktest.Returned + "0\n" +
			walktest.Closing, 12, steps.CodeGood, "", 12},
	} {
		t.Run(name, func(t *testing.T) {
			for _, silent := range []bool{true, false} {
				clock := &walktest.QuickClock{At: walktest.Began}
				r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
				var m computer.Machine = r
				step, code := tt.registered, steps.CodeGood
				if silent {
					m, step, code = logAlone{r}, tt.step, tt.code
				}
				e := walktest.Engage(t, m, r.Dir, clock) // at step 1, on a disk that has been made by then
				if err := os.WriteFile(r.Host(`C:\Windows\Temp\OBPatch.log`), []byte(tt.log), 0o644); err != nil {
					t.Fatal(err)
				}
				if got := e.Run(); got != code || e.Walk.Screen().Step != step {
					t.Fatalf("silent %v: step %d, code %d: %+v", silent, e.Walk.Screen().Step, got,
						e.Walk.Screen().Problems)
				}
				if silent && tt.problem != "" {
					p := e.Problem()
					if p.Code != screen.Code(tt.problem) || p.Hint == "" {
						t.Errorf("%+v", p)
					}
				}
				if silent && strings.Contains(tt.log, "1642") &&
					!strings.Contains(strings.Join(e.Walk.Summary(), " "), "failed with 1642") {
					t.Errorf("it denies the failure: %q", e.Walk.Summary())
				}
			}
		})
	}
}

// What the last session came to is told on the step that searches the log, and the line that tells stands in its
// surroundings on the next.
func TestTheResultIsShown(t *testing.T) {
	for log, want := range map[string]struct{ result, line string }{
		walktest.Opening + walktest.UsualTalk + walktest.NoSourceLine + walktest.Returned +
			"1603\n": {"a lost source is reported, and nothing is named · line 7", strings.TrimSpace(walktest.NoSourceLine)},
		walktest.PlainLog("Fehler 1714. Systemfehler 1612."): {"a lost source is reported, and nothing is named · line 4",
			"Fehler 1714. Systemfehler 1612."},
		walktest.Opening + walktest.UsualTalk + walktest.Returned +
			"1642\n": {"failed with 1642: the patch does not fit the installed product", ""},
		walktest.Opening + walktest.UsualTalk + walktest.Returned + "0\n": {"", ""},
		walktest.FailingLog: {"", "is missing"},
	} {
		l, err := offline.New(walktest.Files(t, map[string]string{"Windows/Temp/OBPatch.log": log}))
		if err != nil {
			t.Fatal(err)
		}
		_, made, err := diagnose.Look(context.Background(), l, "test", walktest.Began, func(screen.Progress) {})
		if err != nil {
			t.Fatal(err)
		}
		r := made()
		result, line := "", ""
		for _, row := range r.Steps[2].Found {
			if row.Label == "result" {
				result = strings.TrimSuffix(row.Value+" · "+row.Note, " · ")
			}
		}
		for _, ln := range r.Steps[3].Log {
			if ln.Match {
				line = ln.Text
			}
		}
		if result != want.result || !strings.Contains(line, want.line) || want.line == "" && line != "" {
			t.Errorf("result %q, line %q, want %q, %q", result, line, want.result, want.line)
		}
	}
}
