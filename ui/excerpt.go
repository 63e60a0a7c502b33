package ui

import (
	"strconv"
	"strings"

	"marsfix/steps/screen"
)

// near keeps the matches of an excerpt and at most n lines on each side of one.
func near(lines []screen.LogLine, n int) []screen.LogLine {
	var kept []screen.LogLine
	for i := range lines {
		for j := max(0, i-n); j <= min(len(lines)-1, i+n); j++ {
			if lines[j].Match {
				kept = append(kept, lines[i])
				break
			}
		}
	}
	return kept
}

// excerpt is a piece of a log, numbered; the line that matched has a mark at the margin, and is never cut out of its
// own words.
func (p painter) excerpt(list []screen.LogLine) []string {
	column := 0
	for _, l := range list {
		column = max(column, len(number(l.Number)))
	}
	var lines []string
	for _, l := range list {
		if l.Match {
			lines = append(lines, p.matched(l, column)...)
		} else {
			lines = append(lines, p.logLine(l, column, 0))
		}
	}
	return lines
}

// mostMatched is how many lines a line that matched may take. One that is longer is shown about its mark.
const mostMatched = 4

// matched is a line that matched, wrapped.
func (p painter) matched(l screen.LogLine, column int) []string {
	lead := p.lead(l, column)
	text, room := l.Text, p.room-width(lead)
	start, stop := markCells(l)
	from := 0
	if width(text) > mostMatched*room {
		from = max(0, min(start-room/4, width(text)-mostMatched*room))
	}
	var lines []string
	for total := width(text); from < total && len(lines) < mostMatched; {
		to := from + room
		if to < total && len(lines) < mostMatched-1 {
			if i := strings.LastIndexByte(middle(text, from, to), ' '); i > room/2 {
				to = from + width(middle(text, from, to)[:i]) + 1
			}
		}
		lines = append(lines, p.window(text, cutout{from: from, to: min(to, total), start: start, stop: stop,
			before: len(lines) == 0 && from > 0, after: len(lines) == mostMatched-1 && to < total}))
		from = to
	}
	if len(lines) == 0 {
		lines = []string{""}
	}
	return indent(lead, lines)
}

// number is a line's number as it is shown; nothing where it is not known.
func number(n int64) string {
	if n <= 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// lead is what stands before a line of a log: the mark of one that matched, and its number.
func (p painter) lead(l screen.LogLine, column int) string {
	lead := "  "
	if l.Match {
		lead = p.here.of(p.match) + " "
	}
	if column > 0 {
		lead += p.faint.of(strings.Repeat(" ", column-len(number(l.Number)))+number(l.Number)) + "  "
	}
	return lead
}

// markCells are the cells of a line from which on and up to which it is marked.
func markCells(l screen.LogLine) (start, stop int) {
	at, end := min(l.MarkAt, len(l.Text)), min(l.MarkAt+l.Mark, len(l.Text))
	return width(l.Text[:at]), width(l.Text[:end])
}

// logLine is one line of a log, from the given cell on. A line that is too long is shown about its mark.
func (p painter) logLine(l screen.LogLine, column, from int) string {
	lead := p.lead(l, column)
	room := p.room - width(lead)
	text := l.Text
	start, stop := markCells(l)
	if d := width(p.dots); from == 0 && l.Match && l.Mark > 0 && stop > room-d {
		// About a quarter of the room before the mark, unless that would cut its end; no emptier at the right than
		// needed.
		from = max(start-room/4, stop+d-room)
		from = max(0, min(from, start-d, width(text)-room))
	}
	total := width(text)
	switch {
	case total == 0:
		return lead
	case from >= total:
		return lead + p.faint.of(p.dots)
	}
	to := min(from+room, total)
	return lead + p.window(text, cutout{from: from, to: to, start: start, stop: stop,
		before: from > 0, after: to < total})
}

// cutout is what of a text is shown: the cells from one to another, those among them that are marked, and whether dots
// tell that something is left out before or after.
type cutout struct {
	from, to      int
	start, stop   int
	before, after bool
}

func (p painter) window(text string, c cutout) string {
	left, right := "", ""
	if c.before {
		left, c.from = p.faint.of(p.dots), c.from+width(p.dots)
	}
	if c.after {
		right, c.to = p.faint.of(p.dots), c.to-width(p.dots)
	}
	part := func(a, b int) string {
		if a = max(a, c.from); a >= min(b, c.to) {
			return ""
		}
		return middle(text, a, min(b, c.to))
	}
	return left + part(c.from, c.start) + p.mark.of(part(max(c.start, c.from), c.stop)) +
		part(max(c.stop, c.from), c.to) + right
}
