package ui

import (
	"strings"
	"time"

	"marsfix/steps/screen"
)

const (
	leastWidth, leastHeight = 60, 16
	// widest is how wide prose and rows get: a note at the far end of a very wide window would not be read as its row's.
	widest = 118
	margin = " " // left of every line; the last cell of a line stays free too, since old consoles wrap there
)

// painter turns pieces of a screen into lines, each without its margin.
type painter struct {
	styles
	marks
	room int // cells for a line
}

// scene is all that a frame is drawn from.
type scene struct {
	screen        screen.Screen
	width, height int
	answer        answer        // the unsent answer to the question
	keys          []entry       // the footer
	scroll        int           // first line shown of a body that is too high
	spin          string        // the spinner's present frame; empty for as long as it is too soon for one
	running       time.Duration // since Screen.Since
	bar           bool          // it has run long enough for a bar
	status        string        // what a key of the interface came to
}

// answer is what the engineer has made of a question so far.
type answer struct {
	choice int
	number bool // the choice was made by a digit, to which another may be added
	typed  field
}

func newAnswer() answer { return answer{typed: newField(mostTyped, isHex)} }

// prose is the width in which sentences are wrapped.
func (p painter) prose() int { return min(p.room, widest) }

// styled gives every line a look.
func styled(r role, lines []string) []string {
	for i, l := range lines {
		lines[i] = r.of(l)
	}
	return lines
}

// article is the article's sentence.
func (p painter) article(sc screen.Screen) []string {
	if sc.Article == "" {
		return nil
	}
	return styled(p.faint, wrap(sc.Article, p.prose()))
}

// problem says what is wrong and what to do. A hint is wrapped and never cut: it is to be typed.
func (p painter) problem(pr screen.Told, stops bool) []string {
	label, look := noteLabel, p.warn
	if stops {
		label, look = stopLabel, p.bad
	}
	lines := styled(look, indent(label, wrap(pr.Message, p.prose()-len(label))))
	if pr.Hint != "" {
		lines = append(lines, indent(hintLabel, wrap(pr.Hint, p.prose()-len(hintLabel)))...)
	}
	return lines
}

// witnesses says who was asked, what they do to the claim, and what they say. A silent one is named like the others.
func (p painter) witnesses(list []screen.Witness, whole bool) []string {
	column := 0
	for _, w := range list {
		column = max(column, width(w.Who))
	}
	var lines []string
	for _, w := range list {
		view, look := viewWords[min(int(w.View), len(viewWords)-1)], p.witnessLook(w.View)
		lead := pad(w.Who, column) + "  " + look.of(pad(view, len("conflicts"))) + "  "
		says := wrap(w.Says, p.prose()-width(lead))
		if !whole {
			says = []string{fitting(w.Says, p.prose()-width(lead), p.dots)}
		}
		lines = append(lines, indent(lead, says)...)
	}
	return lines
}

func (p painter) witnessLook(v screen.View) role {
	switch v {
	case screen.Agrees:
		return p.good
	case screen.Conflicts:
		return p.warn
	}
	return p.faint
}

// toneLook is how a row's note looks.
func (p painter) toneLook(t screen.Tone) role {
	switch t {
	case screen.Good:
		return p.good
	case screen.Warn:
		return p.warn
	case screen.Bad:
		return p.bad
	}
	return role{}
}

// gap puts a text at the right end of n cells, at least two blanks behind another.
func gap(left, right string, n int) string {
	return left + strings.Repeat(" ", max(2, n-width(left)-width(right))) + right
}
