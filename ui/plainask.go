package ui

import (
	"fmt"
	"strconv"
	"strings"

	"marsfix/steps/screen"
)

// mostAgain is how often a question is asked again after an answer that does not fit; then it counts as no.
const mostAgain = 3

// ask is a question as the plain mode puts it.
type ask struct {
	key   string   // what makes it the same question
	lines []string // to be printed before it
	text  string   // the question and which answers fit: one line, behind which the answer is typed
	again string   // what is said of an answer that does not fit
	tries int      // answers that did not fit
	judge func(line string) (ev screen.Event, verdict verdict)
}

type verdict uint8

const (
	unfit verdict = iota
	yes
	no
)

// put prints a question unless it stands already, and asks for a line.
func (p *plain) put(a ask) {
	if p.asked.key != a.key {
		p.asked = a
		p.asks[place{step: p.screen.Step, round: p.screen.Round}]++
		p.lines.put(p.paper, a)
	}
	if !p.reading {
		p.reading = true
		p.lines.want <- struct{}{}
	}
}

// questionAsk is the walk's question.
func questionAsk(sc screen.Screen, leaving bool) ask {
	q := *sc.Question
	a := ask{judge: judgeYesNo(screen.Answer{Yes: true})}
	switch q.Kind {
	case screen.Confirm:
		if q.Yes != "" {
			a.lines = []string{"y " + q.Yes}
		}
		a.text, a.again = asked(q.Prompt, yesNo(q.Verb)), answerYesNo
		a.key = q.Prompt
	case screen.Choose:
		for i, o := range q.Options {
			a.lines = append(a.lines, optionLine(i+1, o))
		}
		a.text, a.again = asked(q.Prompt, fmt.Sprintf("1 to %d, Enter for 1", len(q.Options))),
			answerNumber(len(q.Options))
		a.key = q.Prompt + strings.Join(a.lines, "\n")
		a.judge = judgeChoice(len(q.Options))
	case screen.Type:
		a.text, a.again = asked(q.Prompt, "Enter alone for no"), answerTyped(q.Want)
		a.key = q.Want
		a.judge = judgeTyped(q.Want)
	}
	a.key = fmt.Sprint(sc.Round, sc.Step, q.Kind, leaving, a.key)
	return a
}

// actionAsk asks before an action that a face with keys has in its footer.
func actionAsk(sc screen.Screen, act screen.Action) ask {
	return ask{
		key: fmt.Sprint(sc.Round, sc.Step, act.Key, act.Ask), text: asked(act.Ask, yesNo(act.Verb)), again: answerYesNo,
		judge: judgeYesNo(screen.Press{Key: act.Key}),
	}
}

func optionLine(n int, o screen.Option) string {
	line := fmt.Sprintf("  %d  %s", n, o.Label)
	if o.Note != "" {
		line += " (" + o.Note + ")"
	}
	return line
}

func judgeYesNo(ev screen.Event) func(string) (screen.Event, verdict) {
	return func(line string) (screen.Event, verdict) {
		switch strings.ToLower(line) {
		case "y", "yes":
			return ev, yes
		case "", "n", "no":
			return nil, no
		}
		return nil, unfit
	}
}

func judgeChoice(n int) func(string) (screen.Event, verdict) {
	return func(line string) (screen.Event, verdict) {
		if line == "" {
			return screen.Answer{}, yes
		}
		if i, err := strconv.Atoi(line); err == nil && i >= 1 && i <= n {
			return screen.Answer{Choice: i - 1}, yes
		}
		return nil, unfit
	}
}

// judgeTyped gives every text to the walk, which has its own words for a wrong one.
func judgeTyped(want string) func(string) (screen.Event, verdict) {
	return func(line string) (screen.Event, verdict) {
		switch {
		case strings.EqualFold(line, want):
			return screen.Answer{Text: line}, yes
		case line == "" || strings.EqualFold(line, "n") || strings.EqualFold(line, "no"):
			return nil, no
		}
		return screen.Answer{Text: line}, unfit
	}
}

// answered takes a line, or the input's end, which is a no.
func (p *plain) answered(l read) {
	standing, leaving := p.stands(), p.interrupted
	if l.err != nil {
		p.paper.print(inputEnded(l.err))
		p.give(screen.EndOfInput{})
		return
	}
	if !standing || p.lines.drops(p.paper, p.asked, l) {
		return // what was asked has settled itself meanwhile, or this is no answer to it
	}
	ev, v := p.asked.judge(l.text)
	if v == unfit {
		p.asked.tries++
		if p.asked.tries <= mostAgain {
			p.again(ev)
			return
		}
		p.paper.print(p.asked.again + takenAsNo)
		ev, v = nil, no
	}
	p.asked, p.interrupted = ask{}, false
	if v == yes {
		p.give(ev)
		return
	}
	q := p.screen.Question
	switch {
	case q != nil && q.Kind == screen.Confirm:
		p.give(screen.Answer{Yes: false})
	case q != nil && q.Passes:
		p.give(screen.Press{Key: "s"})
	}
	if !leaving && (q == nil || !q.Passes) {
		p.give(screen.EndOfInput{})
	}
}

// stands reports whether the question that was printed is still the one to be answered.
func (p *plain) stands() bool {
	if p.screen.Question != nil {
		return questionAsk(p.screen, p.interrupted).key == p.asked.key
	}
	next, offered := nextOf(p.screen)
	return offered && next.Ask != "" && actionAsk(p.screen, next).key == p.asked.key
}

// again asks once more, in the walk's words where it has some.
func (p *plain) again(ev screen.Event) {
	tries, again := p.asked.tries, p.asked.again
	p.give(ev)
	if p.screen.Question != nil {
		p.asked = questionAsk(p.screen, p.interrupted)
	}
	p.asked.tries = tries
	q := p.screen.Question
	if q == nil || q.Kind != screen.Type { // a walk asks for what is to be typed in its own words
		p.paper.print(again)
	}
	if q != nil && q.Kind == screen.Confirm {
		p.asked.lines = nil // what y does has been said
	}
	p.lines.put(p.paper, p.asked)
}
