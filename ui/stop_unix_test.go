//go:build unix

package ui_test

import (
	"context"
	"os"
	"os/exec"
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

// TestDiagnoseCanBeStopped holds that a signal to leave ends a look that takes long, and that its exit code is no
// verdict.
func TestDiagnoseCanBeStopped(t *testing.T) {
	t.Parallel()
	bin, err := build()
	if err != nil {
		t.Fatal(err)
	}
	dir := hugeLog(t)
	for _, sig := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(sig.String(), func(t *testing.T) {
			if signal.Ignored(sig) { // as in the background, where the program would be deaf to it from its start
				signal.Notify(make(chan os.Signal, 1), sig)
				t.Cleanup(func() { signal.Ignore(sig) })
			}
			for after := 50 * time.Millisecond; ; after *= 2 { // nobody tells when it listens
				if after > patience {
					t.Fatalf("%v ends it unheard, even after %v", sig, after/2)
				}
				said, state := stopped(t, sig, after, bin, "diagnose", "--line", "--root", dir)
				if ended, ok := state.Sys().(syscall.WaitStatus); ok && ended.Signaled() && ended.Signal() == sig {
					continue
				}
				if state.ExitCode() != steps.CodeLeft || !strings.HasPrefix(said, "error: stopped while looking: ") {
					t.Errorf("%v:\n%s", state, said)
				}
				return
			}
		})
	}
}

// stopped runs a program, sends it a signal after a while, and tells what it has said and how it ended.
func stopped(t *testing.T, sig syscall.Signal, after time.Duration, program string, args ...string) (string,
	*os.ProcessState) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, args...)
	var said strings.Builder
	cmd.Stdout = &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	time.Sleep(after)
	if err := cmd.Process.Signal(sig); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); cmd.ProcessState == nil || ctx.Err() != nil {
		t.Fatalf("it still looks after %v: %v", patience, err)
	}
	return said.String(), cmd.ProcessState
}
