package ui

import (
	"bufio"
	"io"
	"strings"
)

// longestLine bounds an answer, in bytes; what is longer is cut and fits nothing.
const longestLine = 4096

// read is a line without its end and the blanks around it, or why there is none.
type read struct {
	text string
	err  error
}

// lineReader reads a line when it is asked for one, in the background: a walk goes on while nobody answers. Its goroutine ends with the
// input, or stays behind in a read that nothing can interrupt.
type lineReader struct {
	want chan struct{}
	got  chan read
}

func newLineReader(in io.Reader) *lineReader {
	l := &lineReader{want: make(chan struct{}, 1), got: make(chan read, 1)}
	go func() {
		r := bufio.NewReader(in)
		for range l.want {
			text, err := readLine(r)
			l.got <- read{text, err}
		}
	}()
	return l
}

func readLine(r *bufio.Reader) (string, error) {
	var b strings.Builder
	for {
		c, err := r.ReadByte()
		switch {
		case err != nil && (err != io.EOF || b.Len() == 0):
			return "", err
		case err != nil || c == '\n':
			return strings.TrimSpace(b.String()), nil
		}
		if b.Len() < longestLine {
			b.WriteByte(c)
		}
	}
}
