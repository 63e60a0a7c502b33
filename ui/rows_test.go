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
