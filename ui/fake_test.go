package ui

import (
	"fmt"
	"sync"

	"marsfix/steps/screen"
)

// fakeWalk is a walk by script: what an event makes of its screen, and the tasks that it starts.
type fakeWalk struct {
	mu      sync.Mutex // pty tests read events from outside
	screen  screen.Screen
	events  []screen.Event
	begin   []screen.Task
	on      func(w *fakeWalk, ev screen.Event) []screen.Task
	summary []string
}

func (w *fakeWalk) Begin() []screen.Task { return w.begin }

func (w *fakeWalk) Handle(ev screen.Event) []screen.Task {
	w.mu.Lock()
	w.events = append(w.events, ev)
	w.mu.Unlock()
	if w.on == nil {
		return nil
	}
	return w.on(w, ev)
}

func (w *fakeWalk) Screen() screen.Screen { return w.screen }

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

func eventName(ev screen.Event) string {
	switch ev := ev.(type) {
	case screen.Press:
		return ev.Key
	case screen.Answer:
		return fmt.Sprintf("answer(%v,%d,%s)", ev.Yes, ev.Choice, ev.Text)
	case screen.Interrupt:
		return "interrupt"
	case screen.EndOfInput:
		return "end"
	case screen.Terminate:
		return "terminate"
	}
	return fmt.Sprintf("%T", ev)
}
