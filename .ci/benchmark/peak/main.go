// Command peak runs a program and prints the most resident memory that it had, in bytes, and the processor time that it
// took, in nanoseconds. Linux counts the starter's memory for what it starts, up to the moment of the start: so the
// starter has to be small, and is a program of its own. A program that ends with more than 3, the last code that means
// no failure, is an error.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"syscall"
)

func main() {
	cmd := exec.Command(os.Args[1], os.Args[2:]...)
	cmd.Stdin, cmd.Stderr = os.Stdin, os.Stderr
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() > 3 || !exit.Exited()) {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	usage, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		fmt.Fprintln(os.Stderr, "this system does not tell a program's memory")
		os.Exit(1)
	}
	fmt.Println(usage.Maxrss<<10, usage.Utime.Nano()+usage.Stime.Nano())
}
