//go:build unix

package ui

import (
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// terminal is a child in a terminal that a test sees as a person would.
type terminal struct {
	t       *testing.T
	pty     *os.File
	cmd     *exec.Cmd
	mu      sync.Mutex
	emu     *vt.Emulator
	written int
	changed chan struct{} // gets one when something was written
	ended   chan error
}

func play(t *testing.T, name string, w, h int) *terminal {
	t.Helper()
	x := &terminal{t: t, emu: vt.NewEmulator(w, h), changed: make(chan struct{}, 1), ended: make(chan error, 1)}
	x.cmd = exec.Command(os.Args[0])
	x.cmd.Env = append(os.Environ(), childEnv+"="+name, "TERM=xterm-256color")
	var err error
	if x.pty, err = pty.StartWithSize(x.cmd, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		t.Fatal(err)
	}
	go x.answer()
	go x.read()
	t.Cleanup(func() {
		_ = x.cmd.Process.Kill() // it may have ended long ago
		<-x.ended
		x.pty.Close()
	})
	return x
}

// answer sends what a terminal answers when it is asked about itself.
func (x *terminal) answer() {
	b := make([]byte, 256)
	for {
		n, err := x.emu.Read(b)
		if err != nil {
			return
		}
		if _, err := x.pty.Write(b[:n]); err != nil {
			return
		}
	}
}

func (x *terminal) read() {
	b := make([]byte, 1<<16)
	for {
		n, err := x.pty.Read(b)
		x.mu.Lock()
		if _, werr := x.emu.Write(b[:n]); werr != nil {
			x.t.Error(werr)
		}
		x.written += n
		x.mu.Unlock()
		select {
		case x.changed <- struct{}{}:
		default:
		}
		if err != nil {
			x.ended <- x.cmd.Wait()
			close(x.ended)
			return
		}
	}
}

func (x *terminal) screen() (text string, written int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.emu.String(), x.written
}

// until waits for a text on the screen.
func (x *terminal) until(want string) {
	x.t.Helper()
	x.untilSo(want, func(s string) bool { return strings.Contains(s, want) })
}

func (x *terminal) untilSo(what string, so func(string) bool) {
	x.t.Helper()
	limit := time.After(20 * time.Second)
	for {
		text, _ := x.screen()
		if so(text) {
			return
		}
		select {
		case <-x.changed:
		case <-limit:
			x.t.Fatalf("never came: %s\n%s", what, text)
		}
	}
}

func (x *terminal) send(keys string) {
	x.t.Helper()
	if _, err := x.pty.WriteString(keys); err != nil {
		x.t.Fatal(err)
	}
}

// pace lets the time pass that a person leaves between two keys. It is what is tested and can be awaited by nothing
// that is shown.
func (x *terminal) pace() { time.Sleep(2 * alone) }

// code waits for the child's end.
func (x *terminal) code() int {
	x.t.Helper()
	select {
	case <-x.ended:
		return x.cmd.ProcessState.ExitCode()
	case <-time.After(20 * time.Second):
		text, _ := x.screen()
		x.t.Fatalf("it does not end:\n%s", text)
		return -1
	}
}

func (x *terminal) resize(w, h int) {
	x.t.Helper()
	x.mu.Lock()
	x.emu.Resize(w, h)
	x.mu.Unlock()
	if err := pty.Setsize(x.pty, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)}); err != nil {
		x.t.Fatal(err)
	}
}
