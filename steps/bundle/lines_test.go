package bundle

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"marsfix/logscan"
	"marsfix/steps/redact"
	"marsfix/steps/screen"
)

var textEncodings = map[string]func(string) []byte{
	"UTF-8":             func(s string) []byte { return []byte(s) },
	"UTF-16LE with BOM": func(s string) []byte { return append([]byte{0xFF, 0xFE}, wide(s, 0)...) },
	"UTF-16LE":          func(s string) []byte { return wide(s, 0) },
	"UTF-16BE with BOM": func(s string) []byte { return append([]byte{0xFE, 0xFF}, wide(s, 1)...) },
}

func wide(s string, low int) []byte {
	units := utf16.Encode([]rune(s))
	b := make([]byte, 2*len(units))
	for i, u := range units {
		b[2*i+low], b[2*i+1-low] = byte(u), byte(u>>8)
	}
	return b
}

// opened is a log opened as a bundle does it.
func opened(t *testing.T, log []byte) paged {
	t.Helper()
	r := &blocks{r: bytes.NewReader(log)}
	p, err := logscan.NewPager(r, int64(len(log)))
	if err != nil {
		t.Fatal(err)
	}
	return paged{r, int64(len(log)), p}
}

// linesOf reads a part of a log as a bundle does.
func linesOf(t *testing.T, log []byte, s logSpan) (lines []string, left int64) {
	t.Helper()
	err := eachLine(context.Background(), opened(t, log), s, func(text string, cut int64) error {
		lines = append(lines, text)
		left += cut
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return lines, left
}

// TestEveryLineComesOnce compares with splitting the text itself, for lines of every length that is of interest to
// paging.
func TestEveryLineComesOnce(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for name, encode := range textEncodings {
		for _, ends := range []string{"\r\n", "\n"} {
			var want []string
			for i := range 300 {
				n := []int{0, 1, 90, 2047, 2048, 2049, 4095, 4096, 5000, 32767, 65536, 66000, 120000}[random.IntN(13)]
				if i%7 > 0 {
					n = min(n, 200)
				}
				want = append(want, fmt.Sprintf("line %d ", i)+strings.Repeat("añ日b", n/4))
			}
			got, left := linesOf(t, encode(strings.Join(want, ends)+ends),
				logSpan{0, int64(len(encode(strings.Join(want, ends) + ends)))})
			if left != 0 {
				t.Errorf("%s: %d bytes are cut", name, left)
			}
			compareLines(t, name, got, want)
		}
	}
}

func compareLines(t *testing.T, name string, got, want []string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: %d lines, want %d", name, len(got), len(want))
	}
	for i := range min(len(got), len(want)) {
		if got[i] != want[i] {
			t.Errorf("%s: line %d has %d bytes, want %d: %.80q, want %.80q", name, i+1, len(got[i]), len(want[i]),
				got[i], want[i])
			return
		}
	}
}

// TestASpanEndsWhereItsLinesDo reads parts that begin and end at lines.
func TestASpanEndsWhereItsLinesDo(t *testing.T) {
	var log bytes.Buffer
	var at []int64
	var want []string
	for i := range 20_000 {
		at = append(at, int64(log.Len()))
		want = append(want, fmt.Sprintf("this is line %d", i))
		log.WriteString(want[i] + "\n")
	}
	for _, part := range [][2]int{{0, 1}, {1, 2}, {500, 2501}, {0, 2000}, {1999, 4002}, {19_990, 19_999}} {
		got, _ := linesOf(t, log.Bytes(), logSpan{at[part[0]], at[part[1]]})
		compareLines(t, fmt.Sprint(part), got, want[part[0]:part[1]])
	}
}

// TestNoSecretHidesInALongLine puts one at every place where a long line is read in pieces, and one behind what is kept
// of it.
func TestNoSecretHidesInALongLine(t *testing.T) {
	for name, encode := range textEncodings {
		for _, at := range []int{1000, 2040, 4090, 32_760, 65_530, 131_060, 200_000, 400_000} {
			text := strings.Repeat("x ", at/2) + "password=hunter2hunter2hunter2 " + strings.Repeat("y ", 20_000)
			log := encode("before\r\n" + text + "\r\nafter\r\n")
			var out bytes.Buffer
			w := newLogWriter(&out, redact.New(false, nil))
			if err := eachLine(context.Background(), opened(t, log), logSpan{0, int64(len(log))},
				w.line); err != nil {
				t.Fatal(err)
			}
			w.lines.Flush()
			got := out.String()
			if strings.Contains(got, "hunter2") {
				t.Errorf("%s: the secret at %d is still there", name, at)
			}
			if !strings.HasPrefix(got, "before\r\nx x ") || !strings.HasSuffix(got, "\r\nafter\r\n") {
				t.Errorf("%s, %d: the lines around are not as they were: %.40q … %q", name, at, got,
					got[max(0, len(got)-40):])
			}
			if cut := strings.Contains(got, "of this line are left out]"); cut != (w.cut == 1) ||
				cut != (len(encode(text)) > longestLine) {
				t.Errorf("%s, %d: cut %v, counted %d", name, at, cut, w.cut)
			}
		}
	}
}

// TestCodePageLinesAreCutNotGuessed keeps what the pager shows of a long line that is no Unicode.
func TestCodePageLinesAreCutNotGuessed(t *testing.T) {
	log := append(bytes.Repeat([]byte("gr\xfc\xdfe "), 2000), "\r\nend\r\n"...)
	got, left := linesOf(t, log, logSpan{0, int64(len(log))})
	if len(got) != 2 || !strings.HasPrefix(got[0], "grüße grüße") || left == 0 || got[1] != "end" {
		t.Errorf("%d lines, %d bytes cut: %.60q", len(got), left, got)
	}
}

// Who appends to a log may do it in two or four bytes a letter: no secret hides between their NULs, and nothing else is
// lost. A NUL that stands alone stays to be seen.
func TestNoSecretHidesInAnotherEncoding(t *testing.T) {
	before := strings.Repeat("before ", 200)
	four := func(s string) (b []byte) {
		for _, r := range s {
			b = binary.LittleEndian.AppendUint32(b, uint32(r))
		}
		return b
	}
	for name, encode := range map[string]func(string) []byte{"two bytes": func(s string) []byte { return wide(s, 0) },
		"two bytes, the other way": func(s string) []byte { return wide(s, 1) }, "four bytes": four} {
		log := append([]byte(before+"\r\na\x00b\r\n"), encode("x password=hunter2hunter2 y\r\n")...)
		var out bytes.Buffer
		w := newLogWriter(&out, redact.New(false, nil))
		if err := eachLine(t.Context(), opened(t, log), logSpan{0, int64(len(log))}, w.line); err != nil {
			t.Fatal(err)
		}
		w.lines.Flush()
		shown := screen.CleanText("a\x00b") + "\r\n"
		if got := strings.TrimRight(out.String(), "\r\n"); got != before+"\r\n"+shown+"x password=[removed] y" {
			t.Errorf("%s: %q", name, got)
		}
	}
}
