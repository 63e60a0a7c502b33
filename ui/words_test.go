package ui

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode"

	"marsfix/steps/practice"
	"marsfix/steps/screen"
)

// How many words a screen may have beside the lines of a log that it quotes: one of the default walk, and any other,
// header and footer included.
const (
	mostWords    = 80
	mostAnywhere = 100
)

// TestFewWords: a tired person reads each screen at once.
func TestFewWords(t *testing.T) {
	for _, s := range practice.Scenarios() {
		most := mostAnywhere
		if s.Name == "missing" {
			most = mostWords
		}
		for _, sc := range scenarioTour(t, s.Name) {
			fewWords(t, s.Name, sc, most)
		}
	}
}

func fewWords(t *testing.T, scenario string, sc screen.Screen, most int) {
	t.Helper()
	sc.Excerpt = nil
	for i := range sc.Problems {
		sc.Problems[i].Message, _, _ = strings.Cut(sc.Problems[i].Message, "…") // from here on a log is quoted
	}
	frame := album([]screen.Screen{sc}, size{80, 24})
	words := slices.DeleteFunc(strings.Fields(frame), func(w string) bool {
		// numbers, paths, hashes
		return !strings.ContainsFunc(w, unicode.IsLetter) || strings.Contains(w, `\`) || len(w) >= 32
	})
	if len(words) > most {
		t.Errorf("%s: step %d has %d words:\n%s", scenario, sc.Step, len(words), frame)
	}
}

// TestEveryScreenSaysWhatWasFound: in every scenario, wherever the walk waits for the engineer, one sentence says it,
// first on the screen.
func TestEveryScreenSaysWhatWasFound(t *testing.T) {
	for _, s := range practice.Scenarios() {
		for _, sc := range scenarioTour(t, s.Name) {
			frame := album([]screen.Screen{sc}, size{80, 24})
			first := strings.Split(frame, "\n")[3]
			if sc.Step == 1 || sc.Round > 1 && sc.Step == 2 {
				if want := map[int]string{1: "error 1612", 2: "lost as well"}[sc.Step]; !strings.Contains(first, want) {
					t.Errorf("%s: step %d does not say what it is for: %s", s.Name, sc.Step, first)
				}
				first = strings.Split(frame, "\n")[4]
			}
			if sc.Finding == "" || !strings.HasPrefix(first, " ● ") ||
				!strings.ContainsAny(sc.Finding[len(sc.Finding)-1:], ".?") {
				t.Errorf("%s: step %d finds %q:\n%s", s.Name, sc.Step, sc.Finding, frame)
			}
		}
	}
}

// mostMarked is how many words of a row its tone may mark.
const mostMarked = 4

// TestColourMarksAWord: in every scenario, what a row's tone marks is its state in a few words, never a sentence.
func TestColourMarksAWord(t *testing.T) {
	marked := 0
	for _, s := range practice.Scenarios() {
		for _, sc := range scenarioTour(t, s.Name) {
			for _, r := range sc.Rows {
				text := cmp.Or(r.Note, r.Value)
				word := cmp.Or(r.Word, text)
				if r.Tone == screen.Plain {
					continue
				}
				marked++
				if !strings.Contains(text, word) || len(strings.Fields(word)) > mostMarked ||
					strings.ContainsAny(word, ",;:") {
					t.Errorf("%s: step %d marks %q of %q", s.Name, sc.Step, word, text)
				}
			}
		}
	}
	if marked == 0 {
		t.Error("nothing is marked anywhere")
	}
}

// TestNothingMovesWithTheQuestion: above the question a screen is the same while it stands and when it has been
// answered with no.
func TestNothingMovesWithTheQuestion(t *testing.T) {
	asked := 0
	for _, sc := range scenarioTour(t, "missing") {
		quiet, leaving := sc, sc
		quiet.Question = nil
		leaving.Leaving, leaving.Covered = true, sc.Question
		leaving.Question = &screen.Question{Kind: screen.Confirm, Prompt: "Leave marsfix?", Yes: "leaves",
			No: "stays here"}
		var tops []string
		for _, s := range []screen.Screen{sc, quiet, leaving} {
			lines := strings.Split(album([]screen.Screen{s}, size{80, 24}), "\n")
			at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, " ► ") })
			if s.Question != nil && at != slices.IndexFunc(lines,
				func(l string) bool {
					return strings.Contains(l, "Unique_ID ") &&
						strings.HasPrefix(l, " Unique_ID ")
				})-4 && sc.UniqueID != "" {
				t.Errorf("step %d: the question is not right above the id:\n%s", sc.Step, strings.Join(lines, "\n"))
			}
			tops = append(tops, strings.Join(lines[:16], "\n"))
		}
		if sc.Question != nil {
			asked++
		}
		if tops[0] != tops[1] || tops[0] != tops[2] {
			t.Errorf("step %d moves:\n%s\n%s\n%s", sc.Step, tops[0], tops[1], tops[2])
		}
	}
	if asked != 3 {
		t.Errorf("%d questions", asked)
	}
}

// TestSixteenKeys: the default walk takes sixteen keys, Enter and y.
func TestSixteenKeys(t *testing.T) {
	if n := len(scenarioTour(t, "missing")); n != 16 {
		t.Errorf("%d keys", n)
	}
}

// TestTheMatchIsWhole: at 80 columns the warning and the name are not cut.
func TestTheMatchIsWhole(t *testing.T) {
	for _, sc := range scenarioTour(t, "missing") {
		frame := album([]screen.Screen{sc}, size{80, 24})
		if sc.Step == 4 && (!strings.Contains(frame, "Warning: Local cached package\n") ||
			!strings.Contains(frame, `'C:\Windows\Installer\7b5ea8.msi' is missing.`)) {
			t.Errorf("step 4:\n%s", frame)
		}
	}
}

// TestColoursCanBeReadOnWhiteAndBlack: with the two palettes of Windows consoles, whatever is coloured has a contrast
// of at least 3, which https://www.w3.org/TR/WCAG21/#contrast-minimum asks for bold text. Bold colours are drawn bright
// there.
func TestColoursCanBeReadOnWhiteAndBlack(t *testing.T) {
	palettes := map[string]map[string][3]float64{
		"classic":  {"31;1": {255, 0, 0}, "1;31": {255, 0, 0}, "32": {0, 128, 0}, "36": {0, 128, 128}},
		"Campbell": {"31;1": {231, 72, 86}, "1;31": {231, 72, 86}, "32": {19, 161, 14}, "36": {58, 150, 221}},
	}
	st := colored()
	for _, r := range []role{st.good, st.warn, st.bad, st.here, st.key, st.finished, st.name} {
		code := strings.TrimSuffix(strings.TrimPrefix(r.on, "\x1b["), "m")
		if code == "" || code == "1" {
			continue // the console's own colour
		}
		for name, palette := range palettes {
			c, known := palette[code]
			if !known {
				t.Fatalf("%q is no colour that was looked at", code)
			}
			for _, ground := range [][3]float64{{255, 255, 255}, {0, 0, 0}} {
				if got := contrast(c, ground); got < 3 {
					t.Errorf("%s: %q on %v has a contrast of %.1f", name, code, ground, got)
				}
			}
		}
	}
}

func contrast(a, b [3]float64) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func luminance(c [3]float64) float64 {
	for i, v := range c {
		if v /= 255; v <= 0.03928 {
			c[i] = v / 12.92
		} else {
			c[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
}
