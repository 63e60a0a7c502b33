//go:build linux

package winetest_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// elevated is the marsfix that another one has started with an administrator's rights, in a console of its own.
type elevated struct{ *patient }

// shows waits for texts on its screen.
func (e elevated) shows(texts ...string) string {
	e.t.Helper()
	return e.MustRun(ready(e.t, second), append([]string{"wait", "marsfix.exe"}, texts...)...)
}

// read is longer than a question has to stand before its answer counts. It is time, which nothing on the screen tells.
const read = 700 * time.Millisecond

// answers waits for a question there, reads it and answers it.
func (e elevated) answers(question, answer string) {
	e.t.Helper()
	e.shows(question)
	time.Sleep(read)
	e.MustRun(ready(e.t, second), "type", "marsfix.exe", answer)
}

// unelevated starts marsfix as an ordinary program, and says yes to its offer.
func (p *patient) unelevated(args ...string) (*walk, elevated) {
	p.t.Helper()
	w := &walk{p.Terminal(80, 24, theProgram, args...), p, p.t}
	if len(args) > 0 {
		w.WaitFor(stepLimit, "Step 1 of 12", "needs administrator rights", "y to start elevated")
		time.Sleep(read)
		w.Type("y\r")
	} else {
		has(p.t, w.says(1, "y start elevated", "y"), "not elevated", "opens a new console")
		w.at(1, "waiting for the elevated marsfix")
	}
	p.waitFor(journalFile)
	return w, elevated{p}
}

// waitFor waits until a file is there. The elevated marsfix asks at its start who else is in its console, and does not
// keep it open for those: nobody may look into it before it has begun its journal.
func (p *patient) waitFor(file string) {
	p.t.Helper()
	for end := time.Now().Add(stepLimit); !p.Exists(file); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			p.t.Fatalf("%s is not there within %v", file, stepLimit)
		}
	}
}

// closed holds that the elevated one's console stays until Enter, so that somebody can read how it ended.
func (e elevated) closed(texts ...string) {
	e.t.Helper()
	e.shows(append(texts, "press Enter to close")...)
	e.answers("press Enter to close", "\r")
}

// endsWith holds that the first marsfix ends with the code of the elevated one, which alone has written a journal.
func (w *walk) endsWith(code int) {
	w.t.Helper()
	has(w.t, w.ends(code), fmt.Sprintf("the elevated marsfix took over and ended with code %d", code))
	hasNot(w.t, w.Screen(), "nothing was changed")
	records := w.p.journal()
	last := records[len(records)-1]
	if records[0].Kind != "begin" || last.Kind != "end" || last.Code == nil || *last.Code != code {
		w.t.Errorf("the elevated one's journal begins with %+v and ends with %+v, want code %d", records[0], last, code)
	}
	for _, r := range records[1:] {
		if r.Kind == "begin" {
			w.t.Errorf("two have written the journal: %+v", records)
		}
	}
}

// Not elevated, marsfix offers to start itself elevated, waits for that one and ends with its code.
func TestWineElevates(t *testing.T) {
	t.Parallel()
	p := ill(t)
	before := p.cache()
	w, e := p.unelevated()
	e.answers("No upgrade wizard is open", "q")
	if !strings.Contains(w.Screen(), "waiting for the elevated marsfix") {
		t.Errorf("while the elevated one runs the first shows\n%s", w.Screen())
	}
	e.answers("Leave marsfix?", "y")
	if screen := w.Screen(); !strings.Contains(screen, "waiting for the elevated marsfix") {
		t.Errorf("while the elevated one's console stands the first shows\n%s", screen)
	}
	e.closed("nothing was changed")
	w.endsWith(3)
	p.unchanged(before)
}

// The elevated marsfix has the flags of the first, and repairs. Lines that are pasted into its console answer nothing.
func TestWineElevatedCures(t *testing.T) {
	t.Parallel()
	p := ill(t)
	before := p.cache()
	w, e := p.unelevated("--plain", `--report=C:\the reports`)
	e.answers("y to start", "y\ry\ry\r")
	e.shows("several lines came at once: answer again")
	e.answers("y to start", "y\r")
	e.answers("type "+p.id, p.id+"\r")
	e.answers("y to copy", strings.Repeat("y\r", 200))
	e.shows("several lines came at once: answer again")
	p.unchanged(before)
	e.answers("y to copy", "y\r")
	e.shows("Step 11 of 12")
	p.hand("close")
	e.answers("y to run", "y\r")
	p.hand("upgrade")
	e.closed("upgraded and verified")
	w.endsWith(0)
	p.cured(before, agentPackage)
	if names := p.List(`C:\the reports`); !slices.Equal(names, []string{"report.html", "report.json"}) {
		t.Errorf("the report is %q, want that of the elevated one alone", names)
	}
}

// What the elevated marsfix refuses, the first one ends with as well.
func TestWineElevatedRefuses(t *testing.T) {
	t.Parallel()
	p := ill(t)
	p.offer(packages+"other.msi", "C")
	before := p.cache()
	w, e := p.unelevated("--plain")
	e.answers("y to start", "y\r")
	e.closed("not repaired")
	w.endsWith(1)
	p.unchanged(before)
}
