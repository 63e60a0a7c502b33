package ui

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/spinner"
	tea "github.com/charmbracelet/bubbletea"

	"marsfix/steps/screen"
)

// TestNothingTicksAtRest: without work a message starts no clock, and the frame stays byte for byte.
func TestNothingTicksAtRest(t *testing.T) {
	w := &fakeWalk{screen: confirmScreen()}
	m := newModel(t.Context(), w, Options{})
	m.Init()
	for _, msg := range []tea.Msg{tea.WindowSizeMsg{Width: 80, Height: 24}, outcome{event: screen.Press{Key: "x"}},
		tea.FocusMsg{}, copiedMsg{}} {
		if _, cmd := m.Update(msg); cmd != nil {
			t.Errorf("%T started something: %T", msg, cmd())
		}
	}
	before := m.View()
	if _, cmd := m.Update(spinner.TickMsg{}); cmd != nil || m.View() != before {
		t.Error("a stray tick moved something")
	}
}

// TestSpinnerLivesWithTheWork: it comes a moment after work begins, moves at least eight times a second, shows progress
// as it is, and its clock ends with the work.
func TestSpinnerLivesWithTheWork(t *testing.T) {
	if time.Second/spinEvery < 8 || spinAfter > 100*time.Millisecond {
		t.Error("the spinner is too slow")
	}
	w := &fakeWalk{screen: lookingScreen()}
	w.screen.Progress.Done = 0
	m := newModel(t.Context(), w, Options{Clock: testClock()})
	m.Init()
	m.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if strings.Contains(m.View(), "searching OBPatch.log   ") {
		t.Errorf("a spinner before its time:\n%s", m.View())
	}
	_, cmd := m.Update(spinMsg{m.work})
	_, cmd = m.Update(cmd())
	frames := map[string]bool{m.View(): true}
	w.screen.Progress.Done = 1 << 29
	m.since = m.since.Add(-time.Second)
	for range 3 {
		tick := cmd()
		_, cmd = m.Update(tick)
		frames[m.View()] = true
	}
	if len(frames) != 4 {
		t.Errorf("four ticks gave %d frames", len(frames))
	}
	if !strings.Contains(m.View(), "50 %") {
		t.Errorf("the progress is not that of the walk:\n%s", m.View())
	}
	late := cmd()
	w.screen = confirmScreen()
	m.Update(outcome{event: screen.Press{Key: "x"}})
	if _, cmd = m.Update(late); cmd != nil {
		t.Error("the clock goes on after the work")
	}
}

// TestSpinnerOfEarlierWork: a clock that was wound up for work that has ended starts no second spinner for the next.
func TestSpinnerOfEarlierWork(t *testing.T) {
	w := &fakeWalk{screen: lookingScreen()}
	m := newModel(t.Context(), w, Options{Clock: testClock()})
	m.Init()
	stale := spinMsg{m.work}
	w.screen = confirmScreen()
	m.Update(outcome{event: screen.Press{Key: "x"}})
	w.screen = lookingScreen()
	m.Update(outcome{event: screen.Press{Key: "x"}})
	if _, cmd := m.Update(stale); cmd != nil || m.spins {
		t.Error("a stale clock started the spinner")
	}
}
