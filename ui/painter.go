package ui

import (
	"strings"
	"time"
	"unicode"

	"marsfix/steps/screen"
)

const (
	leastWidth, leastHeight = 60, 16
	// widest is how wide prose and rows get: a note at the far end of a very wide window would not be read as its
	// row's.
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
	beneath       []entry       // that of the step, while the question whether to leave stands over it
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

func newAnswer() answer {
	return answer{typed: newField(mostTyped, func(r rune) bool { return unicode.Is(unicode.ASCII_Hex_Digit, r) })}
}

// mostTyped bounds what is typed, in characters.
const mostTyped = 64

// prose is the width in which sentences are wrapped.
func (p painter) prose() int { return min(p.room, widest) }

// styled gives every line a look.
func styled(r role, lines []string) []string {
	for i, l := range lines {
		lines[i] = r.of(l)
	}
	return lines
}

// finding is what was found and what it means: it comes first. While that is not settled its mark is hollow.
func (p painter) finding(sc screen.Screen) []string {
	var lines []string
	if sc.Purpose != "" {
		lines = wrap(sc.Purpose, p.prose())
	}
	if sc.Finding == "" {
		return lines
	}
	mark := p.found
	if sc.State == screen.Looking || sc.State == screen.Acting {
		mark = p.open
	}
	return append(lines, indent(p.toneLook(sc.Mood).of(mark)+" ", styled(p.name, wrap(sc.Finding, p.prose()-2)))...)
}

// article is the article's sentence, under its number: it speaks of the step as such, not of what was found.
func (p painter) article(sc screen.Screen) []string {
	if sc.Article == "" {
		return nil
	}
	return styled(p.faint, indent(articleLabel, wrap(sc.Article, p.prose()-width(articleLabel))))
}

// problem says what is wrong and what to do. A hint is wrapped and never cut: it is to be typed.
func (p painter) problem(pr screen.Told, tag screen.Tag) []string {
	label, look := tagWords[tag], p.tagLook(tag)
	lines := indent(look.of(label), wrap(pr.Message, p.prose()-len(label)))
	if pr.Hint != "" {
		lines = append(lines, indent(p.name.of(hintLabel), wrap(pr.Hint, p.prose()-len(hintLabel)))...)
	}
	return lines
}

// tagLook is how the word before a problem looks: only that word.
func (p painter) tagLook(t screen.Tag) role {
	switch t {
	case screen.Stop:
		return p.bad
	case screen.ToDo:
		return p.here
	}
	return p.warn
}

// witnesses says what was asked, who was, what they answer, and what they say. A silent one is named like the others.
func (p painter) witnesses(sc screen.Screen, whole bool) []string {
	words, column, column2 := viewWords(sc), 0, 0
	for _, w := range sc.Witnesses {
		column, column2 = max(column, width(w.Who)), max(column2, len(words[w.View]))
	}
	var lines []string
	if sc.Claim != "" && len(sc.Witnesses) > 0 {
		lines = wrap(sc.Claim, p.prose())
	}
	for _, w := range sc.Witnesses {
		lead := "  " + p.faint.of(pad(w.Who, column)) + "  " + p.witnessLook(w.View).
			of(pad(words[w.View], column2)) + "  "
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
