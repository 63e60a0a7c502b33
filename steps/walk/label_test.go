package walk_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/look"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
	"marsfix/steps/walk/walktest"
)

// TestPracticeOffersOnlyWhatItHas: what can be typed in practice names the command that practises, and nothing is told
// of undo or of files that go with the disk. A real computer has all of it.
func TestPracticeOffersOnlyWhatItHas(t *testing.T) {
	for _, tt := range []struct {
		name, scenario string
		given          look.Given
		real           string // a part of what a real computer tells, in lines that practice tells otherwise
		practice       string
	}{
		{"the copy's undo", "missing", look.Given{}, "; marsfix undo takes it back", "nothing is overwritten\n"},
		{"the row of the copy", "missing", look.Given{}, "\nto undo run marsfix undo ", ""},
		{"the last screen", "missing", look.Given{},
			"\npackage C:\\Windows\\Installer\\7b5ea8.msi (in place again)\nto undo run marsfix undo ",
			"\npackage C:\\Windows\\Installer\\7b5ea8.msi (in place again)\n"},
		{"what was set aside", "bad-target", look.Given{}, "\nto undo run marsfix undo ", ""},
		{"a log", "missing", look.Given{PatchLog: `C:\nowhere.log`}, "name it: marsfix --patch-log ",
			"name it: marsfix practice --patch-log "},
		{"an installer", "missing", look.Given{Installer: `C:\nowhere.exe`}, ": marsfix --installer ",
			": marsfix practice --installer "},
		{"support", "still-fails", look.Given{}, "  hint       contact Microsoft Support",
			"  hint       on a real computer, contact Microsoft Support"},
		{"a failed upgrade's undo", "still-fails", look.Given{}, "\n  undo       marsfix undo\n", ""},
		{"a wizard", "wizard-open", look.Given{}, "close its window on the desktop",
			"on the practice computer, marsfix closes its window for you"},
		{"the journal", "missing", look.Given{}, "journal.jsonl", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			told := map[bool]string{}
			for _, isReal := range []bool{true, false} {
				clock := &walktest.QuickClock{At: time.Now()}
				m, err := practice.New(practice.Options{Scenario: tt.scenario, Now: clock.Now})
				if err != nil {
					t.Fatal(err)
				}
				defer m.Close()
				w := walk.New(context.Background(), labelled{m, isReal},
					walk.Options{Given: tt.given, Clock: clock, Version: "test"})
				defer w.Close()
				e := &walktest.Engineer{T: t, Walk: w}
				e.Settle(w.Begin())
				told[isReal] = e.Texts()
			}
			if !strings.Contains(told[true], tt.real) || strings.Contains(told[true], "real computer") {
				t.Errorf("a real computer does not tell %q:\n%s", tt.real, told[true])
			}
			if strings.Contains(told[false], tt.real) || !strings.Contains(told[false], tt.practice) {
				t.Errorf("practice tells %q, or not %q:\n%s", tt.real, tt.practice, told[false])
			}
		})
	}
}

// TestLeavingPracticeTellsWhatBecomesOfIt: nothing stays open or in place on a disk that is deleted.
func TestLeavingPracticeTellsWhatBecomesOfIt(t *testing.T) {
	for _, kept := range []string{"", t.TempDir()} {
		e := atPractice(t, practice.Options{Keep: kept})
		e.Until("run")
		e.Walk.Handle(screen.Press{Key: "q"})
		asked := e.Walk.Screen().Question.Yes
		if stays := strings.Contains(asked, "stays where it is"); stays != (kept != "") ||
			strings.Contains(asked, "is deleted") == stays {
			t.Errorf("kept in %q, it asks %q", kept, asked)
		}
	}
}

// TestPracticeOffersNoVainLook: where a story ends on a disk that is deleted, another look would find the same, and
// what is missing can be had on a real computer only. On a disk that is kept somebody may put it there.
func TestPracticeOffersNoVainLook(t *testing.T) {
	for scenario, hint := range map[string]string{
		"wrong-package": "keep this installer", "patch-elsewhere": "keep this installer", "still-fails": "contact",
		"disk-full": "make room on that drive, then press r",
	} {
		for _, kept := range []string{"", t.TempDir()} {
			e := atPractice(t, practice.Options{Scenario: scenario, Keep: kept})
			for e.Walk.Screen().State != screen.Failed {
				if !e.Press() {
					t.Fatalf("%s: stuck at %+v", scenario, e.Walk.Screen())
				}
			}
			sc := e.Walk.Screen()
			looks := slices.ContainsFunc(sc.Actions, func(a screen.Action) bool { return a.Key == "r" })
			if vain := kept == "" && scenario != "disk-full"; looks == vain {
				t.Errorf("%s, kept in %q: another look is offered: %v", scenario, kept, looks)
			}
			want := hint
			if strings.HasPrefix(hint, "keep") && kept == "" {
				want = "on a real computer, " + hint
			}
			if told := sc.Problems[0].Keyed().Hint; !strings.HasPrefix(told, want) {
				t.Errorf("%s, kept in %q: hint %q, want %q", scenario, kept, told, want)
			}
		}
	}
}

// atPractice is an engineer who has begun a walk of a practice computer.
func atPractice(t *testing.T, o practice.Options) *walktest.Engineer {
	t.Helper()
	m, err := practice.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	w := walk.New(context.Background(), m, walk.Options{Clock: &walktest.QuickClock{At: time.Now()}, Version: "test"})
	t.Cleanup(w.Close)
	e := &walktest.Engineer{T: t, Walk: w}
	e.Settle(w.Begin())
	return e
}

// labelled is a practice computer that may say that it is a real one.
type labelled struct {
	*practice.Machine
	isReal bool
}

func (l labelled) About(ctx context.Context) (computer.About, error) {
	a, err := l.Machine.About(ctx)
	if l.isReal {
		a.Label, a.Passing, a.Still = "", false, false
	}
	return a, err
}
