package ui

import (
	"context"
	"fmt"
	"slices"
	"time"

	"marsfix/steps/screen"
)

const (
	// mostEnters is how often the plain mode goes on by itself from one and the same state of a step before it gives
	// up: a walk that comes back to it again and again would never end.
	mostEnters = 12
	// mostAsks is how many questions a step may ask: an input that never ends must not walk through folders for ever.
	mostAsks = 100
	glance   = 250 * time.Millisecond // between two looks at what runs
)

// plain is the walk as lines.
type plain struct {
	walk    Walk
	options Options
	paper   *paper
	lines   *lineReader
	results chan outcome
	done    chan struct{} // closed when nobody waits for results any more

	screen      screen.Screen
	tasks       int  // running
	asked       ask  // the question that was printed last
	reading     bool // a line was asked for and has not come yet
	interrupted bool // the question that stands is whether to leave
	enters      map[place]int
	asks        map[place]int // the state does not count
	throttle    throttle
}

// place is a step in a state.
type place struct {
	step, round int
	state       screen.State
}

// Show shows a walk with the face that the options take, and returns its exit code. A panic comes back as a *[Panic],
// after the terminal was restored.
func Show(ctx context.Context, w Walk, o Options) (int, error) {
	switch {
	case o.Plain:
	case o.NoScreen == "":
		return runScreens(ctx, w, o)
	default:
		fmt.Fprintf(o.Text, "plain mode: %s\n", o.NoScreen)
	}
	return runPlain(ctx, w, o)
}

// runPlain walks line by line: it reads one at a question and never else. It goes on by itself from whatever needs no
// answer, and ends at a step that stands failed, at a no, or at the end of the input.
func runPlain(ctx context.Context, w Walk, o Options) (code int, err error) {
	defer func() {
		if p := caught(recover()); p != nil {
			code, err = 0, p
		}
	}()
	p := &plain{walk: w, options: o, paper: &paper{out: o.Text}, results: make(chan outcome), done: make(chan struct{}),
		lines: newLineReader(ctx, o.In, o.clock()), enters: map[place]int{}, asks: map[place]int{}}
	defer close(p.done)
	defer close(p.lines.want)
	p.start(w.Begin())
	for !p.screen.Left {
		p.show()
		if err := p.step(ctx); err != nil {
			return 0, err
		}
	}
	p.show()
	if p.paper.err != nil {
		return 0, p.paper.err
	}
	p.paper.print("")
	return p.screen.Code, summarize(o.Text, w.Summary(), o.Closing, 0)
}

// start runs tasks and looks at what the walk has become.
func (p *plain) start(tasks []screen.Task) {
	p.screen = cleaned(p.walk.Screen(), p.options.ASCII)
	p.tasks += len(tasks)
	for _, t := range tasks {
		go func() {
			select {
			case p.results <- perform(t):
			case <-p.done:
			}
		}()
	}
}

// step does the one next thing that the screen asks for: go on, ask, wait, or end.
func (p *plain) step(ctx context.Context) error {
	next, offered := nextOf(p.screen)
	switch {
	case p.paper.err != nil:
		return p.paper.err // nobody reads this any more
	case p.screen.Question != nil && p.mayAsk():
		p.put(questionAsk(p.screen, p.interrupted))
		return p.wait(ctx)
	case p.screen.Doing != "" && p.screen.Question == nil:
		return p.wait(ctx)
	case offered && next.Ask != "":
		p.put(actionAsk(p.screen, next))
		return p.wait(ctx)
	case offered && p.mayEnter():
		p.give(screen.Press{Key: "enter"})
	case !offered && p.tasks > 0 && p.screen.State != screen.Failed:
		return p.wait(ctx)
	default:
		p.give(screen.EndOfInput{})
	}
	return nil
}

// nextOf is how a step goes on: by Enter, or where that is not offered by the key that it would ask about.
func nextOf(sc screen.Screen) (screen.Action, bool) {
	i := slices.IndexFunc(sc.Actions, func(a screen.Action) bool { return a.Key == "enter" })
	if i < 0 {
		i = slices.IndexFunc(sc.Actions, func(a screen.Action) bool { return a.Ask != "" })
	}
	if i < 0 {
		return screen.Action{}, false
	}
	return sc.Actions[i], true
}

// mayEnter counts that the step goes on by itself, and reports whether it still may.
func (p *plain) mayEnter() bool {
	at := place{p.screen.Step, p.screen.Round, p.screen.State}
	p.enters[at]++
	return p.enters[at] <= mostEnters
}

// mayAsk reports whether the step may still ask something; put counts.
func (p *plain) mayAsk() bool {
	return p.asks[place{step: p.screen.Step, round: p.screen.Round}] < mostAsks
}

// give hands an event to the walk.
func (p *plain) give(ev screen.Event) {
	if ev != nil && !p.screen.Left {
		p.start(p.walk.Handle(ev))
	}
}

// wait is for the next thing to happen: a task's end, a line, a signal, or a moment in which something runs.
func (p *plain) wait(ctx context.Context) error {
	if p.paper.err != nil {
		return p.paper.err // what was asked is not to be answered
	}
	var moment <-chan time.Time
	if p.screen.Doing != "" {
		moment = time.After(glance)
	}
	var line <-chan read
	if p.reading {
		line = p.lines.got
	}
	select {
	case o := <-p.results:
		p.tasks--
		if o.crash != nil {
			return o.crash
		}
		p.give(o.event)
	case ev := <-p.options.Signals:
		p.signalled(ev)
	case l := <-line:
		p.reading = false
		p.answered(l)
	case <-moment:
		p.screen = cleaned(p.walk.Screen(), p.options.ASCII)
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// signalled takes an event from outside. Ctrl+C brings up a question of its own.
func (p *plain) signalled(ev screen.Event) {
	if ev == nil {
		p.options.Signals = nil // closed: nothing more will come
		return
	}
	p.give(ev)
	if _, ok := ev.(screen.Interrupt); ok {
		p.interrupted = p.screen.Question != nil
	}
}
