package ui

import (
	"bytes"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"marsfix/steps/screen"
)

// FuzzFrame: whatever stands in a screen's texts, a frame has its size, holds no control character, and keeps the step
// and the footer; and the plain mode prints no control character either.
func FuzzFrame(f *testing.F) {
	f.Add(hostile, `C:\Windows\Installer\7b5ea8.msi`, 80, 24, 3, 9)
	f.Add("日本語のパス", "e\u0301\U0001F468\u200d\U0001F469", 60, 16, 0, 1)
	f.Add("", " \t ", 200, 60, -5, 1<<30)
	f.Add(strings.Repeat("\u00a0", 300), strings.Repeat("\u3000", 300), 80, 24, 0, 1)
	f.Fuzz(func(t *testing.T, a, b string, w, h, at, mark int) {
		if len(a)+len(b) > 2000 {
			return // longer texts only take longer
		}
		w, h = leastWidth+abs(w)%200, leastHeight+abs(h)%60
		for kind := range 3 {
			sc := filled(a, b, at, mark, screen.QuestionKind(kind))
			frame := drawn(sc, size{w, h}, Options{NoColor: true})
			text := ansi.Strip(frame)
			if err := fits(text, w, h); err != nil {
				t.Fatalf("%v\n%s", err, text)
			}
			if bad := controls(text); bad != "" {
				t.Fatalf("the frame holds %q", bad)
			}
			if !strings.Contains(text, "Step 4 of 12") || !strings.Contains(text, "? ") {
				t.Fatalf("step or footer are lost:\n%s", text)
			}
		}
		var out bytes.Buffer
		walk := &fakeWalk{screen: filled(a, b, at, mark, screen.Choose), summary: []string{a, b}}
		walk.on = func(w *fakeWalk, ev screen.Event) []screen.Task {
			w.screen.Left = true
			return nil
		}
		if _, err := runPlain(t.Context(), walk, Options{In: strings.NewReader(a + "\n" + b), Text: &out}); err != nil {
			t.Fatal(err)
		}
		if bad := controls(out.String()); bad != "" || strings.Contains(out.String(), "\x1b") {
			t.Fatalf("the lines hold %q", bad)
		}
	})
}

func abs(n int) int {
	if n < 0 {
		return -(n + 1)
	}
	return n
}

// filled is a screen with two texts wherever texts stand.
func filled(a, b string, at, mark int, kind screen.QuestionKind) screen.Screen {
	sc := onStep(4, a, b, screen.NeedsYou, screen.Action{Key: "enter", Verb: a, Ask: b},
		screen.Action{Key: "r", Verb: b})
	sc.Computer, sc.Label, sc.UniqueID, sc.TempPath, sc.Fact, sc.Help = a, b, a, b, a, b
	sc.Rows = []screen.Row{{Label: a, Value: b, Note: a}, {Label: b, Value: a},
		{Value: `C:\` + a + `\` + b, Note: b, Extra: true}}
	sc.Excerpt = []screen.LogLine{{Text: a}, {Number: 7, Text: a + b, Match: true, MarkAt: at, Mark: mark}}
	sc.Witnesses = []screen.Witness{{Who: "log", Says: a}, {Who: "disk", Says: b, View: screen.Silent}}
	sc.Problems = []screen.Problem{{Message: a, Cure: b}, {Message: b}}
	sc.Question = &screen.Question{Kind: kind, Prompt: a, Verb: b, Want: "7b5ea8",
		Options: []screen.Option{{Label: a, Note: b}, {Label: b}}}
	return sc
}
