package winetest

import (
	"context"
	"os"
	"os/exec"
	"testing"

	"golang.org/x/sys/windows"
)

// codeBits are the bits of a program's exit code that Windows keeps.
const codeBits = 0xffffffff

// WindowsFolder is where Windows lies.
func WindowsFolder() string {
	dir, err := windows.GetSystemWindowsDirectory()
	if err != nil {
		panic(err) // every Windows tells it
	}
	return dir
}

// Computer is this computer.
type Computer struct{ t testing.TB }

// New takes this computer as it is, or skips the test where it was not made for that. What the test leaves there stays.
func New(t testing.TB) *Computer {
	t.Helper()
	if os.Getenv(EnvScratch) == "" {
		t.Skip("installs and breaks things: set " + EnvScratch + "=1 on a computer that was made for it")
	}
	return &Computer{t}
}

// Path is where a file lies.
func (c *Computer) Path(win string) string { return win }

// Command is a program to be run.
func (c *Computer) Command(ctx context.Context, program string, args ...string) *exec.Cmd {
	return exec.CommandContext(ctx, program, args...)
}
