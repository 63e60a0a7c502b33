package logscan

import (
	"bytes"
	"cmp"
	"slices"
)

// blockSize is how much is searched at a time: small enough to stay in the nearest cache for every pass over it.
const blockSize = 16 << 10

// chunk is a piece of a log in memory, with some of the log around it.
type chunk struct {
	buf    []byte
	base   int64 // offset of buf[0]
	size   int64 // of the log
	lo, hi int   // the piece is buf[lo:hi]
}

// hit is a place where a needle stands.
type hit struct {
	at     int // index into the chunk's buffer
	needle uint8
	mode   mode
	lines  int64 // line breaks in the chunk before it
	start  int64 // offset of its line's first byte; -1: before the chunk
}

// turn is a place where the mode changes, which begins a new line as well.
type turn struct {
	at int
	to mode
}

// part is what was found in a chunk.
type part struct {
	hits  []hit
	turns []turn
	end   mode  // at the chunk's end
	lines int64 // line breaks
	start int64 // offset of the last line that begins in the chunk or right behind it; -1: none does
	text  bool  // something but NUL stands in that line, or without one in the chunk
	blank bool  // nothing but white space and NUL
}

// scan searches a chunk that begins in mode m. What is found takes the memory of what was found before.
func (c *chunk) scan(m mode, s *search, before part) part {
	p := part{hits: before.hits[:0], turns: before.turns[:0], start: -1, end: m}
	c.search(&p, s)
	switch {
	case len(p.hits)+len(p.turns) > 0:
		c.number(&p, m)
	case p.lines > 0:
		p.start = c.base + int64(c.backTo(c.hi, m))
	}
	from := c.lo
	if p.start >= 0 {
		from = int(p.start - c.base)
	}
	p.text = from < c.hi && bytes.Count(c.buf[from:c.hi], []byte{0}) < c.hi-from
	p.blank = c.blank(m)
	return p
}

// search finds the hits and turns, and counts the line breaks of a chunk that has neither.
func (c *chunk) search(p *part, s *search) {
	size := blockSize
	for pos := c.lo; pos < c.hi; {
		end := min(pos+size, c.hi)
		at, next, calm := -1, p.end, false
		if size == shortStep {
			at, next = nextMark(c.buf, c.base, pos, end, p.end)
		}
		if known := len(p.hits); at < 0 {
			if calm = c.sweep(p, s, pos, end); !calm && size > shortStep {
				at, next = firstMark(c.buf, c.base, pos, end, p.end)
			}
			if at >= 0 {
				p.hits = p.hits[:known]
			}
		}
		size = min(2*size, blockSize)
		if at >= 0 {
			p.turns = append(p.turns, turn{at, next})
			end, size = at, shortStep // a log that turns all the time is searched in small steps
			if end-pos >= minNeedle*p.end.width() {
				c.find(p, s, pos, pos, end) // no needle goes on behind a turn
			}
		}
		p.lines += c.breaks(pos, end, p.end, calm)
		p.end = next
		pos = end
	}
	slices.SortFunc(p.hits, func(a, b hit) int { return cmp.Compare(a.at, b.at) })
}

// sweep notes the needles that begin in buf[pos:end] and reports whether the piece is calm: no mark can begin in it,
// and every line feed byte in it ends a line. That is so where single bytes are ASCII without a header in pairs, and of
// pairs every high byte is zero. It does both in one pass, since reading the bytes is most of the work.
func (c *chunk) sweep(p *part, s *search, pos, end int) (calm bool) {
	t := s.table(p.end)
	var joined uint64 // all bytes, eight at a time
	i, foreign := pos, false
	for last := min((end-pos+stepSize-1)/stepSize, (len(c.buf)-pos)/stepSize)*stepSize + pos; i < last; {
		if i, joined = t.skip(c.buf, i, last, joined); i == last {
			break
		}
		for next := i + stepSize; i < next; i += t.stride {
			foreign = c.look(p, s, i, pos, end) || foreign
		}
	}
	foreign = c.find(p, s, i, pos, end) || foreign
	even, odd := orBytes(joined, c.buf[i:max(i, min(end+8, len(c.buf)))])
	if pos > 0 {
		odd |= c.buf[pos-1]
	}
	switch {
	case !p.end.wide:
		return even|odd < 0x80 && !foreign
	case p.end.starts(c.base+int64(pos)) != p.end.big: // high bytes lie at the odd places from pos on
		return odd == 0
	}
	return even == 0
}

// find notes the needles that begin in buf[pos:end], looking at places from i on. foreign is as look has it.
func (c *chunk) find(p *part, s *search, i, pos, end int) (foreign bool) {
	t := s.table(p.end)
	for last := min(end+t.reach, len(c.buf)-t.size()+1); i < last; i += t.stride {
		foreign = c.look(p, s, i, pos, end) || foreign
	}
	return foreign
}

// look notes the needles that begin in buf[pos:end] and have a word at buf[i:]. foreign tells that a header in pairs
// may stand there while the log is read as single bytes.
func (c *chunk) look(p *part, s *search, i, pos, end int) (foreign bool) {
	t := s.table(p.end)
	bits := t.word(c.buf[i:])
	for k := t.slots[slot(bits)]; k > 0; k = t.words[k-1].next {
		w := t.words[k-1]
		switch at := i - int(w.offset); {
		case w.bits != bits:
		case w.needle == foreignNeedle:
			foreign = true
		case at >= pos && at < end:
			c.check(p, s, w.needle, at)
		}
	}
	return foreign
}

// check notes the needle if it stands at buf[at:].
func (c *chunk) check(p *part, s *search, needle uint8, at int) {
	if p.end.starts(c.base+int64(at)) && s.needles[needle].matches(c.buf[at:], p.end) {
		p.hits = append(p.hits, hit{at: at, needle: needle, mode: p.end})
	}
}

// number walks from hit to hit and gives each the number of its line in the chunk and its line's start.
func (c *chunk) number(p *part, m mode) {
	pos, turns := c.lo, p.turns
	p.lines = 0
	step := func(to int) {
		n, after := c.lastBreak(pos, to, m)
		if n > 0 {
			p.lines += n
			p.start = c.base + int64(after)
		}
		pos = to
	}
	turnsTo := func(to int) {
		for len(turns) > 0 && turns[0].at <= to {
			t := turns[0]
			step(t.at)
			if !c.lineStarts(t.at, m) {
				p.lines++
			}
			p.start, m, turns = c.base+int64(t.at), t.to, turns[1:]
		}
	}
	for i := range p.hits {
		h := &p.hits[i]
		turnsTo(h.at)
		step(h.at)
		h.lines, h.start = p.lines, p.start
	}
	turnsTo(c.hi)
	step(c.hi)
}
