//go:build !windows

package winmachine

import (
	"os"

	"github.com/aymanbagabas/go-osc52/v2"
	"github.com/charmbracelet/x/term"

	"marsfix/steps/computer"
)

// Machine is the computer itself. No value of it exists on this system: New never makes one.
type Machine struct {
	computer.Machine
	Arguments []string
}

// New answers ErrNotWindows.
func New() (*Machine, error) { return nil, ErrNotWindows }

// Close has nothing to let go of.
func (m *Machine) Close() error { return nil }

// RestrictDLLSearch has nothing to restrict: this system has no DLLs.
func RestrictDLLSearch() {}

// PoorFont tells whether the console's font may lack the marks of the screens: never here.
func PoorFont() bool { return false }

// NoScreen tells why no screens can be drawn on this terminal; empty when they can.
func NoScreen(in, out *os.File) string {
	switch {
	case !term.IsTerminal(in.Fd()):
		return "standard input is no terminal"
	case !term.IsTerminal(out.Fd()):
		return "standard output is no terminal"
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
