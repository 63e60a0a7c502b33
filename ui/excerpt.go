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

// excerpt is a piece of a log, numbered; the line that matched has a mark at the margin.
func (p painter) excerpt(list []screen.LogLine) []string {
	column := 0
	for _, l := range list {
		column = max(column, len(number(l.Number)))
	}
	var lines []string
	for _, l := range list {
		lines = append(lines, p.logLine(l, column, 0))
	}
	return lines
}

// number is a line's number as it is shown; nothing where it is not known.
func number(n int64) string {
	if n <= 0 {
		return ""
	}
	return strconv.FormatInt(n, 10)
}

// logLine is one line of a log, from the given cell on. A line that is too long is shown about its mark.
func (p painter) logLine(l screen.LogLine, column, from int) string {
	lead := "  "
	if l.Match {
		lead = p.here.of(p.match) + " "
	}
	if column > 0 {
		lead += p.faint.of(strings.Repeat(" ", column-len(number(l.Number)))+number(l.Number)) + "  "
	}
	room := p.room - width(lead)
	text := l.Text
	at, end := min(l.MarkAt, len(text)), min(l.MarkAt+l.Mark, len(text))
	start, stop := width(text[:at]), width(text[:end])
	if from == 0 && l.Match && l.Mark > 0 && stop > room-1 {
		// About a quarter of the room before the mark, unless that would cut its end; no emptier at the right than needed.
		from = max(start-room/4, stop+2-room)
		from = max(0, min(from, start-1, width(text)-room))
	}
	return lead + p.window(text, from, room, start, stop)
}

// window shows the cells of a text from one on, at most room of them, dots where something is left out and the cells from start to stop
// marked.
func (p painter) window(text string, from, room, start, stop int) string {
	total := width(text)
	if total == 0 {
		return ""
	}
	if from >= total && from > 0 {
		return p.faint.of(p.dots)
	}
	left, right := "", ""
	to := from + room
	if from > 0 {
		left, from = p.faint.of(p.dots), from+1
	}
	if total > to {
		right, to = p.faint.of(p.dots), to-1
	}
	to = min(to, total)
	cut := func(a, b int) string {
		if a = max(a, from); a >= min(b, to) {
			return ""
		}
		return middle(text, a, min(b, to))
	}
	return left + cut(from, start) + p.mark.of(cut(max(start, from), stop)) + cut(max(stop, from), to) + right
}
