//go:build linux

package winetest_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// stands is what each step shows when it waits for the engineer for the first time.
var stands = [13]string{1: found[1], 2: found[2], 3: found[3], 4: found[4], 5: found[5], 6: "y start",
	7: found[7], 8: found[8],
	9: "press Enter", 10: "y copy", 11: "close its window", 12: "y run"}

// arrive walks to a step, up to what it asks.
func (w *walk) arrive(n int) {
	w.t.Helper()
	w.through(1, n-1)
	w.at(n, stands[n], "q quit")
}

// leftCode is the exit code of leaving at a step: at 9 the package stands refused.
func leftCode(n int) int {
	if n == 9 {
		return 1
	}
	return 3
}

// again makes the computer ready for another walk: the wizard that was left open is closed, and a package put back is
// lost again.
func (p *patient) again(n int) {
	p.t.Helper()
	if n > 6 && n < 12 {
		p.hand("close")
		p.waitGone("MARSAgentInstaller.exe")
	}
	if n > 10 {
		p.Remove(p.agent.Cached)
	}
}

// Ctrl+C asks at each step; pressed again and again it leaves. Nothing half-done is in the cache.
func TestWineInterruptedAtEachStep(t *testing.T) {
	t.Parallel()
	p := ill(t)
	before := p.cache()
	for n := 1; n <= 12; n++ {
		w := p.walk()
		w.arrive(n)
		w.Interrupt()
		w.at(n, "Leave marsfix?", "y leave", "n stay")
		w.Type("n")
		w.at(n, stands[n])
		w.Insist()
		w.ends(leftCode(n))
		p.tidy(before, n)
	}
}

// The console's window is closed at each step.
func TestWineClosedAtEachStep(t *testing.T) {
	t.Parallel()
	p := ill(t)
	before := p.cache()
	for n := 1; n <= 12; n++ {
		w := p.walk()
		w.arrive(n)
		w.Close()
		w.ends(leftCode(n))
		p.tidy(before, n)
	}
}

// tidy holds that a walk left at a step has ended its journal and left the cache as it was, or with the whole package,
// and makes the computer ready for another.
func (p *patient) tidy(before map[string]string, n int) {
	p.t.Helper()
	p.journalEnds(n)
	if n > 10 {
		p.cured(before, agentPackage)
	} else {
		p.unchanged(before)
	}
	p.again(n)
}

// journalEnds holds that the journal of a walk that was left at a step is whole.
func (p *patient) journalEnds(n int) {
	p.t.Helper()
	records := p.journal()
	if last := records[len(records)-1]; last.Kind != "end" || last.Step != n || last.Code == nil ||
		*last.Code != leftCode(n) {
		p.t.Errorf("left at step %d, the journal ends with %+v", n, last)
	}
}

// Ctrl+C again and again, and the window closed, in the middle of the copy of a package that takes its time: marsfix
// ends the copy, or takes away what it has of it.
func TestWineLeftWhileCopying(t *testing.T) {
	t.Parallel()
	p := ill(t)
	msi := largePackage(t)
	p.offer(msi, "C")
	before := p.cache()
	copying := func() *walk {
		w := p.walk()
		w.through(1, 9)
		w.says(10, "y copy", "y")
		w.at(10, "copying and verifying")
		return w
	}
	w := copying()
	w.Insist()
	w.ends(3)
	p.journalEnds(10)
	p.cured(before, msi) // Ctrl+C waits for the copy
	p.Remove(p.agent.Cached)
	p.again(10)

	w = copying()
	w.Close()
	w.ends(3)
	p.journalEnds(10)
	if p.Exists(p.agent.Cached) { // the copy was quicker than the window
		p.cured(before, msi)
	} else {
		p.unchanged(before)
	}
}

// largePackage is the agent's package with 300 MB behind it: what follows the last sector of a package belongs to
// nothing.
func largePackage(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(agentPackage)
	if err != nil {
		t.Fatal(err)
	}
	msi := filepath.Join(t.TempDir(), "large.msi")
	if err := errors.Join(os.WriteFile(msi, data, 0o644), os.Truncate(msi, 300<<20)); err != nil {
		t.Fatal(err)
	}
	return msi
}

// belowHeader is a screen without its first row. After a change of size the program begins with a sequence that puts
// the cursor home and a carriage return: Wine's console keeps sequences as characters, writes over that one, and what
// follows lands elsewhere.
func belowHeader(screen string) string {
	_, below, _ := strings.Cut(screen, "\n")
	return below
}

// The window's size changes while marsfix runs: more is shown, a sentence where nothing fits, and the same again.
func TestWineResized(t *testing.T) {
	t.Parallel()
	p := ill(t)
	before := p.cache()
	w := p.walk()
	w.through(1, 3)
	small := w.at(4, found[4], "enter next")
	w.Resize(120, 40)
	large := w.at(4, found[4], "\n "+dashes(118))
	if a, b := len(strings.Fields(small)), len(strings.Fields(large)); b <= a {
		t.Errorf("the large window shows no more:\n%s\nthan the small one:\n%s", large, small)
	}
	w.Resize(80, 24)
	w.WaitUntil(stepLimit, "the first screen again",
		func(screen string) bool { return belowHeader(screen) == belowHeader(small) })
	w.through(4, 8)
	w.at(9, "press Enter")
	w.Resize(50, 10)
	hasNot(t, w.WaitFor(stepLimit, "50x10. Ctrl+C twice leaves."), "press Enter", "OBSAGENT.msi")
	w.Resize(80, 24)
	w.at(9, "press Enter", "\n "+dashes(78))
	w.through(9, 12)
	w.ends(0)
	p.cured(before, agentPackage)
}
