//go:build linux

package winetest_test

import (
	"strings"
	"testing"
)

var second = forWindows("second.exe", "./steps/winmachine/testdata/second")

// pass does what the engineer does at a step who says yes, up to its being done.
func (w *walk) pass(n int) {
	w.t.Helper()
	switch n {
	case 6:
		w.says(n, "y start", "y")
	case 9: // nothing here is signed by Microsoft
		w.at(n, "type "+w.p.id+" and press Enter")
		w.enters(n, w.p.id)
	case 10:
		w.says(n, "y copy", "y")
	case 11:
		w.at(n, "close its window")
		w.p.hand("close")
	case 12:
		w.says(n, "y run", "y")
		w.p.hand("upgrade")
	}
}

// through passes these steps and goes on after each.
func (w *walk) through(from, to int) {
	w.t.Helper()
	for n := from; n <= to; n++ {
		w.pass(n)
		if n < 12 {
			w.next(n)
		}
	}
	if to == 12 {
		w.says(12, "enter finish", "\r")
	}
}

// leave quits from wherever the walk stands.
func (w *walk) leave() {
	w.t.Helper()
	w.WaitFor(stepLimit, "q quit")
	w.Type("q")
	w.WaitFor(stepLimit, "Leave marsfix?", "y leave")
	w.Type("y")
}

// hasNot holds that texts do not.
func hasNot(t *testing.T, screen string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if strings.Contains(screen, text) {
			t.Errorf("%q is on\n%s", text, screen)
		}
	}
}

// dashes is a rule of the screen.
func dashes(n int) string { return strings.Repeat("─", n) }
