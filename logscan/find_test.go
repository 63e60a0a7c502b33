package logscan

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
)

func TestFind(t *testing.T) {
	text := "first line\r\nWarning: Local Cached package\r\nthird é line\r\nthird É again\r\n"
	for k, m := range modes {
		for _, mark := range []string{"", marks[k]} {
			data := append([]byte(mark), encodeAs(text, m)...)
			p := newPager(t, bytes.NewReader(data), int64(len(data)))
			line := func(n int) int64 {
				if n == 0 {
					return 0
				}
				i := strings.Index(text, strings.SplitAfter(text, "\n")[n])
				return int64(len(mark) + len(encodeAs(text[:i], m)))
			}
			for _, c := range []struct {
				text string
				from int64
				back bool
				want int64
			}{
				{"FIRST", 0, false, 0},
				{"local cached", 0, false, line(1)},
				{"third", 0, false, line(2)},
				{"third", line(2) + 1, false, line(3)},
				{"third", int64(len(data)), true, line(3)},
				{"third", line(3), true, line(2)},
				{"é", 0, false, line(2)},
				{"É", 0, false, line(3)},
				{"third", line(2), true, -1},
				{"absent", 0, false, -1},
				{"", 0, false, -1},
			} {
				got, err := p.Find(t.Context(), c.text, c.from, c.back)
				if err != nil || got != c.want {
					t.Errorf("mode %v, mark %q: Find(%q, %d, %v) is %d, %v; want %d", m, mark, c.text, c.from, c.back,
						got, err, c.want)
				}
			}
		}
	}
}

func TestFindInLargeLog(t *testing.T) {
	for _, m := range modes {
		filler := bytes.Repeat(encodeAs(benchLine, m), 9000)
		needle := encodeAs("here it IS\n", m)
		data := bytes.Join([][]byte{nil, nil, nil}, append(needle, filler...))
		p := newPager(t, bytes.NewReader(data), int64(len(data)))
		second := int64(len(needle) + len(filler))
		for _, back := range []bool{false, true} {
			from := int64(1)
			if back {
				from = int64(len(data))
			}
			if got, err := p.Find(t.Context(), "HERE it is", from, back); err != nil || got != second {
				t.Errorf("mode %v, backwards %v: %d, %v; want %d", m, back, got, err, second)
			}
		}
	}
}

func TestFindANSI(t *testing.T) {
	data := []byte("Gr\xFC\xDFe\r\nvon Stra\xDFe \x80\r\n")
	p := newPager(t, bytes.NewReader(data), int64(len(data)))
	if at, err := p.Find(t.Context(), "straße €", 0, false); err != nil || at != 7 {
		t.Errorf("found at %d, %v", at, err)
	}
	lines, _, err := p.Around(0, 0, 1)
	if err != nil || len(lines) != 2 || lines[0].Text != "Grüße" || lines[1].Text != "von Straße €" {
		t.Errorf("%+v, %v", lines, err)
	}
}

// Of a match far in a long line, the place itself is what can be shown.
func TestFindDeepInLine(t *testing.T) {
	data := []byte("short\n" + strings.Repeat("x", 50<<10) + "needle" + strings.Repeat("y", 500<<10) + "\nend")
	p := newPager(t, bytes.NewReader(data), int64(len(data)))
	at, err := p.Find(t.Context(), "needle", 0, false)
	if err != nil {
		t.Fatal(err)
	}
	lines, k, err := p.Around(at, 1, 0)
	if err != nil || k != 1 || lines[0].Text != "short" || !strings.Contains(lines[k].Text, "needle") {
		t.Errorf("%d: %.60q, %v", k, lines[k].Text, err)
	}
}

func TestFindIsCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := newPager(t, endless{[]byte("abc\n"), MaxSize}, MaxSize)
	for _, back := range []bool{false, true} {
		if _, err := p.Find(ctx, "zzz", MaxSize/2, back); !errors.Is(err, context.Canceled) {
			t.Errorf("backwards %v: %v", back, err)
		}
	}
}

// Text of which no byte is zero is found in pairs, also where no byte of the log is.
func TestFindWithoutZeros(t *testing.T) {
	for _, m := range []mode{little, bigEnd} {
		data := encodeUnicode(strings.Repeat("安装程序包丢失", 3), m)
		p, err := NewPager(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			t.Fatal(err)
		}
		if at, err := p.Find(t.Context(), "丢失", 0, false); at < 0 || err != nil {
			t.Errorf("mode %v: %d, %v", m, at, err)
		}
	}
}
