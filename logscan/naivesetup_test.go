package logscan

import (
	"bytes"
	"cmp"
	"io"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

var (
	plainWords = regexp.MustCompile(`Directory Path for SetupLaunchScreen`)
	plainPID   = regexp.MustCompile(`\b([0-9A-Fa-f]{1,8})\s+[0-9A-Fa-f]{1,8}\s+$`)
	// the words may follow right behind a stamp, also behind that of words before in the line
	plainStamp = regexp.MustCompile(`\b(\d\d/\d\d)[\s\x{80}-\x{10FFFF}]+(\d\d:\d\d:\d\d\.\d\d\d)(?:\b|Directory Path for SetupLaunchScreen)`)
)

// plainWhen gives a stamp its year; the time written is in UTC.
func plainWhen(text string, written time.Time) time.Time {
	for _, year := range []int{written.Year(), written.Year() - 1} {
		when, err := time.Parse("2006/01/02 15:04:05.000", strconv.Itoa(year)+"/"+text)
		if err == nil && when.Sub(written) <= 48*time.Hour {
			return when
		}
	}
	return time.Time{}
}

// plainSetup is the plain scan of the set-up log. What the folder in a line is, and an acceptable one, it asks of
// logged and cleanFolder, which have tests of their own.
func plainSetup(data []byte, o SetupOptions) SetupLog {
	whole := plainPatch(data, int64(len(data)))
	l := SetupLog{Encoding: whole.Encoding, Size: whole.Size, Lines: whole.Lines, Blank: whole.Blank}
	for _, line := range plainLines(data) {
		left := len(line.text) - len(strings.TrimLeft(line.text, "\x00\uFEFF"))
		text := strings.TrimRight(line.text, "\x00\r")
		found := plainWords.FindAllStringIndex(text, -1)
		for i, at := range found {
			if line.ansi && l.Encoding == UTF8 {
				l.Encoding = ANSI
			}
			rest := plainBehind(text, found, i)
			whole := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(rest), ":"))
			raw := logged(whole)
			nameAt := at[1] - left + strings.LastIndex(rest, whole) + strings.Index(whole, raw)
			f := FolderLine{Raw: raw, NameAt: nameAt, NameLen: len(raw), At: line.offset(at[0])}
			f.Line = Line{Number: line.number, Offset: int64(line.start), Text: text[left:], Unended: !line.ended}
			f.New = o.Since >= 0 && f.At >= o.Since
			before, last := text[left:at[0]], 0
			for _, m := range plainStamp.FindAllStringSubmatchIndex(before, -1) {
				f.PID, f.Stamp = 0, before[m[2]:m[3]]+" "+before[m[4]:m[5]]
				if pid := plainPID.FindStringSubmatch(before[last:m[0]]); pid != nil {
					if n, err := strconv.ParseUint(pid[1], 16, 31); err == nil { // else no number of a process
						f.PID = int(n)
					}
				}
				last = m[5]
			}
			f.When, f.Folder = plainWhen(f.Stamp, o.Written), cleanFolder(raw)
			if f.Folder == "" {
				l.Suspicious = append(l.Suspicious, f)
			} else {
				l.Folders = append(l.Folders, f)
			}
		}
	}
	slices.SortFunc(l.Folders, plainBetter)
	slices.SortFunc(l.Suspicious, plainBetter)
	return l
}

// plainBetter is the contract's order, by the digits of one sortable text.
func plainBetter(a, b FolderLine) int {
	key := func(f FolderLine) string {
		return strconv.FormatBool(f.New) + f.When.Format("2006-01-02 15:04:05.000") + string(rune(f.At+1))
	}
	return cmp.Compare(key(b), key(a))
}

// setupAsPlain compares the streaming scan of a set-up log, read in pieces of the size given, with the plain one.
func setupAsPlain(t *testing.T, data []byte, chunk, workers int, o SetupOptions) {
	t.Helper()
	s := newScanner(bytes.NewReader(data), int64(len(data)), setupSearch.get(), nil)
	s.chunk, s.workers = chunk, workers
	got, err := scanSetup(t.Context(), s, o)
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range [][]FolderLine{got.Folders, got.Suspicious} {
		for i := range list {
			list[i].When = list[i].When.UTC()
		}
	}
	got.reached = nil
	want := plainSetup(data, o)
	if len(got.Folders)+len(want.Folders) == 0 {
		got.Folders, want.Folders = nil, nil
	}
	if len(got.Suspicious)+len(want.Suspicious) == 0 {
		got.Suspicious, want.Suspicious = nil, nil
	}
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("pieces of %d bytes, %d at a time, %+v: it is\n%+v, want\n%+v\nlog: %q", chunk, workers, o,
			got, want, data)
	}
}

// setupFragments are what random set-up logs are made of.
var setupFragments = []string{
	"0AB0\t0974\t08/04\t13:16:29.206\t18\tlaunch.cpp(72)\t[0]\tG\t\tNORMAL\tDirectory Path for SetupLaunchScreen: C:\\1f2e3d4c\r\n",
	"1A 2B 12/31 23:59:59.999 Directory Path for SetupLaunchScreen: \"F:\\a b\\\"\n",
	"Directory Path for SetupLaunchScreen", ": ", "\\\\srv\\x", "C:\\..\\x",
	"02/29 00:00:00.000 ", "13/01 10:00:00.000\t", "08/04\t", "24:00:00.000 ", "00:00:00.000 ", "FFFFFFFF 1 ", "\r\n",
	"\n", "é", "上", "\x00", "\uFEFF", " ", "a", "'", "",
}

