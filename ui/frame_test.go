package ui

import (
	"cmp"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// TestFrameFits: whatever is shown and however large the window, a frame has exactly its height and no line reaches the
// last column, and what must never be lost is there.
func TestFrameFits(t *testing.T) {
	wider := 7
	if walktest.Raced {
		wider = 28 // every width runs without the race detector
	}
	for name, sc := range screens() {
		for w := leastWidth; w <= 130; w += wider {
			for h := leastHeight; h <= 50; h += 5 {
				frame := ansi.Strip(drawn(sc, size{w, h}, Options{}))
				if err := fits(frame, w, h); err != nil {
					t.Fatalf("%s at %dx%d: %v\n%s", name, w, h, err, frame)
				}
				told := flat(frame) + flat(rightOf(frame, w))
				for _, must := range musts(sc) {
					if !strings.Contains(told, flat(must)) {
						t.Fatalf("%s at %dx%d lost %q\n%s", name, w, h, must, frame)
					}
				}
			}
		}
	}
}

// rightOf is a frame without what stands at the left of the step in a wide window.
func rightOf(frame string, w int) string {
	lines := strings.Split(frame, "\n")
	for i, l := range lines {
		if w >= listFrom {
			lines[i] = middle(l, listWide+listGap+1, max(width(l), listWide+listGap+1))
		}
	}
	return strings.Join(lines, "\n")
}

// musts are the texts that no window may lose: the step, what stops it with its hint, the question, and every key.
func musts(sc screen.Screen) []string {
	list := []string{fmt.Sprintf("Step %d of 12", sc.Step), sc.UniqueID}
	if len(sc.Problems) > 0 && sc.Tag != screen.Note {
		list = append(list, sc.Problems[0].Message, sc.Problems[0].Cure)
	}
	if sc.Question != nil {
		list = append(list, sc.Question.Prompt)
	}
	if sc.Question != nil && sc.State == screen.Asking { // what it is about
		for _, p := range sc.Problems {
			list = append(list, p.Message)
		}
	}
	for _, a := range sc.Actions {
		if a.Key != "c" && (a.Key != "l" || sc.Log != nil) {
			list = append(list, a.Key+" "+a.Verb)
		}
	}
	return list
}

// flat is a text without white space, since lines are broken anywhere.
func flat(s string) string { return strings.Join(strings.Fields(s), "") }

func fits(frame string, w, h int) error {
	lines := strings.Split(frame, "\n")
	if len(lines) != h {
		return fmt.Errorf("%d lines", len(lines))
	}
	for i, l := range lines {
		if width(l) > w-1 {
			return fmt.Errorf("line %d has %d cells", i+1, width(l))
		}
	}
	return nil
}

// TestMarks: a frame holds no character of its own beyond those that old console fonts have, and none but ASCII where
// that is asked for.
func TestMarks(t *testing.T) {
	for name, sc := range screens() {
		for _, r := range ansi.Strip(drawn(sc, size{80, 24}, Options{})) {
			if r > 126 && !strings.ContainsRune("■□●○►…─", r) {
				t.Errorf("%s: %q", name, r)
			}
		}
		for _, r := range drawn(sc, size{80, 24}, Options{ASCII: true}) {
			if r > 126 {
				t.Errorf("%s in ASCII: %q", name, r)
			}
		}
	}
}

// TestColors: without colours a frame says the same, and holds no colour.
func TestColors(t *testing.T) {
	for name, sc := range screens() {
		with := painter{styles: colored(), marks: newMarks(false)}
		without := painter{styles: colorless(), marks: newMarks(false)}
		s := scene{screen: sc, width: 80, height: 24, spin: "|"}
		a, _ := with.frame(s)
		b, _ := without.frame(s)
		if ansi.Strip(a) != ansi.Strip(b) {
			t.Errorf("%s reads differently without colours", name)
		}
		for _, code := range strings.Split(b, "\x1b[")[1:] {
			if code, _, _ = strings.Cut(code, "m"); code != "0" && code != "1" && code != "2" &&
				code != "7" && code != "" {
				t.Errorf("%s without colours has the code %q", name, code)
			}
		}
	}
	t.Setenv("NO_COLOR", "1")
	if newStyles(io.Discard, false) != colorless() {
		t.Error("NO_COLOR is not heeded")
	}
}

// hostile is text that must not reach a terminal as it is.
const hostile = "a\x1b[31mb\x07c\x9bd\u202ee\u200bf\r\ng\x00\xffh"

// TestNothingHostilePasses: no control or bidirectional character out of any text of a screen reaches a frame or a
// line.
func TestNothingHostilePasses(t *testing.T) {
	sc := confirmScreen()
	for _, s := range []*string{&sc.Computer, &sc.Label, &sc.Title, &sc.Article, &sc.UniqueID, &sc.TempPath, &sc.Doing,
		&sc.Progress.What, &sc.Fact, &sc.Help} {
		*s = hostile
	}
	sc.Progress.Total = 1
	sc.Rows = []screen.Row{{Label: hostile, Value: hostile, Note: hostile}}
	sc.Excerpt = []screen.LogLine{{Text: hostile, Match: true, MarkAt: 1, Mark: 5}}
	sc.Witnesses = []screen.Witness{{Who: hostile, Says: hostile}}
	sc.Problems = []screen.Problem{{Message: hostile, Cure: hostile}}
	sc.Actions = []screen.Action{{Key: "?", Verb: hostile}}
	for _, q := range []screen.QuestionKind{screen.Confirm, screen.Choose, screen.Type} {
		sc.Question = &screen.Question{Kind: q, Prompt: hostile, Verb: hostile,
			Options: []screen.Option{{Label: hostile, Note: hostile}}}
		frame := drawn(sc, size{120, 40}, Options{NoColor: true})
		if bad := controls(ansi.Strip(frame)); bad != "" {
			t.Errorf("a frame holds %q:\n%q", bad, frame)
		}
		for _, code := range strings.Split(frame, "\x1b")[1:] {
			if !strings.HasPrefix(code, "[0m") && !strings.HasPrefix(code, "[1m") && !strings.HasPrefix(code, "[2m") &&
				!strings.HasPrefix(code, "[7m") {
				t.Errorf("a frame holds an escape of the text: %q", code[:min(8, len(code))])
			}
		}
	}
	help := newHelp(newKeyMap(), cleaned(sc, false), nil)
	if bad := controls(ansi.Strip(help.draw(painter{marks: newMarks(false)}.at(80), 80, 24, ""))); bad != "" {
		t.Errorf("help holds %q", bad)
	}
}

// controls are the characters of a text that could do more than be read.
func controls(s string) string {
	bad := ""
	for _, r := range s {
		if r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 || r >= 0x200b && r <= 0x200f || r >= 0x2028 &&
			r <= 0x202e || r == 0xfffd {
			bad += string(r)
		}
	}
	return bad
}

// TestWrapLosesNothing: a wrapped text is the text, and its lines fit.
func TestWrapLosesNothing(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	alphabet := []rune(`ab C:\-日é  .`)
	for range 5000 {
		text := make([]rune, r.IntN(120))
		for i := range text {
			text[i] = alphabet[r.IntN(len(alphabet))]
		}
		n := 2 + r.IntN(40)
		lines := wrap(string(text), n)
		if flat(strings.Join(lines, "")) != flat(string(text)) {
			t.Fatalf("wrap(%q, %d) = %q", string(text), n, lines)
		}
		for _, l := range lines {
			if width(l) > n {
				t.Fatalf("wrap(%q, %d) = %q", string(text), n, lines)
			}
		}
	}
}

func TestShorten(t *testing.T) {
	for _, c := range []struct {
		path string
		n    int
		want string
	}{
		{`C:\Windows\Installer\7b5ea8.msi`, 31, `C:\Windows\Installer\7b5ea8.msi`},
		{`C:\Windows\Installer\7b5ea8.msi`, 30, `C:\Window…Installer\7b5ea8.msi`},
		{`C:\Windows\Installer\7b5ea8.msi`, 15, `C:\…\7b5ea8.msi`},
		{`C:\1f2e3d4c5b6a\Installers\OBSAGENT.msi`, 25, `C:\1f…allers\OBSAGENT.msi`},
	} {
		if got, ok := shorten(c.path, c.n, "…"); got != c.want || !ok {
			t.Errorf("shorten(%q, %d) = %q, %v", c.path, c.n, got, ok)
		}
	}
	if _, ok := shorten(`C:\Windows\Installer\7b5ea8.msi`, 14, "…"); ok {
		t.Error("a path was shortened into its file name")
	}
}

// TestMarkStaysInSight: of a long line the marked part is shown whole if it can be, wherever it stands.
func TestMarkStaysInSight(t *testing.T) {
	name := `C:\Windows\Installer\7b5ea8.msi`
	p := painter{styles: styles{mark: role{"<", ">"}}, marks: newMarks(true)}.at(80)
	for before := range 300 {
		text := strings.Repeat("x", before) + name + strings.Repeat("y", 40)
		line := p.logLine(screen.LogLine{Number: 12, Text: text, Match: true, MarkAt: before, Mark: len(name)}, 4, 0)
		if !strings.Contains(line, "<"+name+">") || width(line)-2 > p.room {
			t.Fatalf("%d cells before the mark: %q", before, line)
		}
	}
}

// TestAirGoesWhereItIsMissedMost: where not all blank lines fit, what stops the step gets them first, and the room that
// is kept for a question stays empty.
func TestAirGoesWhereItIsMissedMost(t *testing.T) {
	b := parts{finding: []string{"finding"}, stop: []string{"stop"}, middle: []string{"rows"}, risks: []string{"note"},
		article: []string{"article"}}
	for n, want := range []string{"finding stop rows note article", "finding stop | rows note article",
		"finding | stop | rows note article", "finding | stop | rows | note article", "finding | stop | rows | note | article",
		"finding | stop | rows | note | article"} {
		lines := b.spread(n).joined()
		for i, l := range lines {
			lines[i] = cmp.Or(l, "|")
		}
		if got := strings.Join(lines, " "); got != want {
			t.Errorf("with %d blank lines: %s, want %s", n, got, want)
		}
	}
	b.stop = nil
	if got := b.spread(1).joined(); got[1] != "" {
		t.Errorf("without a problem: %q", got)
	}
}

// TestEmptyRowsAreNotKeptForNothing: where a window of 80x24 has two rows left below the article, there is a blank line
// above it, on a step that asks nothing more: one that is done, and one that does not go on.
func TestEmptyRowsAreNotKeptForNothing(t *testing.T) {
	stopped, done, full := failedScreen(), doneScreen(), 0
	stopped.State, stopped.Tag = screen.NeedsYou, screen.Stop
	done.ReadOnly, done.Problems = false, failedScreen().Problems
	for _, sc := range []screen.Screen{stopped, done} {
		for range 20 {
			sc.Rows = append(sc.Rows, screen.Row{Label: "wizard", Value: `C:\9d83\MARSAgentInstaller.exe`})
			lines := strings.Split(album([]screen.Screen{sc}, size{80, 24}), "\n")
			at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, " KB 4020490: ") })
			if at < 0 { // it is needed least
				full++
				break
			}
			below := at + 1
			for strings.HasPrefix(lines[below], "   ") {
				below++
			}
			if lines[below] == "" && lines[below+1] == "" && lines[at-1] != "" {
				t.Errorf("step %d:\n%s", sc.Step, strings.Join(lines, "\n"))
			}
		}
	}
	if full != 2 {
		t.Errorf("%d of 2 screens were filled", full)
	}
}

