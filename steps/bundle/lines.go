package bundle

import (
	"context"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"marsfix/logscan"
)

const (
	linesAtOnce = 2000
	// shownOfLine is how much of a line a Pager gives, in bytes of the log; the rest is read here.
	shownOfLine = 4 << 10
	// longestLine is how much of one line goes into a bundle, in bytes of the log. No secret can stand across a cut
	// that is not there.
	longestLine = 256 << 10
)

// eachLine gives every line of a part of a log to f, with the bytes at its end that were left out. Pieces of
// a very long line are one line.
func eachLine(ctx context.Context, log paged, s logSpan, f func(text string, left int64) error) error {
	g := &gatherer{r: log, f: f}
	for at := s.from; at < s.to; {
		if err := ctx.Err(); err != nil {
			return err
		}
		lines, i, err := log.pager.Around(at, 0, linesAtOnce)
		if err != nil || len(lines) == 0 {
			return err
		}
		lines = lines[i:]
		atEnd := len(lines) <= linesAtOnce
		if !atEnd {
			at = lines[len(lines)-1].Offset
			lines = lines[:len(lines)-1] // read again with what follows it
		} else {
			at = log.size
		}
		for _, ln := range lines {
			if ln.Offset >= s.to {
				at = ln.Offset
				break
			}
			if err := g.take(ln); err != nil {
				return err
			}
		}
	}
	return g.flush(s.to)
}

// gatherer puts the pieces of a long line together again.
type gatherer struct {
	r    io.ReaderAt
	f    func(text string, left int64) error
	open bool
	line logscan.Line // the first piece
}

func (g *gatherer) take(ln logscan.Line) error {
	if g.open {
		ended, err := g.endsAt(ln.Offset)
		if err != nil || !ended {
			return err
		}
		if err := g.flush(ln.Offset); err != nil {
			return err
		}
	}
	g.open, g.line = true, ln
	return nil
}

// endsAt reports whether a line ends before a place: a piece of a very long line begins with nothing of the kind before
// it.
func (g *gatherer) endsAt(at int64) (bool, error) {
	if at-g.line.Offset < shownOfLine {
		return true, nil // pieces are far longer
	}
	var b [2]byte
	if _, err := g.r.ReadAt(b[:], at-2); err != nil && err != io.EOF {
		return false, err
	}
	return b[1] == '\n' || b[0] == '\n' && b[1] == 0, nil
}

// flush gives the gathered line, which ends before to.
func (g *gatherer) flush(to int64) error {
	if !g.open {
		return nil
	}
	g.open = false
	n := to - g.line.Offset
	if n <= shownOfLine {
		return g.f(g.line.Text, 0)
	}
	raw := make([]byte, min(n, longestLine))
	if k, err := g.r.ReadAt(raw, g.line.Offset); k < len(raw) {
		return err
	}
	text, ok := decodeLike(raw, g.line.Text)
	if !ok {
		return g.f(g.line.Text, n-shownOfLine)
	}
	return g.f(text, n-int64(len(raw)))
}

// decodeLike reads the bytes of a line in the encoding in which its beginning reads as shown; false when it is none of
// Unicode's.
func decodeLike(raw []byte, shown string) (string, bool) {
	for _, decode := range []func([]byte) (string, bool){wholeUTF8, wholeUTF16(binary.LittleEndian),
		wholeUTF16(binary.BigEndian)} {
		text, ok := decode(raw)
		text = strings.TrimRight(strings.TrimLeft(text, "\x00\uFEFF"), "\x00\r\n")
		if ok && shown != "" && strings.HasPrefix(text, shown) {
			return text, true
		}
	}
	return "", false
}

// wholeUTF8 takes off a character that is cut in two at the end.
func wholeUTF8(b []byte) (string, bool) {
	for range utf8.UTFMax - 1 {
		if utf8.Valid(b) || len(b) == 0 {
			break
		}
		b = b[:len(b)-1]
	}
	return string(b), utf8.Valid(b)
}

func wholeUTF16(order binary.ByteOrder) func([]byte) (string, bool) {
	return func(b []byte) (string, bool) {
		units := make([]uint16, len(b)/2)
		for i := range units {
			units[i] = order.Uint16(b[2*i:])
		}
		return string(utf16.Decode(units)), true
	}
}

// blocks reads ahead for the many small reads of paging through a log.
type blocks struct {
	r   io.ReaderAt
	buf []byte
	at  int64
}

const blockAhead = 256 << 10

func (c *blocks) ReadAt(b []byte, at int64) (int, error) {
	if len(b) >= blockAhead/4 {
		return c.r.ReadAt(b, at)
	}
	if at < c.at || at+int64(len(b)) > c.at+int64(len(c.buf)) {
		buf := make([]byte, blockAhead)
		n, err := c.r.ReadAt(buf, at)
		if err != nil && err != io.EOF {
			return 0, err
		}
		c.buf, c.at = buf[:n], at
	}
	n := copy(b, c.buf[at-c.at:])
	if n < len(b) {
		return n, io.EOF
	}
	return n, nil
}
