package ui

import (
	"context"
	"fmt"
	"io"

	"marsfix/steps"
)

// Ask puts one question outside of a walk, as the plain mode does, and tells whether it was answered other than with no. The end of
// the input is a no, and so is the end of ctx.
func Ask(ctx context.Context, q steps.Question, in io.Reader, out io.Writer) (steps.Answer, bool, error) {
	a := questionAsk(steps.Screen{Question: &q}, false)
	lines := newLineReader(in)
	defer close(lines.want)
	for range mostAgain + 1 {
		for _, line := range append(a.lines[:len(a.lines):len(a.lines)], a.how) {
			if _, err := fmt.Fprintln(out, line); err != nil {
				return steps.Answer{}, false, fmt.Errorf("cannot ask: %w", err)
			}
		}
		lines.want <- struct{}{}
		var l read
		select {
		case l = <-lines.got:
		case <-ctx.Done():
			return steps.Answer{}, false, nil
		}
		if l.err != nil {
			return steps.Answer{}, false, nil
		}
		ev, v := a.judge(l.text)
		if v == unfit {
			continue
		}
		answer, ok := ev.(steps.Answer)
		return answer, v == yes && ok, nil
	}
	return steps.Answer{}, false, nil
}
