package logscan

import (
	"bytes"
	"strings"
)

// textStep is the step in which what is shown of a long line moves along it: places close together show the same.
const textStep = 1 << 10

// place is where a needle stands in its line. The line's text is decoded at the scan's end, if the place is kept until
// then (Line.hold, Line.settle).
type place struct {
	Line
	needle uint8
	at     int64 // offset of the needle
	ended  bool  // the line's end was seen
	ansi   bool

	r     *locator
	hit   hit
	from  int  // what is shown of the line is buf[from:to]
	to    int  // without its end
	whole bool // from is where the line begins
	next  int  // where the next needle stands if that is before to, else to
}

// text is what stands behind the needle, up to the next one or the line's end. cut tells that the log's text ends with
// it, before the line's end.
func (p *place) text() (text string, cut bool) {
	start := p.at + int64(len(p.r.search.needles[p.needle])*p.hit.mode.width())
	all := p.shown.decode(p.shown.piece(start, p.r.base+int64(p.next)))
	if p.next < p.to {
		return all, false
	}
	text = strings.TrimRight(all, "\x00\r")
	padded := strings.Contains(all[len(text):], "\x00")
	// A log that was laid out beforehand ends where its NULs begin.
	return text, !p.ended && (p.r.base+int64(p.to) == p.r.size || padded)
}

// before is what stands right before the needle in its line, up to n characters of ASCII.
func (p *place) before(n int) string {
	return p.shown.decode(p.shown.piece(p.at-int64(n*p.hit.mode.width()), p.at))
}

// passage is what is shown of a line: decoded once for all places in it that are kept.
type passage struct {
	from, to int64  // in the log
	raw      []byte // whole characters of it, in its chunk's memory unless it is held
	held     bool
	at       int64 // offset of raw[0]
	mode     mode
	ansi     bool
	spent    *spent
	decoded  bool
	text     string
	lead     int // bytes of the decoded text that are not shown
}

// piece is what lies in raw from one offset of the log to another.
func (s *passage) piece(from, to int64) []byte {
	index := func(offset int64) int { return int(min(max(offset-s.at, 0), int64(len(s.raw)))) }
	return s.raw[index(from):max(index(from), index(to))]
}

func (s *passage) decode(raw []byte) string {
	s.spent.decoded += int64(len(raw))
	return decode(raw, s.mode, s.ansi)
}

// read decodes the passage.
func (s *passage) read() string {
	if !s.decoded {
		s.decoded = true
		s.spent.lines++
		all := s.decode(s.raw)
		s.text = strings.TrimLeft(all, "\x00\uFEFF")
		s.lead = len(all) - len(s.text)
		s.text = strings.TrimRight(s.text, "\x00\r")
	}
	return s.text
}

// mark is where an offset of the log lies in the decoded text.
func (s *passage) mark(offset int64) int {
	before := s.piece(s.at, offset)
	if !s.mode.wide && !s.ansi {
		return len(before) - s.lead
	}
	return len(s.decode(before)) - s.lead
}

// hold keeps what is shown of the line when its chunk goes.
func (l *Line) hold() {
	if s := l.shown; s != nil && !s.held {
		s.raw, s.held = bytes.Clone(s.raw), true
	}
}

// settle decodes what is shown of the line and tells where an offset of the log lies in it; 0 if that has been done.
func (l *Line) settle(offset int64) (mark int) {
	if l.shown == nil {
		return 0
	}
	l.Text = l.shown.read()
	mark = l.shown.mark(offset)
	l.shown = nil
	return mark
}
