//go:build unix

package main

import (
	"context"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"marsfix/steps"
)

// hugeLog is a folder of collected logs that takes minutes to look through, and no room.
func hugeLog(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "OBPatch.log")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, 8<<30); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestDiagnoseCanBeStopped holds that a signal to leave ends a look that takes long, and that its exit code is no verdict.
func TestDiagnoseCanBeStopped(t *testing.T) {
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(sig.String(), func(t *testing.T) {
			kept := make(chan os.Signal, 1) // a signal that comes too soon must not end the test
			signal.Notify(kept, sig)
			defer signal.Stop(kept)
			out, err := os.CreateTemp(t.TempDir(), "out")
			if err != nil {
				t.Fatal(err)
			}
			defer out.Close()
			a := &app{ctx: context.Background(), in: os.Stdin, out: out, errOut: io.Discard}
			dir := hugeLog(t)
			ended := make(chan int, 1)
			go func() {
				code, err := a.dispatch([]string{"diagnose", "--line", "--root", dir})
				if err != nil {
					t.Error(err)
				}
				ended <- code
			}()
			tick := time.NewTicker(20 * time.Millisecond)
			defer tick.Stop()
			limit := time.After(patience)
			for {
				select {
				case <-tick.C: // nobody tells when it listens
					if err := syscall.Kill(os.Getpid(), sig); err != nil {
						t.Fatal(err)
					}
				case <-limit:
					t.Fatalf("it still looks after %v", patience)
				case code := <-ended:
					said, err := os.ReadFile(out.Name())
					if code != steps.CodeLeft || err != nil || !strings.HasPrefix(string(said), "error: stopped while looking: ") {
						t.Errorf("code %d, %v:\n%s", code, err, said)
					}
					return
				}
			}
		})
	}
}
