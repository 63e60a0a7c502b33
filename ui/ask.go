package ui

import (
	"context"
	"io"

	"marsfix/steps"
)

// Ask puts one question outside of a walk, as the plain mode does, and tells whether it was answered other than with no. The end of
// the input is a no, and so is the end of ctx.
func Ask(ctx context.Context, q steps.Question, in io.Reader, out io.Writer) (steps.Answer, bool, error) {
	a := questionAsk(steps.Screen{Question: &q}, false)
	p := &paper{out: out}
	lines := newLineReader(in)
	defer close(lines.want)
	for again := range mostAgain + 1 {
		if err := lines.forget(); err != nil {
			return steps.Answer{}, false, err
		}
		p.print(append(a.lines[:len(a.lines):len(a.lines)], a.how)...)
		if p.err != nil {
			break // nobody reads the question
		}
		lines.want <- struct{}{}
		var l read
		select {
		case l = <-lines.got:
		case <-ctx.Done():
			return steps.Answer{}, false, nil
		}
		if l.err != nil {
			p.print(inputEnded(l.err))
			break
		}
		ev, v := a.judge(l.text)
		if v != unfit {
			answer, ok := ev.(steps.Answer)
			return answer, v == yes && ok, p.err
		}
		if again == mostAgain {
			p.print(doesNotFit + takenAsNo)
		} else {
			p.print(doesNotFit)
		}
	}
	return steps.Answer{}, false, p.err
}
