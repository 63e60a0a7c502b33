package ui

import (
	"fmt"
	"runtime/debug"

	"marsfix/steps/screen"
)

// Panic is a defect of the program, caught so that the terminal could be restored first. Whoever gets it prints it and ends with 70.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) Error() string { return fmt.Sprintf("internal error: %v", p.Value) }

// caught is to be called with what recover returned; nil for nil.
func caught(value any) *Panic {
	if value == nil {
		return nil
	}
	return &Panic{Value: value, Stack: debug.Stack()}
}

// outcome is what a task came to: an event, or the panic that it ended in.
type outcome struct {
	event screen.Event
	crash *Panic
}

// perform runs a task to its end, whatever it does.
func perform(task screen.Task) (o outcome) {
	defer func() {
		if p := caught(recover()); p != nil {
			o.crash = p
		}
	}()
	return outcome{event: task()}
}
