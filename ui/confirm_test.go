package ui

import (
	"context"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"marsfix/steps/screen"
)

const (
	tooSoonY = "the question has just appeared: press y again"
	tooManyY = "several keys came at once: press y again"
)

func TestAKeyCountsOnceItsQuestionCouldBeRead(t *testing.T) {
	for _, c := range []struct {
		screen screen.Screen
		key    string
		want   string
		again  string
	}{
		{confirmScreen(), "y", "answer(true,0,)", tooSoonY},
		{chooseScreen(), "enter", "answer(false,0,)", "the question has just appeared: press enter again"},
		{chooseScreen(), "s", "s", "the question has just appeared: press s again"},
		{typeScreen(), "enter", "answer(false,0,)", "the question has just appeared: press enter again"},
		{needsYouScreen(), "enter", "enter", "this has just appeared: press enter again"},
		{needsYouScreen(), "s", "s", "this has just appeared: press s again"},
	} {
		s := sitBefore(c.screen)
		s.after(time.Hour)
		if s.key(c.key) {
			t.Errorf("%q counts before anything was drawn", c.key)
		}
		s.says(t, c.again)

		s = sitBefore(c.screen)
		s.shown()
		s.after(readable - 1)
		if s.key(c.key) {
			t.Errorf("%q counts after %v", c.key, readable-1)
		}
		s.says(t, c.again)
		s.after(readable - 1)
		if s.key(c.key) {
			t.Errorf("%q counts although one was dropped just before", c.key)
		}
		s.after(readable)
		if !s.key(c.key) {
			t.Errorf("%q does not count", c.key)
		}
		if got := s.walk.seen(); got != "" {
			t.Errorf("%q gave %q at once", c.key, got)
		}
		s.alone()
		if got := s.walk.seen(); got != c.want {
			t.Errorf("%q gave %q, want %q", c.key, got, c.want)
		}
	}
}

func TestAKeyStandsAlone(t *testing.T) {
	for _, other := range []string{"y", "n", "x", "down", "esc", "?"} {
		s := sitBefore(confirmScreen())
		s.shown()
		s.after(time.Hour)
		s.key("x")
		s.after(alone - 1)
		if s.key("y") {
			t.Errorf("y counts %v behind another key", alone-1)
		}
		s.says(t, tooManyY)

		s.after(readable)
		if s.key("y"); s.asking.held == nil {
			t.Error("y does not count by itself")
		}
		held := s.asking.held
		s.after(alone - 1)
		s.key(other)
		s.after(time.Second)
		s.Update(heldMsg{held})
		if got := s.walk.seen(); strings.Contains(got, "true") {
			t.Errorf("y counts %v before %q: %s", alone-1, other, got)
		}
	}
	s := sitBefore(confirmScreen())
	s.shown()
	s.after(time.Hour)
	s.key("x")
	s.after(alone)
	if !s.key("y") {
		t.Errorf("y does not count %v behind another key", alone)
	}
}

// TestKeysOfOneMessage: what is typed or pasted fast comes as one message.
func TestKeysOfOneMessage(t *testing.T) {
	for _, text := range []string{"yy", "yes", "sydney", "ry", "ny", "xy", "yx"} {
		s := sitBefore(confirmScreen())
		s.shown()
		s.after(time.Hour)
		s.key(text)
		s.alone()
		if got := s.walk.seen(); strings.Contains(got, "true") {
			t.Errorf("%q gave %q", text, got)
		}
	}
}

// TestModifiersAreNoKeys: a console of Windows reports Ctrl and Alt by themselves, and somebody may hold one.
func TestModifiersAreNoKeys(t *testing.T) {
	s := sitBefore(confirmScreen())
	s.shown()
	s.after(time.Hour)
	s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{0}})
	if !s.key("y") {
		t.Error("y does not count behind Ctrl")
	}
	s.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{0}, Alt: true})
	if s.alone(); s.walk.seen() != "answer(true,0,)" {
		t.Errorf("y before Alt gave %q", s.walk.seen())
	}
}

