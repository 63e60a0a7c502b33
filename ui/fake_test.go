package ui

import (
	"fmt"
	"sync"

	"marsfix/steps"
)

// fakeWalk is a walk by script: what an event makes of its screen, and the tasks that it starts.
type fakeWalk struct {
	mu      sync.Mutex // pty tests read events from outside
	screen  steps.Screen
	events  []steps.Event
	begin   []steps.Task
	on      func(w *fakeWalk, ev steps.Event) []steps.Task
	summary []string
}

func (w *fakeWalk) Begin() []steps.Task { return w.begin }

func (w *fakeWalk) Handle(ev steps.Event) []steps.Task {
	w.mu.Lock()
	w.events = append(w.events, ev)
	w.mu.Unlock()
	if w.on == nil {
		return nil
	}
	return w.on(w, ev)
}

func (w *fakeWalk) Screen() steps.Screen { return w.screen }

func (w *fakeWalk) Summary() []string { return w.summary }

// seen writes the events so far.
func (w *fakeWalk) seen() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	text := ""
	for i, ev := range w.events {
		if i > 0 {
			text += " "
		}
		text += eventName(ev)
	}
	return text
}

func eventName(ev steps.Event) string {
	switch ev := ev.(type) {
	case steps.Press:
		return ev.Key
	case steps.Answer:
		return fmt.Sprintf("answer(%v,%d,%s)", ev.Yes, ev.Choice, ev.Text)
	case steps.Interrupt:
		return "interrupt"
	case steps.EndOfInput:
		return "end"
	case steps.Terminate:
		return "terminate"
	}
	return fmt.Sprintf("%T", ev)
}
