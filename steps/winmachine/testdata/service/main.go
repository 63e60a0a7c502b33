//go:build windows

// Command service plays a service of the agent: it runs until it is told to stop, and does nothing.
package main

import (
	"fmt"
	"os"

	"golang.org/x/sys/windows/svc"
)

func main() {
	if err := svc.Run("", idle{}); err != nil { // the name is only looked at in a process with several services
		fmt.Fprintln(os.Stderr, "service:", err)
		os.Exit(70)
	}
}

type idle struct{}

func (idle) Execute(_ []string, requests <-chan svc.ChangeRequest, status chan<- svc.Status) (specific bool,
	code uint32) {
	status <- svc.Status{State: svc.Running, Accepts: svc.AcceptStop}
	for r := range requests {
		switch r.Cmd {
		case svc.Interrogate:
			status <- r.CurrentStatus
		case svc.Stop:
			return false, 0
		}
	}
	return false, 0
}
