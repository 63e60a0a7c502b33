package ui

import (
	"context"
	"io"

	"marsfix/steps/screen"
)

// Ask puts one question outside of a walk, as the plain mode does, and tells whether it was answered other than with no. The end of
// the input is a no, and so is the end of ctx.
func Ask(ctx context.Context, q screen.Question, in io.Reader, out io.Writer) (screen.Answer, bool, error) {
	a := questionAsk(screen.Screen{Question: &q}, false)
	p := &paper{out: out}
	lines := newLineReader(in)
	defer close(lines.want)
	for again := range mostAgain + 1 {
		if err := lines.forget(); err != nil {
			return screen.Answer{}, false, err
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
			return screen.Answer{}, false, nil
		}
		if l.err != nil {
			p.print(inputEnded(l.err))
			break
		}
		ev, v := a.judge(l.text)
		if v != unfit {
			answer, ok := ev.(screen.Answer)
			return answer, v == yes && ok, p.err
		}
		if again == mostAgain {
			p.print(doesNotFit + takenAsNo)
		} else {
			p.print(doesNotFit)
		}
	}
	return screen.Answer{}, false, p.err
}
