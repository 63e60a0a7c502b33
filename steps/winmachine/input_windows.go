package winmachine

import (
	"io"
	"os"

	"golang.org/x/sys/windows"
)

// Input is standard input to read lines from. One that is a console can also tell whether something was typed that is
// not read yet (Typed) and forget it (Forget), and does not end with Ctrl+C.
func Input(in *os.File) io.Reader {
	console := windows.Handle(in.Fd())
	if !isConsole(in) {
		return in
	}
	return &consoleInput{
		read: func(units []uint16) (n uint32, err error) {
			err = windows.ReadConsole(console, &units[0], uint32(len(units)), &n, nil)
			return n, err
		},
		forget: func() error { return windows.FlushConsoleInputBuffer(console) },
		peek: func(events []inputEvent) (n uint32, err error) {
			err = peekConsoleInput(console, &events[0], uint32(len(events)), &n)
			return n, err
		},
	}
}

func isConsole(f *os.File) bool {
	var mode uint32
	return windows.GetConsoleMode(windows.Handle(f.Fd()), &mode) == nil
}
