package steps

import (
	"fmt"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// Ours are the wizards of this repair: those that marsfix started first, then the engineer's own, and those that were taken for one of
// them when that was asked.
func (f Facts) Ours() []computer.Process {
	var started, others []computer.Process
	for _, p := range f.Wizards {
		switch {
		case p.Ours:
			started = append(started, p)
		case f.counts(p):
			others = append(others, p)
		}
	}
	return append(started, others...)
}

// counts tells whether a wizard is one of this repair, by itself or because that was answered of its seat.
func (f Facts) counts(p computer.Process) bool {
	return p.Counts() || f.Choices.Seat != nil && *f.Choices.Seat == p.Seat()
}

// Strangers are the wizards that are not of this repair: each is somebody's program, and no word about anything.
func (f Facts) Strangers() []computer.Process {
	var ps []computer.Process
	for _, p := range f.Wizards {
		if !f.counts(p) {
			ps = append(ps, p)
		}
	}
	return ps
}

// askWhose asks whether a wizard that somebody else started is the one of this repair.
func askWhose(f Facts, other *move) finding {
	p := f.Strangers()[0]
	return finding{state: screen.Asking, poll: desktopPoll, other: other, declined: "Not used.",
		says: "An upgrade wizard is open that may not be yours.", mood: screen.Warn,
		question: &screen.Question{Kind: screen.Confirm, Verb: "use it", Prompt: fmt.Sprintf("Is this the wizard for this repair: %s?", p.Whose()),
			Yes: "uses it for this repair", No: "leaves it alone and stays here"},
		answer: func(f Facts, _ screen.Answer) (Facts, next) {
			at := p.Seat()
			f.Choices.Seat = &at
			return f, next{look: true}
		}}
}
