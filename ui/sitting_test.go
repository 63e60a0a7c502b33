package ui

import (
	"strings"
	"testing"
	"time"

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
