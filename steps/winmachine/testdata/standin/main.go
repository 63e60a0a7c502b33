//go:build windows

// Command standin plays MARSAgentInstaller.exe in tests: it does to a computer what the article tells of the real one,
// with a real package and the real Windows Installer.
//
// Started with no switch it extracts itself and the package that C:\standin.json names to X:\<32 hex digits>, starts
// the copy there and waits for it; then the folder goes, and the exit code is the copy's. The copy writes the set-up
// log, opens a window with the wizard's title and, told to upgrade, has Windows Installer install the registered
// product again, writes OBPatch.log and ends with Windows Installer's code. WM_CLOSE ends it.
//
// "standin press close" and "standin press upgrade" are the hand of the engineer in front of that window.
package main

import (
	"fmt"
	"os"
)

const (
	exitBroken    = 70   // the stand-in itself does not work
	exitCancelled = 1602 // ERROR_INSTALL_USEREXIT
)

func main() {
	code, err := act(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "standin:", err)
		os.Exit(exitBroken)
	}
	os.Exit(code)
}

func act(args []string) (int, error) {
	switch {
	case len(args) == 0:
		return install()
	case len(args) == 2 && args[0] == "wizard":
		return wizard(args[1])
	case len(args) == 2 && args[0] == "press":
		return 0, press(args[1])
	}
	return 0, fmt.Errorf("started with %q: marsfix must start the installer with no switch", args)
}
