//go:build !windows

package winmachine

import (
	"errors"
	"io"
	"os"

	"github.com/charmbracelet/x/term"
	"golang.org/x/sys/unix"
)

// Input is standard input to read lines from. One that is a terminal can also tell whether something was typed that is
// not read yet (Typed) and forget it (Forget).
func Input(in *os.File) io.Reader {
	if term.IsTerminal(in.Fd()) {
		return terminalInput{in}
	}
	return in
}

type terminalInput struct{ *os.File }

// Forget drops what was typed and not read yet, a line without its end too.
func (t terminalInput) Forget() error { return forgetTyped(int(t.Fd())) }

// Typed reports whether something was typed that is not read yet, a line without its end too: a terminal tells of that
// while it does not wait for the line's end.
func (t terminalInput) Typed() (typed bool, err error) {
	fd := int(t.Fd())
	lines, err := unix.IoctlGetTermios(fd, getTermios)
	if err != nil {
		return false, err
	}
	keys := *lines
	keys.Lflag &^= unix.ICANON
	if err := unix.IoctlSetTermios(fd, setTermios, &keys); err != nil {
		return false, err
	}
	n, err := unix.IoctlGetInt(fd, unread)
	return n > 0, errors.Join(err, unix.IoctlSetTermios(fd, setTermios, lines))
}
