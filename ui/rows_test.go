package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"marsfix/steps/screen"
)

// TestOptionNote: a note is cut only where its label leaves no room, and never takes more than half of what a long
// label wants.
func TestOptionNote(t *testing.T) {
	p := painter{styles: colorless(), marks: newMarks(false)}.at(80)
	const note = "line 328, registered for the MARS Agent"
	long := `C:\Users\Administrator\Downloads\` + strings.Repeat("x", 80) + `\MARSAgentInstaller.exe`
	for label, whole := range map[string]bool{"7b5ea8.msi": true, strings.Repeat("l", 32): true,
		strings.Repeat("l", 33): false, long: false} {
		line := ansi.Strip(p.option(screen.Option{Label: label, Note: note}, 0, true, 1))
		if width(line) > p.room || strings.HasSuffix(line, "  "+note) != whole || whole &&
			!strings.Contains(line, label) {
			t.Errorf("%d of %d cells: %q", width(line), p.room, line)
		}
	}
	if line := ansi.Strip(p.option(screen.Option{Label: long, Note: note}, 0, true, 1)); !strings.Contains(line,
		`\MARSAgentInstaller.exe`) {
		t.Errorf("the name of the file is lost: %q", line)
	}
}

// TestBlankLineSideways: where nothing is left out, no dots say so.
func TestBlankLineSideways(t *testing.T) {
	p := painter{styles: colorless(), marks: newMarks(false)}.at(80)
	for text, want := range map[string]string{"": "", "short": p.dots} {
		if got := strings.TrimSpace(ansi.Strip(p.logLine(screen.LogLine{Text: text}, 0, 20))); got != want {
			t.Errorf("of %q, 20 cells to the right, %q is shown", text, got)
		}
	}
}

// TestOnlyTheWordIsMarked: the tone of a row marks its word, whole on one line, and nothing else; without a word the
// whole note.
func TestOnlyTheWordIsMarked(t *testing.T) {
	p := painter{styles: colored(), marks: newMarks(false)}.at(40)
	for _, c := range []struct {
		row  screen.Row
		want string
	}{
		{screen.Row{Label: "to", Value: "a", Note: "b"}, "a   b"},
		{screen.Row{Label: "to", Value: "a", Note: "in place", Tone: screen.Good}, "a   " + p.good.of("in place")},
		{screen.Row{Label: "to", Value: "none is open", Tone: screen.Good}, p.good.of("none is open")},
		{screen.Row{Label: "to", Value: "a", Note: "running; backups can run", Tone: screen.Good, Word: "running"},
			"a   " + p.good.of("running") + "; backups can run"},
		{screen.Row{Label: "to", Value: "no errors in the log", Tone: screen.Good, Word: "no errors"},
			p.good.of("no errors") + " in the log"},
		{screen.Row{Label: "to", Value: "a", Note: "copied by marsfix earlier, but not accepted", Tone: screen.Bad,
			Word: "not accepted"}, p.bad.of("not accepted")},
	} {
		lines := p.rows([]screen.Row{c.row}, detail{})
		if last := lines[len(lines)-1]; !strings.HasSuffix(last, "  "+c.want) {
			t.Errorf("%+v is drawn as %q", c.row, lines)
		}
	}
}

// In a list of values, a note on a line of its own must not look like the next of them.
func TestANoteIsNoNextValue(t *testing.T) {
	p := painter{styles: colorless(), marks: newMarks(false)}.at(40)
	long := "what Windows Installer had registered on this computer"
	got := p.rows([]screen.Row{{Value: "registration.json", Note: long}, {Value: "report.html"}}, detail{})
	if len(got) < 3 || !strings.HasPrefix(got[1], got[0][:2]+"  ") || strings.HasPrefix(got[len(got)-1], "    ") {
		t.Errorf("%q", got)
	}
}
