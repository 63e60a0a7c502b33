package logscan

import "bytes"

// header is how every session of Windows Installer begins.
const header = "=== Verbose logging started: "

// markRoom is in how many bytes a change of the encoding can be known: a header in pairs, and a mark with its text.
const markRoom = int64(2 * len(header))

// markText is how many characters of plain text must follow a byte order mark in mid-file before it is believed.
const markText = 4

// A header in single bytes, and in little-endian pairs. Tables are written out where a program that only tells its
// version would have to make them.
var (
	headerNarrow = []byte{'=', '=', '=', ' ', 'V', 'e', 'r', 'b', 'o', 's', 'e', ' ', 'l', 'o', 'g', 'g', 'i', 'n', 'g',
		' ', 's', 't', 'a', 'r', 't', 'e', 'd', ':', ' '}
	headerLittle = []byte{'=', 0, '=', 0, '=', 0, ' ', 0, 'V', 0, 'e', 0, 'r', 0, 'b', 0, 'o', 0, 's', 0, 'e', 0, ' ',
		0, 'l', 0, 'o', 0, 'g', 0, 'g', 0, 'i', 0, 'n', 0, 'g', 0,
		' ', 0, 's', 0, 't', 0, 'a', 0, 'r', 0, 't', 0, 'e', 0, 'd', 0, ':', 0, ' ', 0}
)

var byteOrderMarks = [...]struct {
	bytes string
	mode  mode
}{{"\xFF\xFE", mode{wide: true}}, {"\xFE\xFF", mode{wide: true, big: true}}, {"\xEF\xBB\xBF", mode{}}}

// firstMark finds the first place in buf[lo:hi] from which on the log is to be read in another mode than m, and that
// mode: a byte order mark with plain text behind it, or a session's header in single bytes or little-endian pairs, at
// any offset. base is the offset of buf[0]. -1: there is none.
func firstMark(buf []byte, base int64, lo, hi int, m mode) (int, mode) {
	at, to := -1, m
	take := func(i int, next mode) { // what follows needs to be nearer
		at, to, hi = i, next, i
	}
	for _, mark := range &byteOrderMarks {
		eachByte(buf, lo, hi, mark.bytes[0], func(i int) bool {
			if next := mark.mode.at(base + int64(i)); next != m && isMark(buf[i:], mark.bytes, mark.mode) {
				take(i, next)
				return false
			}
			return true
		})
	}
	if m.wide {
		eachMatch(buf, lo, hi, headerNarrow, func(i int) bool { take(i, narrow); return false })
	}
	if m.wide || bytes.IndexByte(buf[lo:min(hi+1, len(buf))], 0) >= 0 {
		eachMatch(buf, lo, hi, headerLittle, func(i int) bool {
			next := little.at(base + int64(i))
			if next == m || readable(buf, base, i, m) {
				return true
			}
			take(i, next)
			return false
		})
	}
	return at, to
}

// markFrom is firstMark in steps that grow: the next mark may be near, and a step costs what it holds.
func markFrom(buf []byte, base int64, lo, hi int, m mode) (int, mode) {
	if at, to := nextMark(buf, base, lo, min(lo+shortStep, hi), m); at >= 0 {
		return at, to
	}
	for size := shortStep; lo+size < hi; size *= 2 {
		lo += size
		if at, to := firstMark(buf, base, lo, min(lo+2*size, hi), m); at >= 0 {
			return at, to
		}
	}
	return -1, m
}

// shortStep is the size up to which a place is looked at byte by byte: what begins right behind a mark, where the next
// may be near.
const shortStep = 64

// nextMark is firstMark, byte by byte.
func nextMark(buf []byte, base int64, lo, hi int, m mode) (int, mode) {
	for i, c := range buf[lo:hi] {
		if c < bomNarrow[0] && c != header[0] {
			continue // nearly all there is
		}
		i += lo
		for _, mark := range &byteOrderMarks {
			if c != mark.bytes[0] {
				continue
			}
			if next := mark.mode.at(base + int64(i)); next != m && isMark(buf[i:], mark.bytes, mark.mode) {
				return i, next
			}
		}
		if c != header[0] {
			continue
		}
		if m.wide && bytes.HasPrefix(buf[i:], headerNarrow) {
			return i, narrow
		}
		if next := little.at(base + int64(i)); next != m && bytes.HasPrefix(buf[i:], headerLittle) &&
			!readable(buf, base, i, m) {
			return i, next
		}
	}
	return -1, m
}

// readable reports whether the little-endian header at i is one in mode m as well, whose first byte is the zero before
// it.
func readable(buf []byte, base int64, i int, m mode) bool {
	return m.big && i > 0 && m.starts(base+int64(i)-1) && buf[i-1] == 0
}

// markSize is the length of the byte order mark of mode m at the log's first bytes, 0 without one.
func markSize(head []byte, m mode) int {
	mark := bomNarrow
	switch {
	case m.wide && m.big:
		mark = bomBig
	case m.wide:
		mark = bomLittle
	}
	if bytes.HasPrefix(head, mark) {
		return len(mark)
	}
	return 0
}

// isMark reports whether b begins with the byte order mark and plain text behind it.
func isMark(b []byte, mark string, m mode) bool {
	w, low := m.width(), m.low()
	if len(b) < len(mark)+markText*w || b[1] != mark[1] || string(b[:len(mark)]) != mark {
		return false
	}
	b = b[len(mark) : len(mark)+markText*w]
	for i := low; i < len(b); i += w {
		if !plain(b[i]) || m.wide && b[i^1] != 0 {
			return false
		}
	}
	return true
}

// plain reports whether c is a printable ASCII character, a tab or a line's end.
func plain(c byte) bool { return c >= 0x20 && c < 0x7F || c == '\t' || c == '\r' || c == '\n' }

// eachByte calls f with every place of c in buf[lo:hi] until f returns false.
func eachByte(buf []byte, lo, hi int, c byte, f func(int) bool) {
	for lo < hi {
		i := bytes.IndexByte(buf[lo:hi], c)
		if i < 0 || !f(lo+i) {
			return
		}
		lo += i + 1
	}
}

// eachMatch calls f with every place in buf[lo:hi] where text begins, which may reach beyond hi, until f returns false.
func eachMatch(buf []byte, lo, hi int, text []byte, f func(int) bool) {
	end := min(len(buf), hi+len(text)-1)
	for lo < end {
		i := bytes.Index(buf[lo:end], text)
		if i < 0 || !f(lo+i) {
			return
		}
		lo += i + 1
	}
}
