package logscan

import (
	"bytes"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// counting is a reader that says how much was read of it; a large log is read on several cores.
type counting struct {
	io.ReaderAt
	read atomic.Int64
}

func (c *counting) ReadAt(b []byte, at int64) (int, error) {
	c.read.Add(int64(len(b)))
	return c.ReaderAt.ReadAt(b, at)
}

// endless is a log of any size whose bytes are a repeated line, and no memory.
type endless struct {
	line []byte
	size int64
}

func (e endless) ReadAt(b []byte, at int64) (n int, err error) {
	if at >= e.size {
		return 0, io.EOF
	}
	if int64(len(b)) > e.size-at {
		b, err = b[:e.size-at], io.EOF
	}
	n = copy(b, e.line[at%int64(len(e.line)):])
	for n < len(b) {
		n += copy(b[n:], e.line)
	}
	return n, err
}

func newPager(t *testing.T, r io.ReaderAt, size int64) *Pager {
	t.Helper()
	p, err := NewPager(r, size)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Every line of a log is shown as the plain scan cuts it, whatever place in it is asked for, with its neighbours.
func TestAroundAsPlain(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for i := range 60 {
		data := randomLog(r, 1500, i%3, i%4 == 0)
		data = data[:min(len(data), pageText)]
		lines := plainLines(data)
		p := newPager(t, bytes.NewReader(data), int64(len(data)))
		for k, l := range lines {
			end := len(data) // NULs behind the last line are not in it
			if k+1 < len(lines) {
				end = lines[k+1].start
			} else if l.ended {
				end = l.end + l.mode.width()
			}
			got, at, err := p.Around(int64(l.start)+r.Int64N(int64(end-l.start)), 2, 1)
			if err != nil {
				t.Fatal(err)
			}
			for j := range got {
				n := k - at + j
				if n == len(lines) {
					continue // padding
				}
				want := strings.TrimLeft(strings.TrimRight(lines[n].text, "\x00\r"), "\x00\uFEFF")
				if at != min(k, 2) || got[j].Offset != int64(lines[n].start) || got[j].Text != want ||
					got[j].Unended == lines[n].ended {
					t.Fatalf("line %d of %d, row %d (at %d) is %+v, want %q at %d\nlog: %q", k+1, len(lines), j, at,
						got[j], want, lines[n].start, data)
				}
			}
		}
	}
}

func TestPagerReadsWhatItShows(t *testing.T) {
	line := encodeAs(benchLine, little)
	log := &counting{ReaderAt: endless{line, 4 << 30}}
	p := newPager(t, log, 4<<30)
	for _, offset := range []int64{0, 1 << 30, 2<<30 + 12345, 4<<30 - 1} {
		lines, at, err := p.Around(offset, 60, 60)
		if err != nil {
			t.Fatal(err)
		}
		if l := lines[at]; l.Offset > offset || l.Offset%int64(len(line)) != 0 || offset < 4<<30-1 &&
			l.Text != strings.TrimSpace(benchLine) {
			t.Errorf("at %d: %+v", offset, l)
		}
		if want := min(60, int(offset)); at != want {
			t.Errorf("at %d: %d lines before, want %d", offset, at, want)
		}
	}
	if log.read.Load() > 8<<20 {
		t.Errorf("four screens cost %d bytes", log.read.Load())
	}
}

// A line of a gigabyte is shown about the place asked for, and can be walked through in both directions.
func TestPagerLongLine(t *testing.T) {
	for _, m := range modes {
		text := encodeAs("0123456789abcdef", m)
		log := &counting{ReaderAt: endless{text, 1 << 30}}
		p := newPager(t, log, 1<<30)
		const place = 700<<20 + 40<<10
		lines, at, err := p.Around(place, 3, 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(lines) != 7 || at != 3 || !strings.Contains(lines[at].Text, "0123456789abcdef01234") ||
			len(lines[at].Text) > pageText {
			t.Fatalf("%d lines, at %d: %.100q", len(lines), at, lines[at].Text)
		}
		for i := 1; i < len(lines); i++ {
			if lines[i].Offset != lines[i-1].Offset+pageSize {
				t.Errorf("piece %d begins at %d, the one before at %d", i, lines[i].Offset, lines[i-1].Offset)
			}
		}
		if log.read.Load() > 4<<20 {
			t.Errorf("%d bytes read", log.read.Load())
		}
	}
}

// The pieces of a long line count as no lines: who has no number keeps none.
func TestNumberPassesNoPiece(t *testing.T) {
	for _, m := range modes {
		head := encodeAs("first\n"+strings.Repeat("x", 300_000)+"\nshort\n", m)
		data := append(head[:len(head):len(head)], encodeAs("match\nafter\n", m)...)
		p := newPager(t, bytes.NewReader(data), int64(len(data)))
		lines, at, err := p.Around(int64(len(head)), 4, 4)
		if err != nil || lines[at].Text != "match" {
			t.Fatalf("mode %v: %+v at %d, %v", m, lines, at, err)
		}
		Number(lines, at, 4)
		var got []int64
		for _, l := range lines {
			got = append(got, l.Number)
		}
		if want := []int64{0, 0, 2, 3, 4, 5}; !slices.Equal(got, want) { // pieces, the last of which ends line 2
			t.Errorf("mode %v: numbers %v, want %v", m, got, want)
		}
	}
}

func TestPagerWithoutText(t *testing.T) {
	for _, data := range []string{"", "\x00", "\n", "\x00\x00\x00", "\xFF\xFE", "\xFF", "\xFE\xFF\x00",
		"\xEF\xBB\xBF"} {
		p := newPager(t, strings.NewReader(data), int64(len(data)))
		lines, at, err := p.Around(0, 5, 5)
		if err != nil || len(data) > 0 != (len(lines) > 0) || at != 0 {
			t.Errorf("%q: %+v, %d, %v", data, lines, at, err)
		}
		for _, l := range lines {
			if l.Text != "" && data != "\xFF" {
				t.Errorf("%q shows %q", data, l.Text)
			}
		}
	}
}

// Lines and pieces of long lines lie end to end, whatever place in them is asked for, a line's start at a page's border
// included.
func TestPiecesLieEndToEnd(t *testing.T) {
	for _, first := range []int{1, 10, pageSize - 1, pageSize, pageSize + 1, 2 * pageSize} {
		for _, long := range []int{pageSize - 1, pageSize, pageSize + 1, 2*pageSize - 1, 2 * pageSize, 5*pageSize + 7} {
			data := []byte(strings.Repeat("a", first-1) + "\n" + strings.Repeat("b", long-1) + "\nend")
			p := newPager(t, bytes.NewReader(data), int64(len(data)))
			w := newWindow()
			for at := int64(0); at < p.size; {
				s, err := p.span(w, at)
				if err != nil || s.start != at || s.end <= at || s.end > at+2*pageSize {
					t.Fatalf("lines of %d and %d: at %d stands %+v, %v", first, long, at, s, err)
				}
				for _, inside := range []int64{s.end - 1, (s.start + s.end) / 2} {
					if again, err := p.span(w, inside); err != nil || again != s {
						t.Errorf("lines of %d and %d: at %d stands %+v, at %d %+v, %v", first, long, at, s,
							inside, again, err)
					}
				}
				at = s.end
			}
		}
	}
}
