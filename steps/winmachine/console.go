package winmachine

import (
	"io"
	"os"
	"slices"
	"time"
	"unicode/utf16"
)

// consoleInput is a console of Windows that is read line by line. It does not end with Ctrl+C: ReadConsole then
// succeeds with no characters, which Go's own reading takes for the end of the input. The signal comes by itself. (Only
// Ctrl+C and Ctrl+Break do that: an empty line has its line end. microsoft/terminal, issues 334 and 12143.)
type consoleInput struct {
	read   func(units []uint16) (n uint32, err error)      // ReadConsole
	forget func() error                                    // FlushConsoleInputBuffer
	peek   func(events []inputEvent) (n uint32, err error) // PeekConsoleInput
	left   []byte                                          // of the line that was read last
}

const (
	longestRead = 4096                  // UTF-16 units: ReadConsole fails for very large buffers
	controlZ    = 0x1A                  // at the beginning of a line it ends the input
	noLine      = 10 * time.Millisecond // between two reads of a console that says nothing
	mostEvents  = 256                   // looked at; so many are typed by no person between two lines
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

// Typed reports whether something was typed that is not read yet, a line without its end too.
func (c *consoleInput) Typed() (bool, error) {
	events := make([]inputEvent, mostEvents)
	n, err := c.peek(events)
	return len(c.left) > 0 || n == mostEvents || slices.ContainsFunc(events[:n], inputEvent.types), err
}

// inputEvent is INPUT_RECORD, https://learn.microsoft.com/windows/console/input-record-str, with a key in it as far as
// kind says so.
type inputEvent struct {
	kind, _ uint16
	down    int32
	_, key  uint16 // behind how often it repeats
	_, char uint16 // behind its scan code
	_       uint32 // the state of Ctrl, Alt and their kin
}

// types reports whether an event is a character: by a key that is pressed, or by the Alt key let go of behind the
// digits of a number, which is how characters arrive that the keyboard lacks.
func (e inputEvent) types() bool {
	const keyEvent, menu = 1, 0x12 // KEY_EVENT, VK_MENU
	return e.kind == keyEvent && e.char != 0 && (e.down != 0 || e.key == menu)
}

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
