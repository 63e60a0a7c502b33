//go:build linux

package winetest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// Build builds a program of this module for Windows: the package by its import path or by its folder. flags go to go
// build.
func Build(t testing.TB, pkg string, flags ...string) string {
	t.Helper()
	Need(t)
	dir, err := os.MkdirTemp(os.Getenv(envRun), "build")
	if err != nil {
		t.Fatal(err)
	}
	exe := filepath.Join(dir, "program.exe")
	cmd := exec.Command("go", slices.Concat([]string{"build", "-o", exe}, flags, []string{pkg})...)
	cmd.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("cannot build %s: %v\n%s", pkg, err, out)
	}
	return exe
}

// Programs builds the programs that tests for Windows start, into the folder that is told to them as [EnvBuilt].
func Programs(t testing.TB) string {
	t.Helper()
	dir, err := os.MkdirTemp(os.Getenv(envRun), "built")
	if err != nil {
		t.Fatal(err)
	}
	for name, flags := range map[string][]string{
		"marsfix.exe": {"marsfix"},
		"standin.exe": {"marsfix/steps/winmachine/testdata/standin", "-ldflags=-H=windowsgui"},
		"console.exe": {"marsfix/steps/winmachine/winetest/testdata/console"},
	} {
		if err := os.Rename(Build(t, flags[0], flags[1:]...), filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	return windowsPath(dir)
}

// Command is a Windows program to be run on the computer: a name that Windows finds, a Windows path, or a path of this
// machine.
func (c *Computer) Command(ctx context.Context, program string, args ...string) *exec.Cmd {
	c.t.Helper()
	c.switchOn()
	return c.command(ctx, program, args...)
}

func (c *Computer) command(ctx context.Context, program string, args ...string) *exec.Cmd {
	line := append([]string{os.Getenv(envWine), program}, args...)
	if c.core != "" {
		line = append([]string{"taskset", "--cpu-list", c.core}, line...)
	}
	cmd := exec.CommandContext(ctx, line[0], line[1:]...)
	cmd.Env = c.environ()
	return cmd
}

// does runs a program of which nothing is wanted but that it ends with 0.
func (c *Computer) does(program string, args ...string) error {
	out, err := c.output(c.Command(c.t.Context(), program, args...))
	if err != nil {
		return fmt.Errorf("%s %q: %w\n%s", program, args, err, out)
	}
	return nil
}

var building sync.Mutex

// console is the program that a console program is run through; built once.
func (c *Computer) console() string {
	c.t.Helper()
	building.Lock()
	defer building.Unlock()
	exe := filepath.Join(os.Getenv(envRun), "console.exe")
	if _, err := os.Stat(exe); err == nil {
		return exe
	}
	if err := os.Rename(Build(c.t, "marsfix/steps/winmachine/winetest/testdata/console"), exe); err != nil {
		c.t.Fatal(err)
	}
	return exe
}

// windowsPath is how Windows programs name a path of this machine; other names stay as they are.
func windowsPath(path string) string {
	if !filepath.IsAbs(path) {
		return path
	}
	return "Z:" + strings.ReplaceAll(path, "/", `\`)
}
