package steps

import (
	"context"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// Work is a look or an act that a Session asks for, with everything that Do needs.
type Work struct {
	Round, Step, Attempt int           // Step counts from 1
	After                time.Duration // to wait before it begins
	Act                  computer.Act  // empty: look
	Facts                Facts
	At                   time.Time // when it begins; the walk sets it just before Do
}

// Result is the result of a Work, with the Work's numbers.
type Result struct {
	Round, Step, Attempt int
	act                  computer.Act
	Facts                Facts
	leave                bool // the walk is over with code: an elevated marsfix took it over
	code                 int
}

// IsEvent makes a Result an event that a Session takes.
func (Result) IsEvent() {}

// Result is an empty Result with the numbers of the Work.
func (w Work) Result() Result {
	return Result{Round: w.Round, Step: w.Step, Attempt: w.Attempt, act: w.Act}
}

// Do does one piece of work on a computer: a look of a step, or an act. Only the support zip is packed elsewhere, since
// it looks at everything.
func Do(ctx context.Context, m computer.Machine, w Work, report func(screen.Progress)) Result {
	r := w.Result()
	e := look.Env{Now: w.At, Report: report, Own: m.Writer()}
	f := w.Facts
	f.Trouble = nil
	switch w.Act {
	case computer.ActNone:
		if st := article[w.Step-1]; !st.skipped(f) {
			f = st.look(ctx, m, f, e)
		}
	case computer.ActElevate:
		f, r.leave, r.code = doElevate(ctx, m, f)
	case computer.ActClose:
		f = doClose(ctx, m, f, e)
	case computer.ActStart:
		f = doStart(ctx, m, f, e)
	case computer.ActSetAside:
		f = doSetAside(ctx, m, f, e)
	case computer.ActCopy:
		f = doCopy(ctx, m, f, e)
	case computer.ActSweep:
		f = doSweep(ctx, m, f, e)
	case computer.ActRun:
		f = doRun(ctx, m, f, e)
	}
	f.Trouble = f.About.SettledAt(f.Trouble) // as the screen will show it: the journal writes it before that
	r.Facts = f
	return r
}
