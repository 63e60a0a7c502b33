package walk_test

import (
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// TestSummaryIsNoScreen: a hint that stays in the console names no key, and what can be typed there.
func TestSummaryIsNoScreen(t *testing.T) {
	for scenario, want := range map[string]string{
		"still-fails": "contact Microsoft Support and attach the zip that this creates: marsfix bundle",
		"disk-full":   "make room on that drive, then look again: marsfix",
	} {
		_, e := walktest.OnRig(t, scenario)
		if code := e.Run(); code != steps.CodeFailed {
			t.Errorf("%s ends with %d", scenario, code)
		}
		hint := ""
		for _, l := range e.Walk.Summary() {
			if label, text, _ := strings.Cut(strings.TrimSpace(l), " "); label == "hint" && hint == "" {
				hint = strings.TrimSpace(text)
			}
		}
		if hint != want {
			t.Errorf("%s: the hint is %q, want %q", scenario, hint, want)
		}
	}
}

// TestStartShownAgain: once the package is copied, the step of the start does not ask any more for the wizard to be
// left open.
func TestStartShownAgain(t *testing.T) {
	_, e := walktest.OnRig(t, "missing")
	leaveOpen := func() bool {
		return strings.Contains(e.Walk.Screen().Finding, "do NOT press Next or Upgrade")
	}
	e.Until("start")
	e.Press()
	if !leaveOpen() {
		t.Errorf("after the start: %+v", e.Walk.Screen().Rows)
	}
	e.UntilStep(11)
	for e.Walk.Screen().Step > 6 {
		e.Walk.Handle(screen.Press{Key: "esc"})
	}
	if sc := e.Walk.Screen(); !sc.ReadOnly || leaveOpen() || len(sc.Rows) == 0 {
		t.Errorf("shown again: %+v", sc.Rows)
	}
}

// TestPathIsToldOnce: what is wrong with the file under the package's name is told without its path, which stands
// before it.
func TestPathIsToldOnce(t *testing.T) {
	_, e := walktest.OnRig(t, "bad-target")
	e.Until("set aside")
	for _, r := range e.Walk.Screen().Rows {
		if r.Label == "to" && r.Note != "exists, but is not a valid .msi file" {
			t.Errorf("%s: %q", r.Value, r.Note)
		}
	}
}

// TestCutLineIsMarked: where a sentence quotes a part of a line, dots say so.
func TestCutLineIsMarked(t *testing.T) {
	_, e := walktest.OnRig(t, "planted")
	e.UntilStep(8)
	if p := e.Problem(); p.Code != "suspicious-folder" || !strings.Contains(p.Message, ": …") ||
		strings.HasSuffix(p.Message, "…") {
		t.Errorf("the problem is %+v", p)
	}
}

// TestWhatIsGoneIsNotListed: a package that cannot be opened because it is gone does not stand in the list of the files
// beside it.
func TestWhatIsGoneIsNotListed(t *testing.T) {
	r, e := walktest.OnRig(t, "missing")
	e.UntilStep(8)
	r.Before = func(op disktest.Op, path string) error {
		if op == disktest.OpenStrict && strings.HasSuffix(path, `\OBSAGENT.msi`) {
			return &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
		}
		return nil
	}
	e.Press()
	if p := e.Problem(); e.Walk.Screen().Step != 9 || p.Code != "package-missing" {
		t.Fatalf("at step %d: %+v", e.Walk.Screen().Step, p)
	}
	for _, row := range e.Walk.Screen().Rows {
		if row.Label == "beside it" && (strings.Contains(row.Value, "OBSAGENT.msi") ||
			!strings.Contains(row.Value, "MARSAgent.msp")) {
			t.Errorf("beside it lie %s", row.Value)
		}
	}
}

// TestSummaryNamesTheZipThatIsThere: whoever has packed the zip for Microsoft Support is told to attach that one, and
// not to make it.
func TestSummaryNamesTheZipThatIsThere(t *testing.T) {
	_, e := walktest.OnRig(t, "still-fails")
	e.UntilStep(12)
	for e.Press() {
	}
	e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
	e.Settle(e.Walk.Handle(screen.Answer{Yes: true}))
	e.Quit()
	const attach = `and attach C:\Program Files\marsfix\reports\marsfix-SRV-PRACTICE-`
	summary := strings.Join(e.Walk.Summary(), "\n")
	if strings.Count(summary, attach) != 1 || strings.Contains(summary, "marsfix bundle") {
		t.Errorf("the summary says\n%s", summary)
	}
	if next := e.Walk.Report().Next; !strings.Contains(next[0], attach) {
		t.Errorf("the report says %q", next)
	}
}

// TestWhatLookingAgainOffers: where another file has taken the name, the hint says what r leads to, and it does.
func TestWhatLookingAgainOffers(t *testing.T) {
	r, e := walktest.OnRig(t, "target-appears")
	e.Until("copy")
	e.Press()
	const offers = "press r: marsfix offers to set that file aside, and then to copy"
	if p := e.Problem(); p.Code != screen.CodeTargetAppeared || p.Hint != offers {
		t.Fatalf("told is %+v, want %q", p, offers)
	}
	e.Mend()
	e.Until("set aside")
	e.Press()
	e.Until("copy")
	e.Press()
	e.Press()
	cached, err := fs.Glob(os.DirFS(r.Host(`C:\Windows\Installer`)), "7b5ea8.msi*")
	if err != nil || len(cached) != 2 || e.Walk.Screen().Step != 11 {
		t.Errorf("step %d, in the cache %q, %v", e.Walk.Screen().Step, cached, err)
	}
}

// TestTheCopyIsCalledAfterItsFile: step 10 names the file that it copies, and quotes the article as it is.
func TestTheCopyIsCalledAfterItsFile(t *testing.T) {
	for scenario, want := range map[string]string{"missing": "Copy OBSAGENT.msi", "patch-missing": "Copy KB5012345.msp",
		"cache-emptied": "Copy lost files"} {
		_, e := walktest.OnRig(t, scenario)
		e.Until("copy")
		for range 2 {
			sc := e.Walk.Screen()
			if sc.Title != want || sc.List[9].Name != want || sc.Step != 10 ||
				sc.Article != "Copy OBSAGENT.msi to the Installer folder as Unique_ID.msi." {
				t.Errorf("%s: step %d is called %q, in the list %q, of the article %q", scenario, sc.Step, sc.Title,
					sc.List[9].Name, sc.Article)
			}
			e.Press()
		}
	}
}

// TestNamesSayWhatTheyName: nothing lies beside itself, the key that copies an id says so, n says what it leaves out of
// several files, and the summary tells a path once.
func TestNamesSayWhatTheyName(t *testing.T) {
	verb := func(e *walktest.Engineer, key string) string {
		for _, a := range e.Walk.Screen().Actions {
			if a.Key == key {
				return a.Verb
			}
		}
		return ""
	}
	_, e := walktest.OnRig(t, "missing")
	e.UntilStep(9)
	beside := slices.IndexFunc(e.Walk.Screen().Rows, func(r screen.Row) bool { return r.Label == "beside it" })
	if beside < 0 || e.Walk.Screen().Rows[beside].Value != "MARSAgent.msp" {
		t.Errorf("beside OBSAGENT.msi: %+v", e.Walk.Screen().Rows)
	}
	if e.Run(); strings.Count(strings.Join(e.Walk.Summary(), "\n"), `C:\Windows\Installer\7b5ea8.msi`) != 1 {
		t.Errorf("the summary tells the path not once:\n%s", strings.Join(e.Walk.Summary(), "\n"))
	}
	_, e = walktest.OnRig(t, "patch-missing")
	e.UntilStep(4)
	if sc := e.Walk.Screen(); verb(e, "c") != "copy id" || sc.Fact != "7b5eb1" {
		t.Errorf("c is %q of %q", verb(e, "c"), sc.Fact)
	}
	for scenario, no := range map[string]string{"missing": "not now", "cache-emptied": "leave it out"} {
		_, e = walktest.OnRig(t, scenario)
		if e.Until("copy"); verb(e, "n") != no {
			t.Errorf("%s: n is %q", scenario, verb(e, "n"))
		}
	}
}
