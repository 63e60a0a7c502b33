package logscan

import (
	"bytes"
	"strings"
)

// place is a needle's line, decoded about it.
type place struct {
	Line
	at    int64 // offset of the needle
	mark  int   // where in Text the needle begins
	ended bool  // the line's end was seen
	cut   bool  // the log's text ends here, before the line's end
	ansi  bool
}

// place decodes the line of a hit: no more of it than textBefore and textAfter.
func (c *chunk) place(h hit, number, start int64) place {
	from := max(0, h.at-textBefore, int(max(start-c.base, 0)))
	if !h.mode.starts(c.base + int64(from)) {
		from++
	}
	to, ended := c.lineEnd(h)
	cutStart := c.base+int64(from) > start
	pre, post, ansi := decode(c.buf[from:h.at], c.buf[h.at:to], h.mode, cutStart, !ended)
	pre = strings.TrimLeft(pre, "\x00\uFEFF")
	text := strings.TrimRight(post, "\x00\r")
	padded := strings.Contains(post[len(text):], "\x00")
	return place{
		Line:  Line{Number: number, Offset: start, Text: pre + text},
		at:    c.base + int64(h.at),
		mark:  len(pre),
		ended: ended,
		// A log that was laid out beforehand ends where its NULs begin.
		cut:  !ended && (c.base+int64(to) == c.size || padded),
		ansi: ansi,
	}
}

// lineEnd finds where the line of a hit ends, as far as it is shown.
func (c *chunk) lineEnd(h hit) (to int, ended bool) {
	to = min(h.at+textAfter, len(c.buf))
	if !h.mode.wide {
		if i := bytes.IndexByte(c.buf[h.at:to], '\n'); i >= 0 {
			to, ended = h.at+i, true
		}
	} else {
		eachByte(c.buf, h.at, to, '\n', func(i int) bool {
			if c.feed(i, h.mode) {
				to, ended = i-h.mode.low(), true
			}
			return !ended
		})
	}
	if i, _ := firstMark(c.buf, c.base, h.at+1, to, h.mode); i >= 0 {
		return i, true
	}
	return to, ended
}
