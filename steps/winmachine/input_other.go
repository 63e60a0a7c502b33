//go:build !windows

package winmachine

import (
	"io"
	"os"

	"github.com/charmbracelet/x/term"
)

// Input is standard input to read lines from. One that is a terminal can also forget what was typed and not read yet
// (Forget).
func Input(in *os.File) io.Reader {
	if term.IsTerminal(in.Fd()) {
		return terminalInput{in}
	}
	return in
}

type terminalInput struct{ *os.File }

// Forget drops what was typed and not read yet, a line without its end too.
func (t terminalInput) Forget() error { return forgetTyped(int(t.Fd())) }