// TestTheArticleGivesWayToBlankLines: a question stands apart from what is above it, and in a small window the
// article's sentence is left out for that, before anything else.
func TestTheArticleGivesWayToBlankLines(t *testing.T) {
	sc := confirmScreen()
	sc.Article = "Start the MARS Agent update installer."
	sc.Question.Yes, sc.Question.No = "starts it", "stays here"
	sc.Rows = []screen.Row{{Label: "one", Value: "1"}, {Label: "two", Value: "2"}, {Label: "three", Value: "3"}}
	for height := leastHeight; height <= 24; height++ {
		lines := strings.Split(ansi.Strip(drawn(sc, size{60, height}, Options{})), "\n")
		ask := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, margin+"► ") })
		told := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, margin+articleLabel) })
		all := strings.Join(lines, "\n")
		switch {
		case ask < 1 || !strings.Contains(all, "three"):
			t.Errorf("%d lines do not show it all:\n%s", height, all)
		case lines[ask-1] != "":
			t.Errorf("%d lines: no blank line above the question:\n%s", height, all)
		case told >= 0 && (lines[told-1] != "" || lines[told+1] != ""):
			t.Errorf("%d lines: the article touches what is around it:\n%s", height, all)
		case (told >= 0) != (height > leastHeight+1):
			t.Errorf("%d lines: the article is shown: %v\n%s", height, told >= 0, all)
		}
	}
}
