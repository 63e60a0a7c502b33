package walk_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// TestTheLogOnlySays: before registration and disk are asked in step 5, no finding says more than that the log says so.
func TestTheLogOnlySays(t *testing.T) {
	for _, s := range practice.Scenarios() {
		walktest.Row(t, s.Name, func(t *testing.T) {
			e := walktest.Begin(t, s.Name)
			e.Settle(e.Walk.Begin())
			e.UntilStep(3)
			for e.Walk.Screen().Step < 5 {
				sc := e.Walk.Screen()
				if !strings.HasPrefix(sc.Finding, "OBPatch.log ") && sc.Step == 3 ||
					strings.Contains(sc.Finding, "lost") {
					t.Errorf("step %d says %q", sc.Step, sc.Finding)
				}
				if !e.Press() {
					t.Fatalf("stopped at step %d", sc.Step)
				}
			}
		})
	}
}

// TestOneAdviceWithoutARegistration: where only the log can tell, every step that goes on says so; none sends to
// Support before step 12 has failed, and what is used unchecked is called that.
func TestOneAdviceWithoutARegistration(t *testing.T) {
	e := walktest.Begin(t, "unregistered")
	e.Types = true
	e.Settle(e.Walk.Begin())
	for e.Walk.Screen().Step < 10 {
		for _, p := range e.Walk.Screen().Problems {
			if hint := p.Keyed().Hint; strings.Contains(hint, "Support") {
				t.Errorf("step %d: %s", e.Walk.Screen().Step, hint)
			}
		}
		before := e.Walk.Screen()
		if !e.Press() {
			t.Fatalf("stopped at step %d", before.Step)
		}
		q, says := before.Question, e.Walk.Screen().Finding
		const want = "This OBSAGENT.msi is used unchecked: nothing registered to compare with."
		if q != nil && q.Kind == screen.Type && says != want {
			t.Errorf("after the id was typed, step 9 says %q", says)
		}
	}
}

// TestHealthyIsSaidOnceAndEarly: as soon as step 5 knows that nothing is lost it says what to do next, and every later
// step says something of its own.
func TestHealthyIsSaidOnceAndEarly(t *testing.T) {
	e := walktest.Begin(t, "healthy")
	e.Settle(e.Walk.Begin())
	said := map[string]int{}
	for range 12 {
		sc := e.Walk.Screen()
		if before, ok := said[sc.Finding]; ok {
			t.Errorf("steps %d and %d both say %q", before, sc.Step, sc.Finding)
		}
		said[sc.Finding] = sc.Step
		next := slices.ContainsFunc(sc.Rows, func(r screen.Row) bool {
			return r.Label == "next" && strings.HasPrefix(r.Value, "run the update as usual")
		})
		if next != (sc.Step >= 5) {
			t.Errorf("step %d says what to do next: %v", sc.Step, next)
		}
		e.Press()
	}
	if sc := e.Walk.Screen(); !sc.Left || sc.Code != 0 {
		t.Errorf("twelve keys end at step %d, left: %v, with %d", sc.Step, sc.Left, sc.Code)
	}
}

// TestARefusedFileIsComparedOnce: needed stands beside found, each once on the whole screen, and the hint says where
// the right installer can be had.
func TestARefusedFileIsComparedOnce(t *testing.T) {
	code := regexp.MustCompile(`\{[0-9A-F-]{36}\}`)
	for scenario, where := range map[string]string{
		"wrong-package":   "https://aka.ms/azurebackup_agent",
		"patch-elsewhere": "https://support.microsoft.com/help/5012345",
	} {
		e := walktest.Begin(t, scenario)
		e.Settle(e.Walk.Begin())
		for e.Press() {
			continue
		}
		sc := e.Walk.Screen()
		p := sc.Problems[0].Keyed()
		all := []string{sc.Finding, p.Message, p.Hint}
		labels := ""
		for _, r := range sc.Rows {
			if r.Extra {
				continue
			}
			all, labels = append(all, r.Value, r.Note), labels+r.Label+";"
		}
		text := strings.Join(all, "\n")
		if codes := code.FindAllString(text, -1); len(codes) != 2 || codes[0] == codes[1] ||
			!strings.Contains(labels, "code needed;code found;") {
			t.Errorf("%s shows the codes %q, as %s", scenario, codes, labels)
		}
		if strings.Count(text, sc.TempPath) != 1 || !strings.Contains(p.Hint, where) {
			t.Errorf("%s shows the file's folder not once, or does not say %s:\n%s", scenario, where, text)
		}
	}
}
