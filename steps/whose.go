package steps

import (
	"fmt"

	"marsfix/steps/screen"
)

// counts tells whether a process is taken for a wizard of this repair without asking: marsfix started it, or it runs as the account that
// marsfix runs as, elevated, as an installer does that the engineer opens himself. Any other one was started by somebody who may have no
// rights here and can give a program every name and place: that nobody could look at its account or rights makes it one of those.
func (p Process) counts() bool { return p.Ours || p.Own == Yes && p.Elevated == Yes }

// seat is where a wizard runs: whose, and in which session.
type seat struct {
	user    string
	session uint32
}

func (p Process) seat() seat { return seat{p.User, p.Session} }

// ours are the wizards of this repair: those that marsfix started first, then the engineer's own, and those that were taken for one of
// them when that was asked.
func (f Facts) ours() []Process {
	var started, others []Process
	for _, p := range f.Wizards {
		switch {
		case p.Ours:
			started = append(started, p)
		case p.counts(), f.Choices.Seat != nil && *f.Choices.Seat == p.seat():
			others = append(others, p)
		}
	}
	return append(started, others...)
}

// strangers are the wizards that are not of this repair: each is somebody's program, and no word about anything.
func (f Facts) strangers() []Process {
	var ps []Process
	for _, p := range f.Wizards {
		if !p.counts() && (f.Choices.Seat == nil || *f.Choices.Seat != p.seat()) {
			ps = append(ps, p)
		}
	}
	return ps
}

// whose says which program a process runs, and for whom.
func (p Process) whose() string {
	w := fmt.Sprintf("process %d, %s, run by %s in session %d", p.PID, p.Image, screen.Or(p.User, "an unknown user"), p.Session)
	switch p.Elevated {
	case No:
		w += " without an administrator's rights"
	case Unknown:
		w += ", with rights that could not be looked at"
	}
	return w
}

// askWhose asks whether a wizard that somebody else started is the one of this repair.
func askWhose(f Facts, other *move) finding {
	p := f.strangers()[0]
	return finding{state: screen.Asking, poll: desktopPoll, other: other,
		question: &screen.Question{Kind: screen.Confirm, Verb: "use it",
			Prompt: fmt.Sprintf("An upgrade wizard is open that may not be yours: %s. Is it the one for this repair?", p.whose())},
		answer: func(f Facts, _ screen.Answer) (Facts, next) {
			at := p.seat()
			f.Choices.Seat = &at
			return f, next{look: true}
		}}
}
