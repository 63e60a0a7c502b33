package ui

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"time"
)

// longestLine bounds an answer, in bytes; what is longer is cut and fits nothing.
const longestLine = 4096

// read is a line without its end and the blanks around it, or why there is none.
type read struct {
	text string
	err  error
	at   time.Time // when it came; at a terminal only
	more bool      // more was typed right behind it; at a terminal only
}

// lineReader reads a line when it is asked for one, in the background: a walk goes on while nobody answers. Its
// goroutine ends with the input, or stays behind in a read that nothing can interrupt.
type lineReader struct {
	want     chan struct{}
	got      chan read
	terminal typist // nil: the input is read as it comes
	clock    Clock

	shown    time.Time // since when the question can be read that the next line answers
	dropping           // lines that came since
}

// typist is an input at which somebody types. winmachine.Input makes one.
type typist interface {
	Forget() error        // drops what was typed and not read yet
	Typed() (bool, error) // reports whether there is anything of that kind
}

func newLineReader(ctx context.Context, in io.Reader, clock Clock) *lineReader {
	l := &lineReader{want: make(chan struct{}, 1), got: make(chan read, 1), clock: clock}
	l.terminal, _ = in.(typist)
	go func() {
		r := bufio.NewReader(in)
		for range l.want {
			if l.terminal != nil {
				_, _ = r.Discard(r.Buffered()) // it cannot fail: that much is there
			}
			line := read{}
			if line.text, line.err = readLine(r); line.err == nil && l.terminal != nil {
				line.at = clock.Now()
				line.more, line.err = l.more(ctx, r)
			}
			if ctx.Err() != nil {
				return // nobody waits for it
			}
			l.got <- line
		}
	}()
	return l
}

// more reports whether more is typed right behind a line: then it was no person who typed it.
func (l *lineReader) more(ctx context.Context, r *bufio.Reader) (bool, error) {
	if err := l.clock.Wait(ctx, alone); err != nil || r.Buffered() > 0 {
		return true, err
	}
	return l.terminal.Typed()
}

// put prints a question, which nothing that was typed before may answer.
func (l *lineReader) put(p *paper, a ask) {
	l.forget(p)
	p.print(a.lines...)
	p.prompt(a.text, l.terminal != nil)
	l.shown, l.dropping = l.clock.Now(), dropping{}
}

// forget drops what was typed so far: nobody answers what he has not seen. Where that cannot be done nothing more is
// printed.
func (l *lineReader) forget(p *paper) {
	if l.terminal == nil || p.err != nil {
		return
	}
	if err := l.terminal.Forget(); err != nil {
		p.err = fmt.Errorf("cannot drop what was typed before the question: %w", err)
	}
}

// drops reports whether a line is no answer to the question that stands, and drops it then with all that was typed
// behind it. Of lines that follow each other that is said once.
func (l *lineReader) drops(p *paper, a ask, line read) bool {
	if l.terminal == nil || !line.more && !line.at.Before(l.from(l.shown)) {
		return false
	}
	why := hasAppeared
	if line.more {
		why = tooManyLines
	}
	now := l.clock.Now()
	said := now.Sub(l.dropped) < readable
	l.drop(now, why, line.more)
	l.forget(p)
	if !said {
		p.print(answerAgain(l.why))
		p.prompt(a.text, true)
	}
	return true
}

// answer waits for the line that answers a question: its error where there is none, and no line where ctx ends.
func (l *lineReader) answer(ctx context.Context, p *paper, a ask) (line read) {
	for p.err == nil {
		l.want <- struct{}{}
		select {
		case line = <-l.got:
		case <-ctx.Done():
			return read{}
		}
		if line.err != nil || !l.drops(p, a, line) {
			break
		}
	}
	return line
}

// readLine reads one line, without its end; the last one may have none. Where nothing is left it returns io.EOF.
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
