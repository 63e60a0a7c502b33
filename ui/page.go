package ui

import (
	"math"

	"marsfix/logscan"
)

// page is the lines of a log that are on the screen.
type page struct {
	lines []logscan.Line
	end   int64 // of the last of them
	// anchor is a line whose number is known; numbers of others are counted from it while it is in sight.
	anchor, number int64
	uncountable    bool // nobody could count up to them
}

// countable is where a line begins by which the others can be numbered; -1 where they are, or where none is known to
// begin: what is in sight first may be a piece of a very long line.
func (p *page) countable() int64 {
	for _, l := range p.lines {
		if l.Number > 0 || p.uncountable {
			return -1
		}
	}
	for i := 1; i < len(p.lines); i++ {
		if p.lines[i].Offset-p.lines[i-1].Offset < logscan.LongestLine {
			return p.lines[i].Offset
		}
	}
	return -1
}

// know tells a line's number.
func (p *page) know(offset, number int64) { p.anchor, p.number = offset, number }

// load reads the n lines around a place, before of them above it. At the log's end the window is filled from above.
func (p *page) load(pager *logscan.Pager, offset int64, before, n int) error {
	lines, at, err := pager.Around(offset, min(before, n-1), n)
	if err != nil {
		return err
	}
	if p.anchor == offset && at < len(lines) {
		p.anchor = lines[at].Offset // a place within a line tells of that line
	}
	p.end = math.MaxInt64
	if len(lines) > n {
		p.end = lines[n].Offset
	}
	if len(lines) > 0 && len(lines) < n {
		if lines, _, err = pager.Around(lines[len(lines)-1].Offset, n-1, 0); err != nil {
			return err
		}
	}
	p.lines = lines[:min(len(lines), n)]
	for i := range p.lines {
		p.lines[i].Text = logscan.Clean(p.lines[i].Text)
	}
	p.count()
	return nil
}

// count numbers the lines from the one whose number is known, as far as that is possible without reading the log.
func (p *page) count() {
	at := p.place(p.anchor)
	if p.number <= 0 || at < 0 || p.lines[at].Offset != p.anchor {
		p.number = 0
		return
	}
	logscan.Number(p.lines, at, p.number)
}

// place is which line of the window holds an offset, -1 when none does.
func (p *page) place(offset int64) int {
	for i := len(p.lines) - 1; i >= 0 && offset < p.end; i-- {
		if p.lines[i].Offset <= offset {
			return i
		}
	}
	return -1
}

// hold makes a line that is in sight the one that others are counted from.
func (p *page) hold(i int) {
	if i >= 0 && i < len(p.lines) && p.lines[i].Number > 0 {
		p.know(p.lines[i].Offset, p.lines[i].Number)
	}
}