// randomSetup makes a set-up log out of fragments in encoding k, and of bytes as they are.
func randomSetup(r *rand.Rand, size, k int) (out []byte) {
	if r.IntN(2) == 0 {
		out = append(out, marks[k]...)
	}
	for len(out) < size {
		switch r.IntN(40) {
		case 0:
			out = append(out, rawFragments[r.IntN(len(rawFragments))]...)
		case 1:
			k = r.IntN(3)
			out = append(out, marks[k]...)
		default:
			out = append(out, encodeAs(setupFragments[r.IntN(len(setupFragments))], modes[k])...)
		}
	}
	return out[:min(len(out), textBefore)]
}

func TestRandomSetupLogsAsPlain(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 1000 {
		data := randomSetup(r, 1+r.IntN(1500), r.IntN(3))
		o := SetupOptions{Written: time.Unix(r.Int64N(1<<31), 0).UTC(), Since: int64(r.IntN(len(data)+1)) - 1}
		setupAsPlain(t, data, 1+r.IntN(1+r.IntN(len(data))), 1+r.IntN(2), o)
	}
}

// followed scans a log as it grows, each time from where the scan before has ended, and compares with a scan of the
// whole.
func followed(t *testing.T, data []byte, sizes []int, chunk int, o SetupOptions) {
	t.Helper()
	var l SetupLog
	for _, size := range sizes {
		now := o
		now.After = l
		s := newScanner(bytes.NewReader(data), int64(size), setupSearch.get(), nil)
		s.chunk = chunk
		var err error
		if l, err = scanSetup(t.Context(), s, now); err == nil {
			err = l.passBroken(s.r, s.size)
		}
		if err != nil {
			t.Fatal(err)
		}
		whole, err := ScanSetup(t.Context(), bytes.NewReader(data), int64(size), o)
		if err != nil {
			t.Fatal(err)
		}
		got := l
		if got.reached, whole.reached = nil, nil; !reflect.DeepEqual(got, whole) {
			t.Fatalf("sizes %v, at %d: it is\n%+v, a scan of the whole\n%+v\nlog: %q", sizes, size, got,
				whole, data[:size])
		}
	}
}

func TestFollowedLogsAsWhole(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for range 700 {
		data := randomSetup(r, 1+r.IntN(1500), r.IntN(3))
		sizes := []int{len(data)}
		for range r.IntN(6) {
			sizes = append(sizes, r.IntN(len(data)+1))
		}
		slices.Sort(sizes)
		o := SetupOptions{Written: time.Unix(r.Int64N(1<<31), 0).UTC(), Since: int64(r.IntN(len(data)+1)) - 1}
		followed(t, data, sizes, 1+r.IntN(1+r.IntN(len(data))), o)
	}
}

// What has been scanned of a log that grows is not read again.
func TestFollowingReadsOnlyWhatIsNew(t *testing.T) {
	line := []byte("0AB0\t0974\t08/04\t13:16:29.206\t18\tlaunch.cpp(72)\t[0]\tG\t\tNORMAL\tDirectory Path for SetupLaunchScreen: C:\\1f2e3d4c\r\n")
	data := bytes.Repeat(line, 8<<20/len(line))
	o := SetupOptions{Written: time.Unix(1722770000, 0), Since: -1}
	for size := len(data) / 2; size < len(data); size += 100_000 {
		var read atomic.Int64
		l, err := ScanSetup(t.Context(), counted{bytes.NewReader(data), &read}, int64(size), o)
		if err != nil {
			t.Fatal(err)
		}
		if most := int64(headSize + 100_000 + 16<<10); o.After.Size > 0 && read.Load() > most {
			t.Fatalf("at %d it read %d bytes, more than %d", size, read.Load(), most)
		}
		o.After = l
	}
}

// counted counts the bytes that are read.
type counted struct {
	io.ReaderAt
	n *atomic.Int64
}

func (c counted) ReadAt(p []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(p, off)
	c.n.Add(int64(n))
	return n, err
}

func FuzzFollowedAsWhole(f *testing.F) {
	r := rand.New(rand.NewPCG(13, 14))
	for range 30 {
		f.Add(randomSetup(r, 300, r.IntN(3)), uint16(1+r.IntN(300)), uint16(r.IntN(300)), uint16(r.IntN(300)))
	}
	f.Fuzz(func(t *testing.T, data []byte, chunk, a, b uint16) {
		data = data[:min(len(data), textBefore)]
		sizes := []int{min(int(a), len(data)), min(int(b), len(data)), len(data)}
		slices.Sort(sizes)
		followed(t, data, sizes, int(chunk)+1, SetupOptions{Written: time.Unix(1722770000, 0), Since: -1})
	})
}

func FuzzSetupAsPlain(f *testing.F) {
	r := rand.New(rand.NewPCG(9, 10))
	for range 30 {
		f.Add(randomSetup(r, 300, r.IntN(3)), uint16(1+r.IntN(300)), r.Int64N(1<<31), int16(-1))
	}
	f.Fuzz(func(t *testing.T, data []byte, chunk uint16, unix int64, since int16) {
		o := SetupOptions{Written: time.Unix(unix%(1<<34), 0).UTC(), Since: int64(max(since, -1))}
		setupAsPlain(t, data[:min(len(data), textBefore)], int(chunk)+1, 1+int(chunk)%2, o)
	})
}
