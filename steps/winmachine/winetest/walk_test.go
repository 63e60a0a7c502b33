//go:build linux || windows

package winetest_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"marsfix/steps/winmachine/winetest"
)

// walk is marsfix.exe in a terminal of 80x24 with an administrator's rights, and an engineer in front of it.
type walk struct {
	*winetest.Terminal
	p *patient
	t *testing.T
}

func (p *patient) walk(args ...string) *walk {
	p.t.Helper()
	return &walk{p.ElevatedTerminal(80, 24, theProgram, args...), p, p.t}
}

// at waits until a step stands with these texts, and tells the screen.
func (w *walk) at(n int, texts ...string) string {
	w.t.Helper()
	return w.WaitFor(stepLimit, append([]string{fmt.Sprintf("Step %d of 12 ", n)}, texts...)...)
}

// found is what stands on the screen of each step only when it has been looked through: the footer of the step before
// may still be there when the new header has been drawn already.
var found = [13]string{1: "No upgrade wizard is open", 2: "encoding", 3: "sessions", 4: ", session", 5: "registration  ",
	6: "The installer is running",
	7: "the installer's start", 8: "exists", 9: "code found", 10: "read back, identical", 11: "wizard is closed"}

// next goes on from a step that is done.
func (w *walk) next(n int) string {
	w.t.Helper()
	screen := w.at(n, found[n], "enter next")
	w.Type("\r")
	return screen
}

// says waits for a question and answers it.
func (w *walk) says(n int, question, answer string) string {
	w.t.Helper()
	screen := w.at(n, question)
	w.Type(answer)
	return screen
}

// enters types a text into the field that stands, and then Enter, which counts only by itself: how far apart keys reach
// marsfix is for the machine to decide, so where it says that they came at once Enter is pressed again, as it asks.
func (w *walk) enters(n int, text string) {
	w.t.Helper()
	field := "  " + text + "_"
	w.at(n, "enter use it")
	w.Type(text)
	for taken := false; !taken; {
		w.at(n, field, "enter use it")
		w.Type("\r")
		taken = w.Becomes(answered, func(screen string) bool { return !strings.Contains(screen, field) })
	}
}

// answered is how long a key may take to show what it does before it counts as refused.
const answered = 5 * time.Second

// ends holds how marsfix ends, and tells what it leaves in the console.
func (w *walk) ends(want int) string {
	w.t.Helper()
	if code := w.Wait(stepLimit); code != want {
		w.t.Errorf("marsfix ended with %d, want %d", code, want)
	}
	return w.Screen()
}

// has holds that texts stand on a screen.
func has(t *testing.T, screen string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if !strings.Contains(screen, text) {
			t.Errorf("%q is not on\n%s", text, screen)
		}
	}
}
