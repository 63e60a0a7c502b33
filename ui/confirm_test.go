package ui

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"marsfix/steps/screen"
)

// sitting is somebody before a screen, who types at moments of his own choice.
type sitting struct {
	*model
	walk  *fakeWalk
	clock *tourClock
}

func sitBefore(sc screen.Screen) *sitting {
	s := &sitting{walk: &fakeWalk{screen: sc}, clock: &tourClock{now: startedAt}}
	s.model = opened(s.walk, size{80, 24}, Options{Clock: s.clock, OpenLog: numbered(100).open})
	return s
}

// shown has the terminal take the frame.
func (s *sitting) shown() { _, _ = s.glass.Write([]byte(s.View())) }

func (s *sitting) after(d time.Duration) { s.clock.now = s.clock.now.Add(d) }

// key presses a key and reports whether it is held, that is whether it counts if it stands alone.
func (s *sitting) key(name string) bool {
	s.Update(keyMsg(name))
	return s.asking.held != nil
}

// alone lets the held key's time pass.
func (s *sitting) alone() {
	s.after(alone)
	s.Update(heldMsg{s.asking.held})
}

func (s *sitting) says(t *testing.T, want string) {
	t.Helper()
	if s.status != want || want != "" && !strings.Contains(s.frame, want) {
		t.Errorf("it says %q, want %q", s.status, want)
	}
}

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

// TestASlowTerminalIsNoHindrance: a slow terminal has its question all the same: what it takes long to show is no
// question that is new again and again.
func TestASlowTerminalIsNoHindrance(t *testing.T) {
	s := sitBefore(confirmScreen())
	s.glass.out = writerFunc(func(p []byte) (int, error) { s.after(time.Second); return len(p), nil })
	s.shown()
	s.after(readable)
	s.Update(ripeMsg{s.asking.ripe})
	s.shown() // the footer
	if !s.key("y") {
		t.Errorf("y does not count: %q", s.status)
	}
}

// TestASlowTerminalShowsNothing: what was typed while the terminal did not take the frame, or the walk was slow, was
// typed unseen.
func TestASlowTerminalShowsNothing(t *testing.T) {
	s := sitBefore(confirmScreen())
	slow := writerFunc(func(p []byte) (int, error) { s.after(2 * time.Second); return len(p), nil })
	s.glass.out = slow
	s.shown()
	if s.key("y") {
		t.Error("y counts right behind a slow write of its question")
	}
	s.after(time.Hour)
	s.key("x")
	_, _ = s.glass.Write([]byte("a piece of a frame"))
	if s.key("y") {
		t.Error("y counts behind another key, which a slow write has kept apart from it")
	}

	s = sitBefore(confirmScreen())
	s.shown()
	s.after(time.Hour)
	s.walk.on = func(*fakeWalk, screen.Event) []screen.Task { s.after(time.Second); return nil }
	s.key("x")
	s.Update(outcome{event: screen.Press{Key: "x"}})
	if s.key("y") {
		t.Error("y counts behind another key, which slow work has kept apart from it")
	}
	s.after(readable)
	if !s.key("y") {
		t.Error("y does not count by itself")
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

// TestTheFooterTellsWhichKeysCount: before, their room stays free.
func TestTheFooterTellsWhichKeysCount(t *testing.T) {
	s := sitBefore(confirmScreen())
	last := func() string { return ansi.Strip(s.frame[strings.LastIndex(s.frame, "\n")+1:]) }
	s.shown()
	s.Update(seenMsg{})
	before := last()
	if !strings.HasPrefix(before, "          n not now") {
		t.Errorf("too soon the footer is %q", before)
	}
	s.after(readable)
	s.Update(ripeMsg{s.asking.ripe})
	if now := last(); now != strings.Replace(before, "       ", " y copy", 1) {
		t.Errorf("the footer becomes %q, was %q", now, before)
	}
}

// TestTheFooterIsDrawnWhenKeysCount: one clock is wound up for it, and wound again where a key was dropped meanwhile.
func TestTheFooterIsDrawnWhenKeysCount(t *testing.T) {
	s := sitBefore(confirmScreen())
	s.shown()
	_, cmd := s.Update(seenMsg{})
	if cmd == nil {
		t.Fatal("nothing wakes it")
	}
	if _, twice := s.Update(statusMsg("")); twice != nil {
		t.Errorf("two clocks: %T", twice())
	}
	s.after(readable / 2)
	s.key("y")
	ripe := cmd().(ripeMsg) // the first clock, wound for what was dropped
	s.clock.now = startedAt.Add(readable)
	if s.Update(ripe); strings.Contains(ansi.Strip(s.frame), "y copy") {
		t.Errorf("it counts too soon:\n%s", s.frame)
	}
	s.clock.now = startedAt.Add(2 * readable)
	if _, cmd = s.Update(ripeMsg{s.asking.ripe}); cmd != nil || !strings.Contains(ansi.Strip(s.frame), "y copy") {
		t.Errorf("then %v\n%s", cmd, s.frame)
	}
}

// TestTheMarkStaysInside: the terminal gets a frame without it, and a frame that is replaced before it is written
// counts for nothing.
func TestTheMarkStaysInside(t *testing.T) {
	var b bytes.Buffer
	g := newGlass(&b, &tourClock{now: startedAt})
	for i, c := range []struct {
		in, out string
		shown   int
	}{
		{"plain", "plain", 0},
		{withMark("one", 3), "one", 3},
		{withMark("two", 4) + "\x1b[K", "two\x1b[K", 4},
		{"\x1b_marsfix x\x1b\\", "\x1b_marsfix x\x1b\\", 4},
		{"plain", "plain", 4},
	} {
		b.Reset()
		if n, err := g.Write([]byte(c.in)); n != len(c.in) || err != nil || b.String() != c.out {
			t.Errorf("%d: %q became %q, %d, %v", i, c.in, b.String(), n, err)
		}
		if _, ok := g.seen(c.shown); ok != (c.shown > 0) {
			t.Errorf("%d: asking %d shown: %v", i, c.shown, ok)
		}
	}
	g.out = writerFunc(func([]byte) (int, error) { return 0, errors.New("the terminal is gone") })
	if _, err := g.Write([]byte(withMark("three", 5))); err == nil {
		t.Error("an error is swallowed")
	}
	if since, _ := g.seen(5); !since.IsZero() {
		t.Error("what could not be written counts as seen")
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
