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
	return putQuestion(ctx, p.Question, newLineReader(ctx, in, screen.SystemClock{}), out)
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
func putQuestion(ctx context.Context, q screen.Question, lines *lineReader, out io.Writer) (bool, error) {
	a, p := questionAsk(screen.Screen{Question: &q}, false), &paper{out: out}
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
		if _, v := a.judge(l.text); v != unfit {
			return v == yes, p.err
		}
		if again == mostAgain {
			p.print(a.again + takenAsNo)
		} else {
			p.print(a.again)
		}
	}
	return false, p.err
}
