// Package walk binds a session to a machine, a journal and a clock, and is all that a face drives. It must never decide
// what a step does.
package walk

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/installer"
	"marsfix/steps/journal"
	"marsfix/steps/look"
	"marsfix/steps/report"
	"marsfix/steps/screen"
)

// Options is what a walk is begun with.
type Options struct {
	Given   look.Given
	Clock   Clock
	Version string // of marsfix, for journal and report
}

// Clock tells the time and waits; tests have their own.
type Clock interface {
	Now() time.Time
	// Wait returns after d, or earlier with the context's error.
	Wait(ctx context.Context, d time.Duration) error
}

// Walk binds a Session to a machine, a journal and a clock: all that a face holds. Its methods are called from one
// goroutine; the tasks that they return run on any.
type Walk struct {
	session  *steps.Session
	machine  computer.Machine
	clock    Clock
	journal  *journal.Journal
	given    look.Given
	version  string // of marsfix
	ctx      context.Context
	end      context.CancelFunc              // of ctx, and so of all work
	running  map[int]context.CancelFunc      // the work that goes on, by attempt
	progress atomic.Pointer[screen.Progress] // of that work; nil: it has told nothing
	acts     sync.WaitGroup                  // changes that are being made
	seen     [steps.Count]screen.State       // as the journal has them
	timeline timeline                        // for the report

	mu     sync.Mutex         // guards what follows, which tasks and Close share
	closed bool               // no change begins any more
	staged []installer.Staged // every copy that an installer was started from, even in rounds that are over
}

// New prepares a walk. It asks the machine nothing: that begins with Begin's tasks.
func New(ctx context.Context, m computer.Machine, o Options) *Walk {
	_, hand := m.(computer.Hand)
	_, elevate := m.(computer.Elevator)
	ctx, end := context.WithCancel(ctx)
	session := steps.NewSession(o.Given, hand, elevate)
	return &Walk{session: session, machine: m, clock: o.Clock, journal: journal.New(m), given: o.Given,
		version: o.Version, ctx: ctx, end: end, running: map[int]context.CancelFunc{},
		timeline: timeline{last: session.Screen()}}
}

// Begin starts the walk at step 1.
func (w *Walk) Begin() []screen.Task {
	w.journal.Add(w.clock.Now(), journal.Record{Kind: "begin", Version: w.version})
	now := w.clock.Now()
	work := w.session.Begin(now)
	w.timeline.record(now, w.session, nil)
	return w.tasks(work)
}

// Handle takes an event and returns the work that it asks for.
func (w *Walk) Handle(ev screen.Event) []screen.Task {
	now := w.clock.Now()
	w.recordInput(now, ev)
	work := w.session.Handle(ev, now)
	if r, ok := ev.(steps.Result); ok {
		delete(w.running, r.Attempt)
	}
	w.cancelStale()
	w.recordStates(now)
	w.timeline.record(now, w.session, ev)
	return w.tasks(work)
}

// cancelStale cancels work whose result the session would ignore.
func (w *Walk) cancelStale() {
	for attempt, cancel := range w.running {
		if !w.session.Current(attempt) {
			cancel()
			delete(w.running, attempt)
		}
	}
}

// tasks makes work runnable.
func (w *Walk) tasks(work []steps.Work) []screen.Task {
	var ts []screen.Task
	for _, wk := range work {
		var told *report.Report // the walk so far, for the zip
		if wk.Facts.Choices.Packing {
			r := w.Report()
			told = &r
		}
		ctx, cancel := context.WithCancel(w.ctx)
		w.running[wk.Attempt] = cancel
		w.progress.Store(nil)
		ts = append(ts, func() screen.Event { return w.do(ctx, cancel, wk, told) })
	}
	return ts
}

// dropped is the result of work that was not done. No attempt has its number, so the session passes it over.
var dropped = steps.Result{Attempt: -1}

// do waits as long as the work asks, does it, and writes to the journal before and after a change.
func (w *Walk) do(ctx context.Context, cancel context.CancelFunc, wk steps.Work, told *report.Report) screen.Event {
	defer cancel()
	if wk.Act != computer.ActNone {
		if !w.beginAct() {
			return dropped
		}
		defer w.acts.Done()
	}
	if err := w.clock.Wait(ctx, wk.After); err != nil {
		return dropped // the context has ended: the work is stale, or the walk over
	}
	wk.At = w.clock.Now()
	w.recordBefore(wk)
	report := func(p screen.Progress) { w.progress.Store(&p) }
	var r steps.Result
	if told != nil {
		r = w.pack(ctx, wk, *told, report)
	} else {
		r = steps.Do(ctx, w.machine, wk, report)
	}
	if wk.Act == computer.ActStart || wk.Act == computer.ActRun {
		w.keepStaged(r.Facts.Start.Staged, r.Facts.Upgrade.Staged)
	}
	w.recordAfter(w.clock.Now(), wk, r)
	return r
}

// keepStaged remembers copies that Close removes.
func (w *Walk) keepStaged(copies ...installer.Staged) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, s := range copies {
		if s.Path != "" && !slices.Contains(w.staged, s) {
			w.staged = append(w.staged, s)
		}
	}
}

// beginAct reports whether a change may begin, and counts it: not once the walk has been closed.
func (w *Walk) beginAct() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.closed {
		w.acts.Add(1)
	}
	return !w.closed
}

// Screen is the walk as it stands now, with the progress of running work.
func (w *Walk) Screen() screen.Screen {
	sc := w.timeline.last // only an event changes it, and frames are drawn of it all the time
	if p := w.progress.Load(); p != nil && sc.Doing != "" {
		sc.Progress = *p
	}
	if p := w.journal.Problem(); p != nil {
		sc.Problems = append(sc.Problems[:len(sc.Problems):len(sc.Problems)], p.Cleaned())
	}
	return sc
}

// Open opens a log of the computer that is walked, for a face that shows it.
func (w *Walk) Open(ref screen.LogRef) (screen.Log, error) {
	file, info, err := w.given.Open(w.machine.Disk(), ref.Path)
	if err != nil {
		return screen.Log{}, err
	}
	return screen.Log{Reader: file, Size: info.Size, Close: file.Close}, nil
}

// closeLimit is how long Close may take: a console that is closed leaves about five seconds.
const closeLimit = 3 * time.Second

// Close ends what still runs, ends the journal, and removes the copies that installers were started from. A change that
// is being made is finished, or stopped where nothing is lost.
func (w *Walk) Close() {
	w.mu.Lock()
	w.closed = true
	w.mu.Unlock()
	w.end()
	limit, done := context.WithTimeout(context.Background(), closeLimit)
	defer done()
	ended := finishesWithin(limit, w.acts.Wait)
	sc := w.timeline.last
	w.journal.Close(w.clock.Now(), journal.Record{Kind: "end", Round: sc.Round, Step: sc.Step, Code: &sc.Code})
	if !ended {
		return // what is still being made may use a copy
	}
	// This comes last, and has a limit: while an installer runs its copy cannot be removed, and the disk retries for
	// long. The next start sweeps what stays.
	finishesWithin(limit, func() {
		for _, s := range w.staged {
			s.Remove(w.machine)
		}
	})
}

// finishesWithin reports whether do finished within the limit. It keeps running after that.
func finishesWithin(limit context.Context, do func()) bool {
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		do()
	}()
	select {
	case <-ended:
		return true
	case <-limit.Done():
		return false
	}
}
