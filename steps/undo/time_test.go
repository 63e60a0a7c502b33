package undo_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/undo"
	"marsfix/steps/walk/walktest"
)

// The day of the copy is told by the clock of the computer, in the question as in what stands above it.
func TestUndoTellsTheTimeOfTheComputer(t *testing.T) {
	was := time.Local
	time.Local = time.FixedZone("far east", 13*60*60)
	defer func() { time.Local = was }()
	r := walktest.Repaired(t, "missing")
	u, p := undo.Find(t.Context(), unregistered{r}, walktest.DayAfter)
	if p != nil {
		t.Fatalf("nothing can be taken back: %+v", p)
	}
	const want = "2026-03-04 22:30" // 9:30 UTC
	if text := strings.Join(u.Text(), "\n"); !strings.Contains(text, want) ||
		!strings.Contains(u.Question.Prompt, want) {
		t.Errorf("asked is %q below\n%s", u.Question.Prompt, text)
	}
}

// unregistered is a computer on which no product is registered any more.
type unregistered struct{ *walktest.Rig }

func (unregistered) Products(context.Context) ([]computer.Product, error) { return nil, nil }
