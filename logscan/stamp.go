package logscan

import (
	"bytes"
	"strconv"
	"time"
	"unicode/utf8"
)

// times knows the last time of the line that is being read, so that what stands before several needles is searched
// once.
type times[T any] struct {
	last T
	at   int64 // where in the log it stands
	to   int64 // what comes before has been searched
}

// before is the last time before a place in its line, as far as that is shown; the zero T without one. find finds the
// last one in b and where it begins.
func (t *times[T]) before(p *place, find func(b []byte) (last T, at int, ok bool)) (last T) {
	from := p.r.base + int64(p.from)
	if t.to < from {
		t.to, t.at = from, -1
	}
	if v, at, ok := find(p.r.plain(int(t.to-p.r.base), p.hit.at, p.hit.mode)); ok {
		t.last, t.at = v, t.to+int64(at*p.hit.mode.width())
	}
	if t.to = p.at; t.at < from {
		return last
	}
	return t.last
}

// plain is a piece of a line with one byte for each of its characters, which is no ASCII where that is none.
func (r *locator) plain(from, to int, m mode) []byte {
	if !m.wide {
		return r.buf[from:to]
	}
	r.ascii = r.ascii[:0]
	for low := m.low(); from+1 < to; from += 2 {
		c := r.buf[from+low]
		if r.buf[from+1-low] != 0 {
			c = utf8.RuneSelf
		}
		r.ascii = append(r.ascii, c)
	}
	return r.ascii
}

// clockIn finds the last "[09:27:14:308]" in b and returns what stands in the brackets.
func clockIn(b []byte) (clock string, at int, ok bool) {
	const shape = "[00:00:00:000]"
	for at = len(b) - len(shape); at >= 0; at-- {
		if b[at] == '[' && hasShape(b[at:], shape) {
			return string(b[at+1 : at+len(shape)-1]), at, true
		}
	}
	return "", 0, false
}

// hasShape compares what b begins with with a pattern in which 0 stands for any digit.
func hasShape[text string | []byte](b text, shape string) bool {
	if len(b) < len(shape) {
		return false
	}
	for i := range len(shape) {
		if shape[i] == '0' && !isDigit(b[i]) || shape[i] != '0' && b[i] != shape[i] {
			return false
		}
	}
	return true
}

func isWord(c byte) bool { return isDigit(c) || isLetter(c) || c == '_' }

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r' }

// slack is how far a stamp may be ahead of the time at which the file was written: its zone is unknown, and clocks
// differ.
const slack = 48 * time.Hour

// stamp is when a line was written, and by whom.
type stamp struct {
	pid  int
	text string
	when time.Time
}

// A stamp is a date and a time, any white space between, pages' as well: "08/04 13:16:29.206". Before the first one of
// a line stand process and thread in hex.
const (
	dateShape = "00/00"
	timeShape = "00:00:00.000"
)

// stampIn finds the last stamp in b. One that is no date keeps its text, in which one blank stands between date and
// time.
func stampIn(b []byte, written time.Time) (s stamp, at int, ok bool) {
	last := 0 // where the stamp before ends
	for i := 0; i+len(dateShape)+1+len(timeShape) <= len(b); i++ {
		slash := bytes.IndexByte(b[i+2:], '/')
		if slash < 0 {
			break
		}
		i += slash
		clockAt, end := stampAt(b, i)
		if end == 0 {
			continue
		}
		date, clock := b[i:i+len(dateShape)], b[clockAt:end]
		s = stamp{pid: pidBefore(b[last:i], last == 0), text: string(date) + " " + string(clock)}
		s.when = yearOf([6]int{digits(date[:2]), digits(date[3:]), digits(clock[:2]), digits(clock[3:5]),
			digits(clock[6:8]), digits(clock[9:])}, written)
		at, ok, last, i = i, true, end, end-1
	}
	return s, at, ok
}

// stampAt tells where the time of a stamp at b[i:] begins and ends; 0 where there is no stamp.
func stampAt(b []byte, i int) (clock, end int) {
	if !hasShape(b[i:], dateShape) || i > 0 && isWord(b[i-1]) {
		return 0, 0
	}
	for clock = i + len(dateShape); clock < len(b) && (isSpace(b[clock]) || b[clock] >= utf8.RuneSelf); clock++ {
	}
	end = clock + len(timeShape)
	if clock == i+len(dateShape) || !hasShape(b[clock:], timeShape) || end < len(b) && isWord(b[end]) {
		return 0, 0
	}
	return clock, end
}

// pidBefore is the process of "0AB0 0974 " at the end of b, 0 without one. first tells that nothing stands before b.
func pidBefore(b []byte, first bool) int {
	b, blank := trimBack(b, isSpace)
	thread, digits := trimBack(b, isHexDigit)
	b, between := trimBack(thread, isSpace)
	rest, number := trimBack(b, isHexDigit)
	if blank == 0 || between == 0 || digits < 1 || digits > 8 || number < 1 || number > 8 || len(rest) == 0 && !first ||
		len(rest) > 0 && isWord(rest[len(rest)-1]) {
		return 0
	}
	pid, err := strconv.ParseUint(string(b[len(rest):]), 16, 31)
	if err != nil {
		return 0 // no number of a process
	}
	return int(pid)
}

// trimBack takes off the end of b what is of a kind, and tells how much that was.
func trimBack(b []byte, is func(byte) bool) ([]byte, int) {
	end := len(b)
	for end > 0 && is(b[end-1]) {
		end--
	}
	return b[:end], len(b) - end
}

// digits is the value of at most three decimal digits.
func digits(b []byte) (n int) {
	for _, c := range b {
		n = 10*n + int(c-'0')
	}
	return n
}

// yearOf gives a stamp (month, day, hour, minute, second, millisecond) its year: that of the time written, or the year
// before if the stamp would lie more than 48 hours after it. The zero time if it is no date in that year.
//
// All stamps are read in the one offset that the time written has. Their own zone is not known, and in one with summer
// time the hour that a clock skips would be read as another.
func yearOf(n [6]int, written time.Time) time.Time {
	_, offset := written.Zone()
	zone := time.FixedZone("", offset)
	for year := written.Year(); year >= written.Year()-1; year-- {
		when := time.Date(year, time.Month(n[0]), n[1], n[2], n[3], n[4], n[5]*int(time.Millisecond), zone)
		if !isDate(year, n) || when.After(written.Add(slack)) {
			continue
		}
		return when
	}
	return time.Time{}
}

// isDate reports whether the fields are a time of a day that the year has.
func isDate(year int, n [6]int) bool {
	day := time.Date(year, time.Month(n[0]), n[1], 0, 0, 0, 0, time.UTC)
	return n[0] >= 1 && n[0] <= 12 && day.Day() == n[1] && n[2] < 24 && n[3] < 60 && n[4] < 60
}
