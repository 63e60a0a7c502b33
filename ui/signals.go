package ui

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"marsfix/steps/screen"
)

// leaveSignals are how somebody at the keyboard (Ctrl+C), or the system (a closed console, a lost connection, an end of
// work), asks the program to leave.
var leaveSignals = []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP}

// Signals turns the signals to leave into events of a walk, until ctx ends.
func Signals(ctx context.Context) <-chan screen.Event {
	sig := make(chan os.Signal, 4)
	signal.Notify(sig, leaveSignals...)
	events := make(chan screen.Event, cap(sig))
	go func() {
		defer signal.Stop(sig)
		for {
			select {
			case <-ctx.Done():
				return
			case s := <-sig:
				var ev screen.Event = screen.Interrupt{}
				if s != os.Interrupt {
					ev = screen.Terminate{}
				}
				select {
				case events <- ev:
				case <-ctx.Done():
					return
				}
			}
		}
	}()
	return events
}

// Stoppable is a context that ends with the first signal to leave, for work that is no walk and has nobody to ask, or
// with ctx. Until ctx ends a second signal does nothing: it would kill in the midst of tidying up. The work does not
// wait for the signals to be asked for, nor for their being given back: both take as long as to search a megabyte.
func Stoppable(ctx context.Context) context.Context {
	work, end := context.WithCancel(ctx)
	go func() {
		signalled, stop := signal.NotifyContext(ctx, leaveSignals...)
		<-signalled.Done()
		end()
		<-ctx.Done()
		stop()
	}()
	return work
}
