package logscan

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"unicode/utf16"
)

var windows = []string{"Windows", "WINNT"}

// fragments are what random logs are made of.
var fragments = []string{
	"Warning: Local cached package 'C:\\Windows\\Installer\\7b5ea8.msi' is missing.", "Warning: Local cached package '",
	"Warning: Local cached package", "D:\\WINDOWS\\Installer\\312C0.msi", "C:\\WinNT\\installer\\ad71cbc.MSI",
	"' is missing.",
	"Warning: Local cached package 'C:\\Windows\\Installer\\7b5ea8.msi is missing.", " is missing", "'", "\r\n", "\n",
	"\x00", "\x00\x00\x00",
	"Warning: The package code in the cached package 'C:\\Windows\\Installer\\478d2c9.msi' does not match the registered package code.  Cached package will be ignored.",
	"' could not be opened as a storage file.", "' does not contain valid package code.",
	"C:\\Windows\\Installer\\..\\1.msi",
	"Couldn't find local patch 'C:\\WINDOWS\\Installer\\145258.msp'. Looking for it at its source.",
	"Couldn't find local patch ''",
	header + "12/3/2015  13:14:36  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\1f\\Setup.exe ===\r\n",
	header, "===",
	"MSI (s) (C0:E4) [09:27:14:308]: ", "MSI (c) (0C:50) [13:14:37:045]: ", "MainEngineThread is returning 1612",
	"MainEngineThread is returning 0",
	"SOURCEMGMT: Failed to resolve source", "é", "ü", "上海", "ਊ", "Ċ", "Ā", "💾", "ÿþ", "\uFEFF", "\uFFFE",
	"Property(S): ProductName = MARS\r\n", "a", " ", "",
}

// rawFragments are bytes as they are.
var rawFragments = []string{"\xFF\xFE", "\xFE\xFF", "\xEF\xBB\xBF", "\x00", "\xE9", "\x0A", "\x0A\x00", "\x00\x0A", "=",
	"\xD8", "\x80"}

// encodeAs writes text in a mode, as a writer of that encoding does.
func encodeAs(text string, m mode) []byte {
	if !m.wide {
		return []byte(text)
	}
	out := make([]byte, 0, 2*len(text))
	var pair [2]uint16
	for _, r := range text {
		for _, u := range utf16.AppendRune(pair[:0], r) {
			if m.big {
				out = append(out, byte(u>>8), byte(u))
			} else {
				out = append(out, byte(u), byte(u>>8))
			}
		}
	}
	return out
}

var (
	modes = []mode{narrow, little, bigEnd}
	marks = []string{"\xEF\xBB\xBF", "\xFF\xFE", "\xFE\xFF"}
)

// randomLog makes a log out of fragments, beginning in encoding k and changing it from time to time.
func randomLog(r *rand.Rand, size, k int, changing bool) []byte {
	var out []byte
	if r.IntN(2) == 0 {
		out = append(out, marks[k]...)
	}
	for len(out) < size {
		n := 2
		if changing {
			n = r.IntN(60)
		}
		switch {
		case n == 0:
			k = r.IntN(3)
			if r.IntN(3) > 0 {
				out = append(out, marks[k]...)
			}
			if r.IntN(2) == 0 {
				out = append(out, encodeAs(fragments[19], modes[k])...)
			}
		case n == 1:
			out = append(out, rawFragments[r.IntN(len(rawFragments))]...)
		default:
			out = append(out, encodeAs(fragments[r.IntN(len(fragments))], modes[k])...)
		}
	}
	return out
}

// sameAsPlain compares the streaming scan, read in pieces of the size given, with the plain one.
func sameAsPlain(t *testing.T, data []byte, chunk, workers int, from int64) {
	t.Helper()
	s := newScanner(bytes.NewReader(data), int64(len(data)), patchSearch.get(), nil)
	s.chunk, s.workers = chunk, workers
	got, err := scanPatch(t.Context(), s, PatchOptions{From: from, Windows: windows})
	if err != nil {
		t.Fatal(err)
	}
	want := plainPatch(data, from)
	if diff := differ(got, want); diff != "" {
		t.Fatalf("pieces of %d bytes, %d at a time, from %d: %s\nlog: %q", chunk, workers, from, diff, data)
	}
}

// differ names the first field in which two results differ.
func differ(got, want PatchLog) string {
	g, w := reflect.ValueOf(got), reflect.ValueOf(want)
	for i := range g.NumField() {
		a, b := g.Field(i), w.Field(i)
		if a.Kind() == reflect.Slice && a.Len() == 0 && b.Len() == 0 {
			continue
		}
		if !reflect.DeepEqual(a.Interface(), b.Interface()) {
			return fmt.Sprintf("%s is\n%+v, want\n%+v", g.Type().Field(i).Name, a, b)
		}
	}
	return ""
}

func TestRandomLogsAsPlain(t *testing.T) {
	r := rand.New(rand.NewPCG(4, 20490))
	for range 1500 {
		data := randomLog(r, 1+r.IntN(1500), r.IntN(3), true)
		data = data[:min(len(data), textBefore)]
		chunk := 1 + r.IntN(1+r.IntN(len(data)))
		sameAsPlain(t, data, chunk, 1+r.IntN(2), int64(r.IntN(4)*r.IntN(len(data))))
	}
}

// Large pieces have blocks within them, and borders at odd places. Lines are kept shorter than what is shown of one, in
// whatever encoding they are read.
func TestLargeLogsAsPlain(t *testing.T) {
	r := rand.New(rand.NewPCG(16, 12))
	for i := range 12 {
		var data []byte
		k, changing := i%3, i%2 == 0
		filler := encodeAs("MSI (s) (C0:E4) [09:27:14:308]: Executing op: ComponentRegister()\r\n", modes[k])
		end := encodeAs("\n", modes[k])
		if changing {
			end = []byte("\n\x00\n")
			filler = append(filler, end...)
		}
		for len(data) < 6*blockSize {
			piece := randomLog(r, 200, k, changing)
			piece = append(piece[:min(len(piece), 1500)], end...)
			data = append(data, slices.Concat(piece, bytes.Repeat(filler, r.IntN(300)))...)
		}
		for _, chunk := range []int{blockSize, 2*blockSize + 1, 777} {
			sameAsPlain(t, data, chunk, 2, 0)
		}
	}
}

func FuzzScanAsPlain(f *testing.F) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		f.Add(randomLog(r, 300, r.IntN(3), true), uint16(1+r.IntN(300)), uint16(0))
	}
	f.Fuzz(func(t *testing.T, data []byte, chunk, from uint16) {
		data = data[:min(len(data), textBefore)]
		sameAsPlain(t, data, int(chunk)+1, 1+int(from)%2, int64(from)%256)
	})
}
