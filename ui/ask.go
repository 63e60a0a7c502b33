package ui

import (
	"context"
	"fmt"
	"io"

	"marsfix/steps/screen"
)

// Agreed tells of a change outside of a walk and asks for it. It reports whether it was answered other than with no.
func Agreed(ctx context.Context, p screen.Proposal, in io.Reader, out io.Writer) (bool, error) {
	if err := Lines(out, p.Told...); err != nil {
		return false, err
	}
	_, yes, err := putQuestion(ctx, screen.SystemClock{}, p.Question, in, out)
	return yes, err
}

// Lines writes lines of text.
func Lines(out io.Writer, lines ...string) error {
	for _, line := range lines {
		if _, err := fmt.Fprintln(out, line); err != nil {
			return err
		}
	}
	return nil
}

// putQuestion puts one question outside of a walk, as the plain mode does, and reports whether it was answered other
// than with no. The end of the input is a no, and so is the end of ctx.
func putQuestion(ctx context.Context, clock Clock, q screen.Question, in io.Reader, out io.Writer) (screen.Answer, bool,
	error) {
	a := questionAsk(screen.Screen{Question: &q}, false)
	p := &paper{out: out}
	lines := newLineReader(ctx, in, clock)
	defer close(lines.want)
	for again := range mostAgain + 1 {
		lines.put(p, a)
		l := lines.answer(ctx, p, a)
		if p.err != nil || ctx.Err() != nil {
			break // nobody reads the question, or nobody has an answer
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
			p.print(a.again + takenAsNo)
		} else {
			p.print(a.again)
		}
	}
	return screen.Answer{}, false, p.err
}
