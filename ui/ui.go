// Package ui is the two faces of a walk, the screens and the plain mode, of which [Show] chooses one. Both render the
// same [screen.Screen] and give the same events back; neither looks at a file, knows a step, or has words of its own
// for what was found.
//
// # Who speaks, and where
//
// The walk speaks: titles, sentences, rows, witnesses, problems, questions and the verbs of keys come from it and are
// shown as they are, cleaned of control characters once more on their way in. The interface itself says only where
// things are ("more below"), what a window lacks, and what its own keys do. All of that stands in wording.go.
//
// Words are lower case without a full stop where they name something (labels, verbs, hints, notes), and sentences with
// one where they are read as prose (the article, a question, help). Nothing shouts, nothing apologises.
//
// # The screen
//
// From top to bottom: two lines of header (computer and rights; "Step N of 12", title and track), a rule, the body,
// what is known already (Unique_ID and temp path), a rule, the keys that do something now. The body is the article's
// sentence, the problem that stops the step, rows, excerpt, witnesses, notes, and last what marsfix does or asks. In a
// window of 80x24 all that is needed to decide can be seen; a smaller one first loses what is marked as extra, then
// neighbours of a match, and then scrolls and says so. Below 60x16 one sentence stands there, and nothing but Ctrl+C is
// taken.
//
// A key that commits (y, Enter at a choice or a typed text, what Enter and s do on a step) is in the footer once it
// counts, which is when its question has been readable: see confirm.go.
//
// One key gives one frame. A spinner moves only while something runs; while the engineer is waited for nothing is drawn
// and no clock ticks. Colour repeats what words say. Marks are ■ □ ● ○ ► or ASCII.
//
// # The plain mode
//
// One line per fact, no escape codes, nothing printed twice. A line is read only at a question. One from a terminal
// answers it when it comes alone and after the question could be read.
package ui

import (
	"context"
	"io"
	"time"

	"marsfix/steps/screen"
)

// Walk is what a face drives: [walk.Walk], or a script in tests. All of it is called from one goroutine; the tasks run
// on any.
type Walk interface {
	Begin() []screen.Task
	Handle(screen.Event) []screen.Task
	Screen() screen.Screen
	Summary() []string
}

// Options is what the command line and the computer lend to a face. The zero value draws screens on standard output.
type Options struct {
	// Plain takes the plain mode. So does NoScreen, which says why no screens can be drawn here; empty: they can.
	Plain    bool
	NoScreen string
	// In and Text are where the plain mode reads answers and prints; screens use neither.
	In   io.Reader
	Text io.Writer
	// NoColor leaves colours out. NO_COLOR and consoles without colours are noticed without it.
	NoColor bool
	// ASCII draws marks, rules and dots of omission with ASCII only.
	ASCII bool
	// Copy puts a fact where it can be pasted from; what it fails to put there stands below the summary. nil takes the
	// key away.
	Copy func(fact string) error
	// OpenLog opens a log for reading; nil takes the key away.
	OpenLog func(ref screen.LogRef) (screen.Log, error)
	// Closing makes the lines that stand below the summary, once the walk has been left; nil: none.
	Closing func() []string
	// Signals are events from outside: Interrupt, Terminate.
	Signals <-chan screen.Event
	// Output is where the screens are drawn; nil is standard output.
	Output io.Writer
	// Clock is what Screen.Since and the time between keys are read with; nil is the system's.
	Clock Clock
}

// Clock tells the time and waits; tests have their own.
type Clock interface {
	Now() time.Time
	// Wait returns after d, or earlier with the context's error.
	Wait(ctx context.Context, d time.Duration) error
}

func (o Options) clock() Clock {
	if o.Clock != nil {
		return o.Clock
	}
	return screen.SystemClock{}
}
