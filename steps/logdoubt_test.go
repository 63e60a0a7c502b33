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
)

// logAlone is a computer whose registration cannot be read: its log counts alone.
type logAlone struct{ *rig }

func (logAlone) Products(context.Context) ([]computer.Product, error) { return nil, computer.ErrSilent }

// A walk stops where its log cannot be relied on, says why and what to do, and changes nothing; where the registration speaks it goes on.
func TestWalksOnDoubtfulLogs(t *testing.T) {
	for name, tt := range map[string]struct {
		log        string
		step       int // where it stands at last
		code       int
		problem    string
		registered int // where it stands at last with a registration that names a lost package
	}{
		"a zip":                     {"PK\x03\x04\x14\x00", 3, steps.CodeFailed, "log-not-understood", 12},
		"a page":                    {"<html>Sign in</html>", 3, steps.CodeFailed, "log-not-understood", 12},
		"words broken by mail":      {mailed(failingLog, 50, "> "), 3, steps.CodeFailed, "log-not-understood", 12},
		"a source lost unnamed":     {opening + noSourceLine + returned + "1603\n", 5, steps.CodeFailed, "source-lost-unnamed", 12},
		"a plain one":               {plainLog("Fehler 1714. Systemfehler 1612."), 5, steps.CodeFailed, "source-lost-unnamed", 12},
		"a part":                    {opening + usualTalk, 5, steps.CodeFailed, "log-unfinished", 12},
		"one that failed otherwise": {opening + usualTalk + returned + "1642\n" + closing, 12, steps.CodeGood, "", 12},
		"one that went through":     {opening + usualTalk + returned + "0\n" + closing, 12, steps.CodeGood, "", 12},
	} {
		t.Run(name, func(t *testing.T) {
			for _, silent := range []bool{true, false} {
				clock := &quickClock{now: start}
				r := newRig(t, "missing", memoryDir(t), clock.Now)
				var m computer.Machine = r
				step, code := tt.registered, steps.CodeGood
				if silent {
					m, step, code = logAlone{r}, tt.step, tt.code
				}
				e := engage(t, m, r.dir, clock) // at step 1, on a disk that has been made by then
				if err := os.WriteFile(r.host(`C:\Windows\Temp\OBPatch.log`), []byte(tt.log), 0o644); err != nil {
					t.Fatal(err)
				}
				if got := e.run(); got != code || e.walk.Screen().Step != step {
					t.Fatalf("silent %v: step %d, code %d: %+v", silent, e.walk.Screen().Step, got, e.walk.Screen().Problems)
				}
				if silent && tt.problem != "" {
					p := e.problem()
					if p.Code != tt.problem || p.Hint == "" {
						t.Errorf("%+v", p)
					}
				}
				if silent && strings.Contains(tt.log, "1642") && !strings.Contains(strings.Join(e.walk.Summary(), " "), "failed with 1642") {
					t.Errorf("it denies the failure: %q", e.walk.Summary())
				}
			}
		})
	}
}

// What the last session came to is told on the step that searches the log, and the line that tells stands in its surroundings on the next.
func TestTheResultIsShown(t *testing.T) {
	for log, want := range map[string]struct{ result, line string }{
		opening + usualTalk + noSourceLine + returned + "1603\n": {"a source was lost, and nothing is named · line 7", strings.TrimSpace(noSourceLine)},
		plainLog("Fehler 1714. Systemfehler 1612."):              {"a source was lost, and nothing is named · line 4", "Fehler 1714. Systemfehler 1612."},
		opening + usualTalk + returned + "1642\n":                {"failed with 1642: the patch does not fit the installed product", ""},
		opening + usualTalk + returned + "0\n":                   {"", ""},
		failingLog:                                               {"", "is missing"},
	} {
		l, err := offline.New(files(t, map[string]string{"Windows/Temp/OBPatch.log": log}))
		if err != nil {
			t.Fatal(err)
		}
		_, r, err := diagnose.Report(context.Background(), l, "test", start, func(screen.Progress) {})
		if err != nil {
			t.Fatal(err)
		}
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
