//go:build linux

// Package winetest lets tests drive Windows programs on a computer with a Windows Installer that nobody here wrote. On
// Linux that is Wine's: tests that need it say so with [Need] or [New] and are skipped, with one line, where it is not
// at hand; .ci/wine runs a command where it is. Every test has a computer of its own there: a fresh copy of a prefix,
// removed with all that runs in it when the test has ended.
//
// On Windows it is the computer itself, which has to be made for it: [EnvScratch].
package winetest

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// What .ci/wine sets: the program that runs a Windows program, a prefix to copy, and a folder for the copies.
const (
	envWine     = "MARSFIX_WINE"
	envTemplate = "MARSFIX_WINE_TEMPLATE"
	envRun      = "MARSFIX_WINE_RUN"
)

// Need skips the test where Wine is not at hand. Such a test is named so that -run Wine finds it.
func Need(t testing.TB) {
	t.Helper()
	if !strings.HasPrefix(t.Name(), "TestWine") {
		t.Errorf("%s needs a Windows Installer and is not named TestWine…", t.Name())
	}
	if os.Getenv(envWine) == "" {
		t.Skip("needs a Windows Installer: run it with .ci/wine go test ./...")
	}
}

// codeBits are the bits of a program's exit code that Linux keeps.
const codeBits = 0xff

// WindowsFolder is where Windows lies.
func WindowsFolder() string { return `C:\windows` }

// Computer is a Windows computer of one test.
type Computer struct {
	t      testing.TB
	prefix string
	core   string // of this machine, on which everything of the computer runs; empty: on any
	desk   sync.Mutex
	on     bool // the desktop is there to stay
}

// New makes a computer for a test, or skips the test where Wine is not at hand.
func New(t testing.TB) *Computer {
	t.Helper()
	Need(t)
	prefix, err := os.MkdirTemp(os.Getenv(envRun), "computer")
	if err != nil {
		t.Fatal(err)
	}
	c := &Computer{t: t, prefix: prefix}
	t.Cleanup(c.remove)
	if err := copyPrefix(os.Getenv(envTemplate), prefix); err != nil {
		t.Fatalf("cannot copy the prefix: %v", err)
	}
	return c
}

// remove ends what runs on the computer, and the computer.
func (c *Computer) remove() {
	c.SwitchOff()
	if err := os.RemoveAll(c.prefix); err != nil {
		c.t.Errorf("cannot remove the computer: %v", err)
	}
}

// SwitchOff ends what runs on the computer. The next program switches it on again.
func (c *Computer) SwitchOff() {
	server := exec.Command(filepath.Join(filepath.Dir(os.Getenv(envWine)), "wineserver"), "-k", "-w")
	server.Env = c.environ()
	var exit *exec.ExitError
	if err := server.Run(); err != nil && !errors.As(err, &exit) { // it exits with 1 when nothing ran any more
		c.t.Errorf("cannot end the computer: %v", err)
	}
	c.on = false
}

// switchOn starts the computer, and on its desktop a program that stays. Wine closes a desktop one second after its
// last program has ended: whoever comes at that moment is on a desktop of its own, and its windows are found by nobody.
func (c *Computer) switchOn() {
	c.t.Helper()
	c.desk.Lock()
	defer c.desk.Unlock()
	if c.on {
		return
	}
	c.on = true
	if out, err := c.output(c.command(c.t.Context(), c.console(), "desktop")); err != nil {
		c.t.Fatalf("cannot switch the computer on: %v\n%s", err, out)
	}
}

func (c *Computer) environ() []string { return append(os.Environ(), "WINEPREFIX="+c.prefix) }

// linkFrom is the size in bytes from which a file of the Windows folder is linked instead of copied. What is so large
// there are Windows' own programs, which nobody changes: a computer takes 30 ms and no room instead of 3 s and 770 MB.
const linkFrom = 32 << 10

func copyPrefix(from, to string) error {
	system := filepath.Join(from, "drive_c", "windows") + "/"
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(to, strings.TrimPrefix(path, from))
		switch {
		case d.IsDir():
			return os.MkdirAll(target, 0o755)
		case d.Type()&fs.ModeSymlink != 0:
			link, err := os.Readlink(path)
			if err != nil {
				return err
			}
			return os.Symlink(link, target)
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if strings.HasPrefix(path, system) && info.Size() >= linkFrom && os.Link(path, target) == nil {
			return nil
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, info.Mode().Perm())
	})
}
