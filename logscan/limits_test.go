package logscan

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"
)

func scanText(t *testing.T, log string, o PatchOptions) PatchLog {
	t.Helper()
	if o.Windows == nil {
		o.Windows = windows
	}
	l, err := ScanPatch(t.Context(), strings.NewReader(log), int64(len(log)), o)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// Nothing, padding and noise are read without complaint, and said to be blank where they are.
func TestNoText(t *testing.T) {
	noise := make([]byte, 300<<10)
	for i := range noise {
		noise[i] = byte(i*i>>3 ^ i>>8)
	}
	for name, c := range map[string]struct {
		data  []byte
		blank bool
		lines int64
	}{
		"empty":            {nil, true, 0},
		"one NUL":          {make([]byte, 1), true, 0},
		"all NUL":          {make([]byte, 2<<20), true, 0},
		"white space":      {[]byte(" \t\r\n \x00\n"), true, 2},
		"UTF-8 mark":       {[]byte("\xEF\xBB\xBF"), true, 1},
		"UTF-16LE mark":    {[]byte("\xFF\xFE"), true, 1},
		"UTF-16BE mark":    {[]byte("\xFE\xFF\x00\x00"), true, 1},
		"half a mark":      {[]byte("\xFF"), false, 1},
		"text behind NULs": {append(make([]byte, 1<<20), 'x'), false, 1},
		"noise":            {noise, false, int64(len(plainLines(noise)))},
	} {
		l, err := ScanPatch(t.Context(), bytes.NewReader(c.data), int64(len(c.data)), PatchOptions{Windows: windows})
		if err != nil || l.Blank != c.blank || l.Lines != c.lines || len(l.Named)+len(l.Suspicious) > 0 ||
			l.Size != int64(len(c.data)) {
			t.Errorf("%s: %+v, %v", name, l, err)
		}
		s, err := ScanSetup(t.Context(), bytes.NewReader(c.data), int64(len(c.data)), SetupOptions{Since: -1})
		if err != nil || s.Blank != c.blank || s.Lines != c.lines || len(s.Folders)+len(s.Suspicious) > 0 {
			t.Errorf("%s: %+v, %v", name, s, err)
		}
	}
}

// A log laid out beforehand may be followed by a new session behind its NULs.
func TestPaddingInMidFile(t *testing.T) {
	for _, c := range codings {
		data := append([]byte(c.mark), c.encode(oneSession("aaa1"))...)
		data = append(data, make([]byte, 600<<10)...)
		data = append(data, c.encode(oneSession("bbb2"))...)
		l, err := ScanPatch(t.Context(), bytes.NewReader(data), int64(len(data)), PatchOptions{Windows: windows})
		if err != nil || l.Sessions != 2 || l.Lines != 6 || len(l.Named) != 2 || l.Named[0].ID != "bbb2" ||
			l.Named[0].Number != 6 {
			t.Errorf("%s: %+v, %v", c.name, l, err)
		}
	}
}

// Of a line of any length only what stands about the match is kept, with the line's true start.
func TestLongLines(t *testing.T) {
	for _, c := range codings {
		start := append([]byte(c.mark), c.encode("first\r\n")...)
		long := bytes.Repeat(c.encode("0123456789é"), 1<<20/11)
		for _, behind := range []string{"", "\r\nlast\r\n"} {
			data := bytes.Join([][]byte{start, long, c.encode(fragments[0]), long, c.encode(behind)}, nil)
			l, err := ScanPatch(t.Context(), bytes.NewReader(data), int64(len(data)), PatchOptions{Windows: windows})
			if err != nil || len(l.Named) != 1 {
				t.Fatalf("%s: %+v, %v", c.name, l, err)
			}
			w := l.Named[0]
			if w.Number != 2 || w.Offset != int64(len(start)) || w.At != int64(len(start)+len(long)) ||
				w.Unended != (behind == "") {
				t.Errorf("%s: line %d at %d, match at %d, unended %v", c.name, w.Number, w.Offset, w.At, w.Unended)
			}
			if n := len(w.Text); n > 2*(textBefore+textAfter) ||
				!strings.Contains(w.Text, "0123456789é"+fragments[0]+"0123456789é") {
				t.Errorf("%s: %d bytes of text, %.80q", c.name, n, w.Text)
			}
			if strings.Trim(w.Text, "é0123456789") != fragments[0] {
				t.Errorf("%s: text is cut in mid-character: %q … %q", c.name, w.Text[:20], w.Text[len(w.Text)-20:])
			}
		}
	}
}

// A name longer than any path is no name, even where nothing ends it.
func TestEndlessName(t *testing.T) {
	for _, end := range []string{"", "'", "\n", ".msi"} {
		l := scanText(t, `Warning: Local cached package 'C:\Windows\Installer\`+strings.Repeat("a", 100<<10)+end,
			PatchOptions{})
		if len(l.Named) != 0 || l.SuspiciousCount != 1 || len(l.Suspicious[0].Text) > 2*(textBefore+textAfter) {
			t.Errorf("ending %q: %d named, %d suspicious", end, len(l.Named), l.SuspiciousCount)
		}
	}
}

// A hostile log of many names fills nothing: the newest are kept, each once, and all are counted.
func TestBounds(t *testing.T) {
	const n = 3 * MaxNamed
	var log strings.Builder
	for range 2 {
		for i := range n {
			fmt.Fprintf(&log, "Warning: Local cached package 'C:\\Windows\\Installer\\%x.msi' is missing.\n", i)
			fmt.Fprintf(&log, "Warning: Local cached package 'C:\\Temp\\%x.msi' is missing.\n", i)
			fmt.Fprintf(&log, "Couldn't find local patch 'C:\\Windows\\Installer\\%x.msp'.\n", i)
		}
	}
	l := scanText(t, log.String(), PatchOptions{})
	if l.Warnings != 2*n || l.SuspiciousCount != 2*n || l.LastSession.Warnings != 6*n {
		t.Errorf("%d warnings, %d suspicious, %d in the last session", l.Warnings, l.SuspiciousCount,
			l.LastSession.Warnings)
	}
	if len(l.Named) != MaxNamed || len(l.Suspicious) != MaxNamed || len(l.Patches) != MaxNamed {
		t.Fatalf("%d named, %d suspicious, %d patches", len(l.Named), len(l.Suspicious), len(l.Patches))
	}
	for i := range MaxNamed {
		name := fmt.Sprintf("%x", n-1-i)
		if l.Named[i].ID != name || l.Suspicious[i].Path != `C:\Temp\`+name+".msi" ||
			l.Patches[i].Path != `C:\Windows\Installer\`+name+".msp" {
			t.Fatalf("number %d: %q, %q, %q", i, l.Named[i].ID, l.Suspicious[i].Path, l.Patches[i].Path)
		}
	}
}

// From leaves what came before uncounted, but not its lines.
func TestNewPart(t *testing.T) {
	old := oneSession("aaa1")
	for _, c := range codings {
		data := append([]byte(c.mark), c.encode(old)...)
		from := int64(len(data))
		data = append(data, c.encode(oneSession("bbb2"))...)
		l, err := ScanPatch(t.Context(), bytes.NewReader(data), int64(len(data)),
			PatchOptions{From: from, Windows: windows})
		if err != nil || l.Sessions != 1 || len(l.Named) != 1 || l.Named[0].ID != "bbb2" || l.Named[0].Number != 6 ||
			l.Named[0].Session != 1 || l.Lines != 6 {
			t.Errorf("%s: %+v, %v", c.name, l, err)
		}
	}
	l := scanText(t, old, PatchOptions{From: int64(len(old))})
	if l.Sessions != 0 || len(l.Named) != 0 || l.LastSession.HasCode {
		t.Errorf("nothing new: %+v", l)
	}
}

// The memory of a scan does not grow with the log, even if the log is nothing but matches or a single line.
func TestConstantMemory(t *testing.T) {
	for _, m := range modes {
		for name, c := range map[string]struct {
			line        string
			size, bound int64
		}{
			"usual":               {benchLine, 64 << 20, 4 << 20},
			"one line":            {"Machine policy value 'DisableUserInstalls' is 0 ", 64 << 20, 4 << 20},
			"nothing but matches": {strings.Join(fragments[:10], ""), 48 << 20, 24 << 20},
		} {
			if raced {
				c.size /= 8
			}
			if heap := peakHeap(t, endless{encodeAs(c.line, m), c.size}); heap > c.bound {
				t.Errorf("mode %v, %s: the heap grew by %d bytes", m, name, heap)
			}
		}
	}
}

// peakHeap is by how much the heap has grown at most when the scan tells of its progress.
func peakHeap(t *testing.T, log endless) int64 {
	t.Helper()
	var before, now runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	peak, calls := int64(0), 0
	o := PatchOptions{Windows: windows, Progress: func(int64) {
		if calls++; calls%8 == 1 {
			runtime.ReadMemStats(&now)
			peak = max(peak, int64(now.HeapAlloc)-int64(before.HeapAlloc))
		}
	}}
	if _, err := ScanPatch(t.Context(), log, log.size, o); err != nil {
		t.Fatal(err)
	}
	if calls < int(log.size/chunkSize) {
		t.Errorf("progress was told %d times", calls)
	}
	return peak
}

var errBroken = errors.New("the disk is gone")

// broken fails from a place on.
type broken struct {
	endless
	at int64
}

func (b broken) ReadAt(p []byte, at int64) (int, error) {
	if at+int64(len(p)) > b.at {
		return 0, errBroken
	}
	return b.endless.ReadAt(p, at)
}

func TestReadErrors(t *testing.T) {
	log := endless{[]byte(benchLine), 8 << 20}
	if _, err := ScanPatch(t.Context(), broken{log, 5 << 20}, log.size, PatchOptions{}); !errors.Is(err, errBroken) {
		t.Errorf("a broken log: %v", err)
	}
	if _, err := ScanPatch(t.Context(), log, log.size+1, PatchOptions{}); !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a log that became shorter: %v", err)
	}
	if _, err := ScanSetup(t.Context(), log, log.size+1, SetupOptions{Written: time.Now(), Since: -1}); !errors.Is(err,
		io.ErrUnexpectedEOF) {
		t.Errorf("a set-up log that became shorter: %v", err)
	}
	if _, err := NewPager(broken{log, 0}, log.size); !errors.Is(err, errBroken) {
		t.Errorf("a pager on a broken log: %v", err)
	}
}

func TestScanIsCancelled(t *testing.T) {
	for _, size := range []int64{100, MaxSize} {
		ctx, cancel := context.WithCancel(t.Context())
		log := endless{[]byte(benchLine), size}
		o := PatchOptions{Progress: func(done int64) { cancel() }}
		if size < chunkSize {
			cancel()
		}
		if _, err := ScanPatch(ctx, log, size, o); !errors.Is(err, context.Canceled) {
			t.Errorf("%d bytes: %v", size, err)
		}
		cancel()
	}
}

// A log that claims to be larger than any is not read, whichever way it is looked at.
func TestTooLargeLogsAreNotRead(t *testing.T) {
	if _, err := ScanPatch(t.Context(), broken{}, MaxSize+1, PatchOptions{}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a log: %v", err)
	}
	if _, err := ScanSetup(t.Context(), broken{}, MaxSize+1, SetupOptions{Since: -1}); !errors.Is(err, ErrTooLarge) {
		t.Errorf("a set-up log: %v", err)
	}
	if _, err := Detect(broken{}, MaxSize+1); !errors.Is(err, ErrTooLarge) {
		t.Errorf("its encoding: %v", err)
	}
	if _, err := NewPager(broken{}, MaxSize+1); !errors.Is(err, ErrTooLarge) {
		t.Errorf("its lines: %v", err)
	}
}

func TestEncodingNames(t *testing.T) {
	for e, want := range map[Encoding]string{UTF8: "UTF-8", UTF16LE: "UTF-16LE", UTF16BE: "UTF-16BE", ANSI: "ANSI"} {
		if e.String() != want {
			t.Errorf("%d is %q", e, e)
		}
	}
}
