package look

import (
	"marsfix/steps/computer"
)

// Ours are the wizards of this repair: those that marsfix started first, then the engineer's own, and those that were
// taken for one of them when that was asked.
func (f *Facts) Ours() []computer.Process {
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

// counts reports whether a wizard belongs to this repair, by itself or because the engineer said so of its seat.
// It was 30 kB of the program before it was kept in one place.
//
//go:noinline
func (f *Facts) counts(p computer.Process) bool {
	return p.Counts() || f.Choices.Seat != nil && *f.Choices.Seat == p.Seat()
}

// Strangers are the wizards that are not of this repair. Each is somebody else's program, and no evidence for anything.
//
//go:noinline
func (f *Facts) Strangers() []computer.Process {
	var ps []computer.Process
	for _, p := range f.Wizards {
		if !f.counts(p) {
			ps = append(ps, p)
		}
	}
	return ps
}
