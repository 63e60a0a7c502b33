package ui

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
)

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
	if _, twice := s.Update(tea.FocusMsg{}); twice != nil {
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
