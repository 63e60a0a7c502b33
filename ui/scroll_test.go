package ui

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"marsfix/steps/screen"
)

func TestScroll(t *testing.T) {
	t.Parallel()
	m := opened(&fakeWalk{screen: crowdedScreen()}, size{80, 24}, Options{})
	seen := map[string]bool{}
	note := func() {
		for _, l := range strings.Split(ansi.Strip(m.View()), "\n") {
			seen[strings.TrimSpace(l)] = true
		}
		for _, pinned := range []string{"Go on with this one?", "problem: cannot read", "Step 4 of 12", "q quit"} {
			if !strings.Contains(ansi.Strip(m.View()), pinned) {
				t.Errorf("%q went out of sight:\n%s", pinned, m.View())
			}
		}
	}
	note()
	if !strings.Contains(m.View(), moreBelow) || strings.Contains(m.View(), moreAbove) {
		t.Errorf("at the start:\n%s", m.View())
	}
	for range 60 {
		m.keysFor("down")
		note()
	}
	if strings.Contains(m.View(), moreBelow) || !strings.Contains(m.View(), moreAbove) {
		t.Errorf("at the end:\n%s", m.View())
	}
	for _, w := range crowdedScreen().Witnesses {
		if !strings.Contains(strings.Join(keysOf(seen), "\n"), w.Says[:20]) {
			t.Errorf("never seen: %q", w.Says)
		}
	}
	m.keysFor("up")
	if !strings.Contains(m.View(), moreBelow) {
		t.Errorf("one up from the end:\n%s", m.View())
	}
}

func keysOf(set map[string]bool) []string {
	var keys []string
	for k := range set {
		keys = append(keys, k)
	}
	return keys
}

// TestNewStepStartsAtItsTop: how far a step was scrolled, and what a key of it came to, ends with it.
func TestNewStepStartsAtItsTop(t *testing.T) {
	w := &fakeWalk{screen: crowdedScreen()}
	w.on = func(w *fakeWalk, ev screen.Event) []screen.Task {
		w.screen.Step++
		return nil
	}
	m := opened(w, size{80, 24}, Options{})
	m.keysFor("pgdown", "pgdown")
	m.Update(copiedMsg{fact: "something"})
	m.keysFor("esc")
	if strings.Contains(m.View(), moreAbove) || strings.Contains(m.View(), "copied something") {
		t.Errorf("the next step:\n%s", m.View())
	}
}
