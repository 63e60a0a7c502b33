package ui

import (
	"bufio"
	"fmt"
	"io"

	"marsfix/steps"
)

// Ask puts one question outside of a walk, as the plain mode does, and tells whether it was answered other than with no. The end of
// the input is a no.
func Ask(q steps.Question, in io.Reader, out io.Writer) (steps.Answer, bool, error) {
	a := questionAsk(steps.Screen{Question: &q}, false)
	r := bufio.NewReader(in)
	for range mostAgain + 1 {
		for _, line := range append(a.lines[:len(a.lines):len(a.lines)], a.how) {
			if _, err := fmt.Fprintln(out, line); err != nil {
				return steps.Answer{}, false, fmt.Errorf("cannot ask: %w", err)
			}
		}
		text, err := readLine(r)
		if err != nil {
			return steps.Answer{}, false, nil
		}
		ev, v := a.judge(text)
		if v == unfit {
			continue
		}
		answer, ok := ev.(steps.Answer)
		return answer, v == yes && ok, nil
	}
	return steps.Answer{}, false, nil
}
