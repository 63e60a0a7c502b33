//go:build !windows

package winmachine

import (
	"fmt"
	"os"
	"runtime"

	"github.com/aymanbagabas/go-osc52/v2"
	"github.com/charmbracelet/x/term"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// Machine is the computer itself. No value of it exists on this system: New never makes one.
type Machine struct {
	computer.Machine
	Arguments []string
}

// New says that this is not Windows, and what can be done here.
func New() (*Machine, error) {
	return nil, screen.Hinted{Err: notWindows{},
		Hint: "to practise: marsfix practice; to look at a mounted disk or at collected logs: marsfix diagnose --root DIR"}
}

type notWindows struct{}

func (notWindows) Error() string {
	return fmt.Sprintf("this is not a Windows computer (%s), so there is no Windows Installer to repair", runtime.GOOS)
}

// Close has nothing to let go of.
func (m *Machine) Close() error { return nil }

// RestrictDLLSearch has nothing to restrict: this system has no DLLs.
func RestrictDLLSearch() {}

// PoorFont reports whether the console's font may lack the marks of the screens: never here.
func PoorFont() bool { return false }

// NoScreen tells why no screens can be drawn on this terminal; empty when they can.
func NoScreen(in, out *os.File) string {
	switch {
	case !term.IsTerminal(in.Fd()):
		return "standard input is not a terminal"
	case !term.IsTerminal(out.Fd()):
		return "standard output is not a terminal"
	case os.Getenv("TERM") == "dumb" || os.Getenv("TERM") == "":
		return "the terminal is dumb"
	}
	return ""
}

// KeepConsole keeps no terminal open: here none closes with its program.
func KeepConsole(in, out *os.File) (wait func(words string)) { return func(string) {} }

// Copy asks the terminal to put text into its clipboard (OSC 52); most do, over SSH as well.
func Copy(text string) error {
	_, err := osc52.New(text).WriteTo(os.Stdout)
	return err
}
