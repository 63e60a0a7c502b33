package ui

import (
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"marsfix/steps/screen"
)

// Panic is a defect of the program, caught so that the terminal could be restored first. Whoever gets it prints it and
// ends with 70.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) Error() string { return fmt.Sprintf("internal error: %v", p.Value) }

// Failed tells why a command failed. It reports whether that was a defect of marsfix itself.
func Failed(w io.Writer, err error) (defect bool) {
	var crash *Panic
	if errors.As(err, &crash) {
		fmt.Fprintf(w, "marsfix: internal error: %v\n\n%s\nhint: please report this, with the text above, to whoever gave you marsfix\n", crash.Value, crash.Stack)
		return true
	}
	fmt.Fprintf(w, "marsfix: %s\n", cleanedLines(err.Error()))
	var h screen.Hinted
	if errors.As(err, &h) {
		fmt.Fprintf(w, "hint: %s\n", cleanedLines(h.Hint))
	}
	return false
}

// cleanedLines is a text whose paths and names may come from anywhere, fit to be shown; errors that were joined stand
// on a line each.
func cleanedLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = screen.CleanText(lines[i])
	}
	return strings.Join(lines, "\n")
}

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

// perform runs a task to its end; a panic in it becomes its outcome.
func perform(task screen.Task) (o outcome) {
	defer func() {
		if p := caught(recover()); p != nil {
			o.crash = p
		}
	}()
	return outcome{event: task()}
}
