package ui

import (
	"io"
	"os"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// role is how one kind of text looks: what switches it on and off. Made by lipgloss once, since a frame has hundreds of
// pieces.
type role struct{ on, off string }

// of gives a text its look.
func (r role) of(s string) string {
	if s == "" {
		return s
	}
	return r.on + s + r.off
}

// styles are the looks by what they are for. No role says anything that words do not.
type styles struct {
	name     role // the program's and the step's
	faint    role // the article, rules, labels: read once
	good     role // the word for what was checked and is as it has to be, and nothing else
	warn     role // the word for what needs attention and stops nothing
	bad      role // the word for what is wrong
	mark     role // what matched in a log
	here     role // what waits for the engineer: the current step, the chosen option, the mark of a question, "to do:"
	key      role
	finished role // the track's done steps
}

// newStyles are the styles for an output. Only the sixteen colours of every console are used, those of them that can be
// read on a light and on a dark background (yellow cannot), so the terminal is never asked for its background: that
// would hold up the first frame. Colour marks a word or a mark, never a sentence.
func newStyles(out io.Writer, noColor bool) styles {
	if noColor || os.Getenv("NO_COLOR") != "" || termenv.NewOutput(out).EnvColorProfile() == termenv.Ascii {
		return colorless()
	}
	return colored()
}

const (
	red   = lipgloss.Color("1")
	green = lipgloss.Color("2")
	cyan  = lipgloss.Color("6")
)

func colored() styles {
	s, st := colorless(), maker()
	s.good = looks(st().Foreground(green))
	s.bad = looks(st().Bold(true).Foreground(red))
	s.here = looks(st().Foreground(cyan))
	s.finished = looks(st().Foreground(green))
	return s
}

// colorless is the twin without colours: weight and reverse only.
func colorless() styles {
	st := maker()
	bold, faint := looks(st().Bold(true)), looks(st().Faint(true))
	return styles{
		name: bold, faint: faint, warn: bold, bad: bold, mark: looks(st().Reverse(true)), here: bold, key: bold,
	}
}

// maker starts a style that is drawn with the sixteen colours whatever the output is.
func maker() func() lipgloss.Style {
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(termenv.ANSI)
	r.SetHasDarkBackground(true)
	return r.NewStyle
}

// looks takes a style apart around a letter.
func looks(st lipgloss.Style) role {
	const letter = "x"
	on, off, _ := strings.Cut(st.Render(letter), letter)
	return role{on, off}
}

// marks are the signs that are drawn. The first set holds only what old console fonts have.
type marks struct {
	done, pointer, ahead string // of the track and of lists
	found, open          string // of a finding, and of one that is not settled
	rule                 string
	dots                 string // something was left out
	full, empty          string // of a bar
	match                string // at the margin of the line that matched
	cursor               string
	spin                 []string
}

func newMarks(ascii bool) marks {
	m := marks{done: "■", pointer: "►", ahead: "□", found: "●", open: "○", rule: "─", dots: "…", full: "■", empty: "□",
		match: ">", cursor: "_",
		spin: []string{"|", "/", "-", `\`}}
	if ascii {
		m.done, m.pointer, m.ahead, m.found, m.open, m.rule, m.dots = "#", ">", ".", "*", "o", "-", "..."
		m.full, m.empty = "#", "-"
	}
	return m
}
