package ui

import (
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/screen"
)

func TestAsk(t *testing.T) {
	confirm := screen.Question{Kind: screen.Confirm, Prompt: "Delete it?", Verb: "take back"}
	typed := screen.Question{Kind: screen.Type, Prompt: "type 7b5ea8 and press Enter", Want: "7b5ea8"}
	for name, tt := range map[string]struct {
		q     screen.Question
		in    string
		yes   bool
		asked int
	}{
		"yes":                  {confirm, "y\n", true, 1},
		"yes from Windows":     {confirm, "YES\r\n", true, 1},
		"no":                   {confirm, "n\n", false, 1},
		"empty":                {confirm, "\n", false, 1},
		"end of input":         {confirm, "", false, 1},
		"nonsense, then yes":   {confirm, "what\ny\n", true, 2},
		"nonsense for ever":    {confirm, strings.Repeat("what\n", 9), false, 4},
		"typed":                {typed, "7B5EA8\n", true, 1},
		"typed wrong":          {typed, "7b5ea9\n\n", false, 2},
		"y is not the id":      {typed, "y\n", false, 2},
		"last line has no end": {confirm, "y", true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			var out strings.Builder
			lines := newLineReader(t.Context(), strings.NewReader(tt.in), testClock())
			ok, err := putQuestion(t.Context(), tt.q, lines, &out)
			if err != nil || ok != tt.yes {
				t.Errorf("answer %v, %v", ok, err)
			}
			if taken := strings.Contains(out.String(), takenAsNo); taken != slices.Contains([]string{"end of input",
				"nonsense for ever", "y is not the id"}, name) {
				t.Errorf("it is said that this is taken as a no: %v:\n%s", taken, &out)
			}
			if n := strings.Count(out.String(), tt.q.Prompt); n != tt.asked {
				t.Errorf("asked %d times, want %d:\n%s", n, tt.asked, &out)
			}
		})
	}
}

// TestAskEndsWithItsContext holds that Ctrl+C is heard while a question stands that nobody answers.
func TestAskEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	in, keyboard := io.Pipe()
	defer keyboard.Close()
	asked := writerFunc(func(p []byte) (int, error) { cancel(); return len(p), nil })
	q := screen.Question{Kind: screen.Confirm, Prompt: "Delete it?", Verb: "take back"}
	if yes, err := putQuestion(ctx, q, newLineReader(ctx, in, testClock()), asked); yes || err != nil {
		t.Errorf("answered %v, %v", yes, err)
	}
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }
