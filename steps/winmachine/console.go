package winmachine

import (
	"io"
	"os"
	"time"
	"unicode/utf16"
)

// consoleInput is a console of Windows that is read line by line. It does not end with Ctrl+C: ReadConsole then
// succeeds with no characters, which Go's own reading takes for the end of the input. The signal comes by itself. (Only
// Ctrl+C and Ctrl+Break do that: an empty line has its line end. microsoft/terminal, issues 334 and 12143.)
type consoleInput struct {
	read   func(units []uint16) (n uint32, err error) // ReadConsole
	forget func() error                               // FlushConsoleInputBuffer
	left   []byte                                     // of the line that was read last
}

const (
	longestRead = 4096                  // UTF-16 units: ReadConsole fails for very large buffers
	controlZ    = 0x1A                  // at the beginning of a line it ends the input
	noLine      = 10 * time.Millisecond // between two reads of a console that says nothing
)

func (c *consoleInput) Read(p []byte) (int, error) {
	for len(c.left) == 0 {
		units := make([]uint16, longestRead)
		n, err := c.read(units)
		switch {
		case err != nil:
			return 0, err
		case n == 0:
			time.Sleep(noLine)
			continue
		case units[0] == controlZ:
			return 0, io.EOF
		}
		c.left = []byte(string(utf16.Decode(units[:n])))
	}
	n := copy(p, c.left)
	c.left = c.left[n:]
	return n, nil
}

// Forget drops what was typed and not read yet.
func (c *consoleInput) Forget() error { return c.forget() }

// untilEnter says what is waited for and waits for it: the next line, the end of the input, or a signal.
func untilEnter(in io.Reader, out io.Writer, words string, told <-chan os.Signal) {
	if c, ok := in.(interface{ Forget() error }); ok && c.Forget() != nil {
		return // it is no console any more
	}
	if _, err := io.WriteString(out, "\n"+words+"\n"); err != nil {
		return // nobody can see it
	}
	entered := make(chan struct{})
	go func() {
		defer close(entered)
		b := make([]byte, 1)
		for b[0] != '\n' {
			if _, err := in.Read(b); err != nil {
				return
			}
		}
	}()
	select {
	case <-entered:
	case <-told:
	}
}