// TestWhatLiesOverAQuestionHidesIt: the time of a question begins anew with all that covers it, moves it or changes
// what stands beside it.
func TestWhatLiesOverAQuestionHidesIt(t *testing.T) {
	for name, cover := range map[string]func(s *sitting){
		"help":               func(s *sitting) { s.key("?"); s.shown(); s.after(time.Hour); s.key("esc") },
		"the log":            func(s *sitting) { s.key("l"); s.shown(); s.after(time.Hour); s.key("esc") },
		"help never written": func(s *sitting) { s.key("?"); s.key("esc") },
		"another size":       func(s *sitting) { s.Update(tea.WindowSizeMsg{Width: 81, Height: 24}) },
		"too small": func(s *sitting) {
			s.Update(tea.WindowSizeMsg{Width: 59, Height: 24})
			s.shown()
			s.after(time.Hour)
			s.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		},
		"another question": func(s *sitting) {
			q := *s.walk.screen.Question
			q.Prompt = "Run it now?"
			s.walk.screen.Question = &q
			s.Update(outcome{event: screen.Press{Key: "x"}})
		},
		"other evidence": func(s *sitting) {
			s.walk.screen.Rows = append([]screen.Row{{Label: "from", Value: `C:\elsewhere`}}, s.walk.screen.Rows[1:]...)
			s.Update(outcome{event: screen.Press{Key: "x"}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := sitBefore(confirmScreen())
			s.shown()
			s.after(time.Hour)
			cover(s)
			s.after(time.Hour)
			if s.key("y") {
				t.Error("y counts although the frame has not been written since")
			}
			s.says(t, tooSoonY)
			s.shown()
			s.after(readable - 1)
			if s.key("y") {
				t.Error("y counts too soon")
			}
			s.after(readable)
			if !s.key("y") {
				t.Error("y does not count any more")
			}
		})
	}
}

// TestAKeyStandsAloneThoughTheProgramStoodStill: where the time of a held key ends late, the keys behind it wait to be
// read.
func TestAKeyStandsAloneThoughTheProgramStoodStill(t *testing.T) {
	for _, more := range []bool{false, true} {
		s := sitBefore(confirmScreen())
		s.shown()
		s.after(time.Hour)
		s.key("y")
		s.after(2 * alone)
		s.Update(heldMsg{s.asking.held})
		if got := s.walk.seen(); strings.Contains(got, "true") {
			t.Errorf("y counts before what came behind it was read: %s", got)
		}
		if more {
			s.key("y")
		}
		s.alone()
		if got := s.walk.seen(); strings.Contains(got, "true") == more {
			t.Errorf("with more keys behind it %v: events %q", more, got)
		}
	}
}

// TestAHeldKeyBelongsToItsQuestion: it answers no other that takes its place meanwhile.
func TestAHeldKeyBelongsToItsQuestion(t *testing.T) {
	s := sitBefore(confirmScreen())
	s.shown()
	s.after(time.Hour)
	s.key("y")
	held := s.asking.held
	q := *s.walk.screen.Question
	q.Prompt = "Run it now?"
	s.walk.screen.Question = &q
	s.Update(outcome{event: screen.Press{Key: "x"}})
	s.says(t, tooSoonY)
	s.after(alone)
	s.Update(heldMsg{held})
	if got := s.walk.seen(); strings.Contains(got, "true") {
		t.Errorf("events %q", got)
	}
}

// TestWhatStaysIsSeen: work that is looked at again and again, with the same outcome, does not hide what it leaves
// standing.
func TestWhatStaysIsSeen(t *testing.T) {
	s := sitBefore(needsYouScreen())
	s.shown()
	s.after(readable / 2)
	s.Update(outcome{event: screen.Press{Key: "x"}})
	s.shown()
	s.after(readable / 2)
	if !s.key("enter") {
		t.Error("looking again has hidden the screen")
	}
}

// TestLeavingIsEasy: its question must be on the screen, but not for long; a bunch of keys does not leave either.
func TestLeavingIsEasy(t *testing.T) {
	s := sitBefore(actingScreen())
	if s.key("y") {
		t.Error("y counts before the question was drawn")
	}
	s.shown()
	if !s.key("y") {
		t.Error("y does not count")
	}
	s.key("x")
	if s.asking.held != nil {
		t.Error("y counts in a bunch")
	}
	s.key("y")
	s.alone()
	if got := s.walk.seen(); got != "answer(true,0,)" {
		t.Errorf("events %q", got)
	}
	for _, key := range []string{"n", "esc", "ctrl+c"} {
		s := sitBefore(actingScreen())
		s.key(key)
		if s.walk.seen() == "" {
			t.Errorf("%q has to wait", key)
		}
	}
}

// TestNothingIsHeldForAWalkThatEnds: a clock that is given up gives no message.
func TestNothingIsHeldForAWalkThatEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	m := newModel(ctx, &fakeWalk{screen: confirmScreen()}, Options{Clock: testClock()})
	cancel()
	if msg := m.later(alone, heldMsg{})(); msg != nil {
		t.Errorf("%T", msg)
	}
}
