//go:build linux || windows

package winetest

import (
	"errors"
	"os"
	"os/exec"
)

// Run runs a Windows program to its end and tells what it wrote and its exit code, of which Linux keeps the last eight
// bits.
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

// output runs a program to its end and tells what it wrote, through a file and no pipe: the first program on a computer
// starts Wine's services, which would keep a pipe open for as long as anything runs.
func (c *Computer) output(cmd *exec.Cmd) ([]byte, error) {
	c.t.Helper()
	file, err := os.CreateTemp("", "output")
	if err != nil {
		c.t.Fatal(err)
	}
	defer file.Close()
	cmd.Stdout, cmd.Stderr = file, file
	runErr := cmd.Run()
	data, err := os.ReadFile(file.Name())
	if err != nil {
		c.t.Fatal(err)
	}
	_ = os.Remove(file.Name()) // it cannot be on Windows as long as somebody has it, and lies among temporary files
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
