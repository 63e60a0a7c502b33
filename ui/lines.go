package ui

import (
	"bufio"
	"fmt"
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

// lineReader reads a line when it is asked for one, in the background: a walk goes on while nobody answers. Its
// goroutine ends with the input, or stays behind in a read that nothing can interrupt.
type lineReader struct {
	want     chan struct{}
	got      chan read
	terminal forgetful // nil: the input is read as it comes
}

// forgetful is an input at which somebody types: it can drop what was typed and not read yet. winmachine.Input makes
// one.
type forgetful interface{ Forget() error }

func newLineReader(in io.Reader) *lineReader {
	l := &lineReader{want: make(chan struct{}, 1), got: make(chan read, 1)}
	l.terminal, _ = in.(forgetful)
	go func() {
		r := bufio.NewReader(in)
		for range l.want {
			if l.terminal != nil {
				_, _ = r.Discard(r.Buffered()) // it cannot fail: that much is there
			}
			text, err := readLine(r)
			l.got <- read{text, err}
		}
	}()
	return l
}

// forget drops what was typed before the question that is printed next: nobody answers what he has not seen.
func (l *lineReader) forget() error {
	if l.terminal == nil {
		return nil
	}
	if err := l.terminal.Forget(); err != nil {
		return fmt.Errorf("cannot drop what was typed before the question: %w", err)
	}
	return nil
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
