package ui

import (
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
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

// TestHelpShowsEveryKey: at 80x24 all at once, before the words; in a smaller window it says how far it is shown, and
// every key is reached.
func TestHelpShowsEveryKey(t *testing.T) {
	sc := chooseScreen()
	sc.Help = strings.Repeat("Four lines of help, as long as the longest of a step. ", 5)
	m := opened(&fakeWalk{screen: sc}, size{80, 24}, Options{})
	keys := newHelp(m.keys, m.screen, offered(m.screen, m.options)).keys
	m.keysFor("?")
	for _, k := range append(keys, append(always(m.keys, m.screen), glossary()...)...) {
		if h := k.Help(); !strings.Contains(ansi.Strip(m.View()), h.Key+" ") || !strings.Contains(m.View(), h.Desc) {
			t.Errorf("%q, %q is not in sight:\n%s", h.Key, h.Desc, m.View())
		}
	}
	m.Update(tea.WindowSizeMsg{Width: 60, Height: 16})
	seen := ansi.Strip(m.View())
	if !strings.Contains(seen, moreBelow+": 10 of ") || strings.Contains(seen, "ctrl+c") {
		t.Errorf("at 60x16:\n%s", seen)
	}
	for range 30 {
		m.keysFor("down")
		seen += ansi.Strip(m.View())
	}
	for _, want := range []string{"\n ctrl+c ", "\n ?  ", wordsTitle, "registration "} {
		if !strings.Contains(seen, want) {
			t.Errorf("never seen: %q in\n%s", want, seen)
		}
	}
	if m.keysFor("home"); !strings.Contains(ansi.Strip(m.View()), "Four lines") {
		t.Errorf("home leads to\n%s", m.View())
	}
	if m.keysFor("end"); !strings.Contains(ansi.Strip(m.View()), "registration") {
		t.Errorf("end leads to\n%s", m.View())
	}
}

// TestAListLeavesScrollingToPages: up and down move in the list, the note says which keys scroll instead, and no line
// is passed over.
func TestAListLeavesScrollingToPages(t *testing.T) {
	sc := crowdedScreen()
	sc.State, sc.Question = screen.Asking, &screen.Question{Kind: screen.Choose, Prompt: "Which one?",
		Options: []screen.Option{{Label: "one"}, {Label: "two"}}}
	m := opened(&fakeWalk{screen: sc}, size{60, 16}, Options{})
	if m.keysFor("down"); !strings.Contains(m.View(), pageKeys) || strings.Contains(m.View(), moreAbove) {
		t.Errorf("down scrolls, or the note is wrong:\n%s", m.View())
	}
	seen := ""
	for range 60 {
		seen += ansi.Strip(m.View())
		m.keysFor("pgdown")
	}
	for _, w := range sc.Witnesses {
		if !strings.Contains(seen, w.Says[:20]) {
			t.Errorf("never seen: %q", w.Says)
		}
	}
	for i := range len(sc.Rows) {
		if label := sc.Rows[i].Label; !sc.Rows[i].Extra && !strings.Contains(seen, "\n "+label) {
			t.Errorf("never seen: %q", label)
		}
	}
}
