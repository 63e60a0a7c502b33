package ui

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"testing"
)

func TestLinesEndAsTheSystemEndsThem(t *testing.T) {
	for given, want := range map[string]string{"": "", "a": "a", "a\n": "a\r\n", "\n\n": "\r\n\r\n",
		"a\r\nb\n": "a\r\nb\r\n", "a\rb": "a\rb"} {
		var got bytes.Buffer
		if n, err := (crlf{&got}).Write([]byte(given)); n != len(given) || err != nil || got.String() != want {
			t.Errorf("%q is written as %q (%d, %v), want %q", given, &got, n, err, want)
		}
	}
	var got bytes.Buffer
	if _, err := io.WriteString(Text(&got), "a\n"); err != nil ||
		(got.String() == "a\r\n") != (runtime.GOOS == "windows") {
		t.Errorf("on %s a line is written as %q, %v", runtime.GOOS, &got, err)
	}
}

// shortWriter takes some bytes and no more.
type shortWriter int

func (s shortWriter) Write(p []byte) (int, error) { return min(int(s), len(p)), errors.New("full") }

func TestShortWriteOfLinesIsTold(t *testing.T) {
	if n, err := (crlf{shortWriter(2)}).Write([]byte("a\nb\n")); n >= 4 || err == nil {
		t.Errorf("%d bytes written, %v", n, err)
	}
}
