//go:build linux

package winetest

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// Build builds a program of this module for Windows: the package by its import path or by its folder. flags go to go build.
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

// Command is a Windows program to be run on the computer: a name that Windows finds, a Windows path, or a path of this machine.
func (c *Computer) Command(ctx context.Context, program string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Getenv(envWine), append([]string{program}, args...)...)
	cmd.Env = c.environ()
	return cmd
}

// Run runs a Windows program to its end and tells what it wrote and its exit code, of which Linux keeps the last eight bits.
func (c *Computer) Run(program string, args ...string) (out string, code int) {
	c.t.Helper()
	data, err := c.output(c.Command(c.t.Context(), program, args...))
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		c.t.Fatalf("cannot run %s: %v", program, err)
	}
	if exit != nil {
		code = exit.ExitCode()
	}
	return string(data), code
}

// output runs a program to its end and tells what it wrote, through a file and no pipe: the first program on a computer starts Wine's services,
// which would keep a pipe open for as long as anything runs.
func (c *Computer) output(cmd *exec.Cmd) ([]byte, error) {
	c.t.Helper()
	file, err := os.CreateTemp(os.Getenv(envRun), "output")
	if err != nil {
		c.t.Fatal(err)
	}
	defer file.Close()
	cmd.Stdout, cmd.Stderr = file, file
	runErr := cmd.Run()
	data, err := os.ReadFile(file.Name())
	if err := errors.Join(err, os.Remove(file.Name())); err != nil {
		c.t.Fatal(err)
	}
	return data, runErr
}

// MustRun runs a Windows program that has to end with 0.
func (c *Computer) MustRun(program string, args ...string) string {
	c.t.Helper()
	out, code := c.Run(program, args...)
	if code != 0 {
		c.t.Fatalf("%s %q ended with %d:\n%s", program, args, code, out)
	}
	return out
}

// console is the program that a console program is run through; built once.
func (c *Computer) console() string {
	c.t.Helper()
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
