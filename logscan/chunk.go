package logscan

import (
	"bytes"
	"cmp"
	"encoding/binary"
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

// scan searches a chunk that begins in mode m.
func (c *chunk) scan(m mode, s *search) part {
	p := part{start: -1, end: m}
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
		calm := c.calm(max(0, pos-1), min(end+8, len(c.buf)), p.end)
		next := p.end
		size = min(2*size, blockSize)
		if !calm {
			var at int
			if at, next = firstMark(c.buf, c.base, pos, end, p.end); at >= 0 {
				p.turns = append(p.turns, turn{at, next})
				end, size = at, 512 // a log that turns all the time is searched in small steps
			}
		}
		c.find(p, s, pos, end)
		p.lines += c.breaks(pos, end, p.end, calm)
		p.end = next
		pos = end
	}
	slices.SortFunc(p.hits, func(a, b hit) int { return cmp.Compare(a.at, b.at) })
}

// find notes the needles that begin in buf[pos:end].
func (c *chunk) find(p *part, s *search, pos, end int) {
	t := s.table(p.end)
	for i := pos; ; i += t.stride {
		if i = t.next(c.buf, i, end+t.stride); i >= min(end+t.stride, len(c.buf)-wordSize+1) {
			return
		}
		bits := binary.LittleEndian.Uint64(c.buf[i:])
		for k := t.slots[slot(bits)]; k > 0; k = t.words[k-1].next {
			w := t.words[k-1]
			if at := i - int(w.offset); w.bits == bits && at >= pos && at < end {
				c.check(p, s, w.needle, at)
			}
		}
	}
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

// breaks counts the line ends whose line feed lies in buf[pos:end]; of a calm piece, every such byte is one.
func (c *chunk) breaks(pos, end int, m mode, calm bool) int64 {
	if !m.wide || calm && end < len(c.buf) { // the log's very last byte may be half a line feed
		return int64(bytes.Count(c.buf[pos:end], []byte{'\n'}))
	}
	n, _ := c.lastBreak(pos, end, m)
	return n
}

// lastBreak counts them exactly and tells where the line behind the last of them begins.
func (c *chunk) lastBreak(pos, end int, m mode) (n int64, after int) {
	if !m.wide {
		n = int64(bytes.Count(c.buf[pos:end], []byte{'\n'}))
		if n > 0 {
			after = pos + bytes.LastIndexByte(c.buf[pos:end], '\n') + 1
		}
		return n, after
	}
	eachByte(c.buf, pos, end, '\n', func(i int) bool {
		if c.feed(i, m) {
			n, after = n+1, i+2-m.low()
		}
		return true
	})
	return n, after
}

// backTo finds where the line begins that holds buf[end-1], of which the break is known to be in the chunk.
func (c *chunk) backTo(end int, m mode) int {
	for i := end; ; {
		i = c.lo + bytes.LastIndexByte(c.buf[c.lo:i], '\n')
		if i < c.lo || !m.wide {
			return i + 1
		}
		if c.feed(i, m) {
			return i + 2 - m.low()
		}
	}
}

// feed tells whether the byte 0x0A at i is a line feed in wide mode m.
func (c *chunk) feed(i int, m mode) bool {
	start := i - m.low()
	if start < 0 || start+1 >= len(c.buf) || !m.starts(c.base+int64(start)) {
		return false
	}
	return c.buf[start+1-m.low()] == 0
}

// lineStarts tells whether a line of mode m ended right before i.
func (c *chunk) lineStarts(i int, m mode) bool {
	if c.base+int64(i) == 0 {
		return true
	}
	feed := i - m.width() + m.low()*(m.width()-1)
	return feed >= 0 && c.buf[feed] == '\n' && (!m.wide || c.feed(feed, m))
}

// calm tells that no mark can begin in buf[lo:hi] and that every line feed byte in it ends a line: single bytes are ASCII
// without NUL, of pairs every high byte is zero.
func (c *chunk) calm(lo, hi int, m mode) bool {
	b := c.buf[lo:hi]
	even, odd := orBytes(b)
	if !m.wide {
		return even|odd < 0x80 && bytes.IndexByte(b, 0) < 0
	}
	if m.starts(c.base+int64(lo)) != m.big { // high bytes lie at b's odd places
		return odd == 0
	}
	return even == 0
}

// orBytes joins the bytes at even and at odd places of b, eight at a time: as fast as a vectorised pass.
func orBytes(b []byte) (even, odd byte) {
	var w0, w1, w2, w3 uint64
	for ; len(b) >= 64; b = b[64:] {
		w0 |= binary.LittleEndian.Uint64(b) | binary.LittleEndian.Uint64(b[8:])
		w1 |= binary.LittleEndian.Uint64(b[16:]) | binary.LittleEndian.Uint64(b[24:])
		w2 |= binary.LittleEndian.Uint64(b[32:]) | binary.LittleEndian.Uint64(b[40:])
		w3 |= binary.LittleEndian.Uint64(b[48:]) | binary.LittleEndian.Uint64(b[56:])
	}
	w := w0 | w1 | w2 | w3
	w |= w >> 32
	w |= w >> 16
	even, odd = byte(w), byte(w>>8)
	for i, c := range b {
		if i&1 == 0 {
			even |= c
		} else {
			odd |= c
		}
	}
	return even, odd
}

// blank tells whether nothing but ASCII white space and NUL is in the chunk, and a byte order mark at the log's start.
func (c *chunk) blank(m mode) bool {
	b := c.buf[c.lo:c.hi]
	if c.base == 0 {
		b = b[max(0, min(markSize(c.buf, m)-c.lo, len(b))):]
	}
	if bytes.Count(b[:min(len(b), 64)], []byte{0}) == min(len(b), 64) && bytes.Count(b, []byte{0}) == len(b) {
		return true // padding is quick
	}
	for _, c := range b {
		if c != 0 && c != ' ' && (c < '\t' || c > '\r') {
			return false
		}
	}
	return true
}
