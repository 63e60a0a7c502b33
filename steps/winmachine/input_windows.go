package winmachine

import (
	"io"
	"os"
	"time"
	"unicode/utf16"

	"golang.org/x/sys/windows"
)

// Input is standard input to read lines from. One that is a console can also forget what was typed and not read yet (Forget), and does
// not end with Ctrl+C: ReadConsole then succeeds with no characters, which Go's own reading takes for the end of the input. The signal
// comes by itself. (Only Ctrl+C and Ctrl+Break do that: an empty line has its line end. microsoft/terminal, issues 334 and 12143.)
func Input(in *os.File) io.Reader {
	if console := windows.Handle(in.Fd()); isConsole(console) {
		return &consoleInput{console: console}
	}
	return in
}

func isConsole(h windows.Handle) bool {
	var mode uint32
	return windows.GetConsoleMode(h, &mode) == nil
}

// consoleInput is a console that is read line by line.
type consoleInput struct {
	console windows.Handle
	left    []byte // of the line that was read last
}

// longestRead is how much is asked for at once, in UTF-16 units: ReadConsole fails for very large buffers.
const longestRead = 4096

const controlZ = 0x1A // at the beginning of a line it ends the input

func (c *consoleInput) Read(p []byte) (int, error) {
	for len(c.left) == 0 {
		units := make([]uint16, longestRead)
		var n uint32
		if err := windows.ReadConsole(c.console, &units[0], longestRead, &n, nil); err != nil {
			return 0, err
		}
		if n == 0 {
			time.Sleep(10 * time.Millisecond) // Ctrl+C; a console that has nothing to say again and again is not asked without a pause
			continue
		}
		if units[0] == controlZ {
			return 0, io.EOF
		}
		c.left = []byte(string(utf16.Decode(units[:n])))
	}
	n := copy(p, c.left)
	c.left = c.left[n:]
	return n, nil
}

// Forget drops what was typed and not read yet.
func (c *consoleInput) Forget() error { return windows.FlushConsoleInputBuffer(c.console) }
