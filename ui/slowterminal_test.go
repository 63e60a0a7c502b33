package ui

import (
	"testing"
	"time"

	"marsfix/steps/screen"
)

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
