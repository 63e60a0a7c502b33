package logscan

import "bytes"

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

// lineFeed is where the first line feed stands in buf[from:to], -1 without one.
func (c *chunk) lineFeed(from, to int, m mode) int {
	at := -1
	eachByte(c.buf, from, to, '\n', func(i int) bool {
		if !m.wide || c.feed(i, m) {
			at = i - m.low()
		}
		return at < 0
	})
	return at
}

// feed reports whether the byte 0x0A at i is a line feed in wide mode m.
func (c *chunk) feed(i int, m mode) bool {
	start := i - m.low()
	if start < 0 || start+1 >= len(c.buf) || !m.starts(c.base+int64(start)) {
		return false
	}
	return c.buf[start+1-m.low()] == 0
}

// lineStarts reports whether a line of mode m ended right before i.
func (c *chunk) lineStarts(i int, m mode) bool {
	if c.base+int64(i) == 0 {
		return true
	}
	feed := i - m.width() + m.low()*(m.width()-1)
	return feed >= 0 && c.buf[feed] == '\n' && (!m.wide || c.feed(feed, m))
}

// orBytes joins the bytes at even and at odd places: those of w, which are joined already, and those of b.
func orBytes(w uint64, b []byte) (even, odd byte) {
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

// blank reports whether nothing but ASCII white space and NUL is in the chunk, and a byte order mark at the log's
// start.
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
