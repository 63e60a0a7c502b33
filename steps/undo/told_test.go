package undo_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"marsfix/steps/undo"
	"marsfix/steps/walk/walktest"
)

// What undo says that it does and has done is what happens on the disk: a copy is deleted, and where somebody has
// deleted it, only what was set aside for it gets its name back.
func TestUndoSaysWhatItDoes(t *testing.T) {
	const cached = `C:\Windows\Installer\7b5ea8.msi`
	for name, tt := range map[string]struct {
		deleted     bool
		told, asked string
		done        string
	}{
		"the copy is there": {false, "copied     " + cached, "Windows Installer expects this package for ",
			"taken back: " + cached},
		"somebody deleted the copy": {true, "missing    " + cached, "Rename " + cached + ".marsfix-",
			"put back: " + cached},
	} {
		t.Run(name, func(t *testing.T) {
			r := walktest.Repaired(t, "bad-target")
			if tt.deleted {
				if err := os.Remove(r.Host(cached)); err != nil {
					t.Fatal(err)
				}
			}
			p, err := undo.Propose(t.Context(), r, func() time.Time { return walktest.DayAfter })
			if err != nil {
				t.Fatal(err)
			}
			if p.Told[0] != tt.told || !strings.HasPrefix(p.Question.Prompt, tt.asked) {
				t.Errorf("told %q, asked %q", p.Told, p.Question.Prompt)
			}
			if done, err := p.Do(); done != tt.done || err != nil {
				t.Errorf("done is %q, %v", done, err)
			}
			if now, err := os.ReadFile(r.Host(cached)); err != nil || !strings.HasPrefix(string(now), "This is not a") {
				t.Errorf("under the name there is now %.40q, %v", now, err)
			}
		})
	}
}

// TestUndoSaysThatAnEarlierCopyIsLeft: of several copies each is taken back by itself, and whoever does that is told
// how long there is another.
func TestUndoSaysThatAnEarlierCopyIsLeft(t *testing.T) {
	r := walktest.Repaired(t, "cache-emptied")
	const again = "\nto take back the copy before it, run again: marsfix undo"
	for _, left := range []bool{true, true, false} {
		p, err := undo.Propose(t.Context(), r, func() time.Time { return walktest.DayAfter })
		if err != nil {
			t.Fatal(err)
		}
		if done, err := p.Do(); err != nil || strings.HasSuffix(done, again) != left {
			t.Errorf("another copy is left: %v, and done is %q, %v", left, done, err)
		}
	}
}
