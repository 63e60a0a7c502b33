//go:build linux

package winetest

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/charmbracelet/x/vt"
)

// Terminal is a console program in a terminal, its screen read as a person sees it.
type Terminal struct {
	c    *Computer
	name string // of the program's image
	cmd  *exec.Cmd
	tty  *os.File
	stop context.CancelFunc

	mu      sync.Mutex
	screen  *vt.Emulator
	written int
	changed chan struct{} // closed with the next output
	ended   chan struct{} // closed when the program has ended
	over    chan struct{} // closed when all its output is on the screen as well
	err     error         // how it ended, once it has
}

// Terminal starts a program in a terminal of so many columns and rows. It is not elevated.
func (c *Computer) Terminal(columns, rows int, program string, args ...string) *Terminal {
	c.t.Helper()
	return c.terminal("run", columns, rows, program, args)
}

// ElevatedTerminal is Terminal with an administrator's rights.
func (c *Computer) ElevatedTerminal(columns, rows int, program string, args ...string) *Terminal {
	c.t.Helper()
	return c.terminal("elevated", columns, rows, program, args)
}

func (c *Computer) terminal(how string, columns, rows int, program string, args []string) *Terminal {
	c.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	cmd := c.Command(ctx, c.console(), slices.Concat([]string{how, windowsPath(program)}, args)...)
	t := &Terminal{c: c, name: filepath.Base(strings.ReplaceAll(program, `\`, "/")), cmd: cmd, stop: stop, screen: vt.NewEmulator(columns, rows),
		changed: make(chan struct{}), ended: make(chan struct{}), over: make(chan struct{})}
	t.cmd.Env = append(t.cmd.Env, "TERM=xterm-256color")
	if err := t.open(columns, rows); err != nil {
		stop()
		c.t.Fatalf("cannot start %s in a terminal: %v", program, err)
	}
	replies := make(chan struct{})
	go func() { // what the terminal answers to the program's questions
		defer close(replies)
		_, _ = io.Copy(t.tty, t.screen) // it ends with the test
	}()
	go t.wait()
	go t.show()
	c.t.Cleanup(func() {
		stop()
		<-t.over
		if input, ok := t.screen.InputPipe().(io.Closer); ok {
			input.Close() // Emulator.Close would race with its Read
		}
		<-replies
		t.tty.Close()
	})
	return t
}

// show puts the program's output on the screen until there is no more.
func (t *Terminal) show() {
	buf := make([]byte, 32<<10)
	for {
		n, err := t.tty.Read(buf)
		if errors.Is(err, os.ErrDeadlineExceeded) { // also where there is something to be read: this test may have been kept waiting
			n, err = readNow(t.tty, buf)
		}
		t.mu.Lock()
		if n > 0 {
			_, _ = t.screen.Write(buf[:n]) // it takes everything
			t.written += n
			close(t.changed)
			t.changed = make(chan struct{})
		}
		t.mu.Unlock()
		if err != nil { // EIO: nobody has the other end any more; or there is nothing more when the time after the program's end is over
			break
		}
	}
	<-t.ended
	close(t.over)
}

// lastWords is how long output is still read when the program has ended: what it started may keep the terminal open for good.
const lastWords = 300 * time.Millisecond

// wait notes how the program ended.
func (t *Terminal) wait() {
	defer close(t.ended)
	t.err = t.cmd.Wait()
	if err := t.tty.SetReadDeadline(time.Now().Add(lastWords)); err != nil && t.err == nil {
		t.err = err
	}
}

// Type sends keys as the terminal sends them: "y", "\r" for Enter, "\x1b" for Esc. Wine's console loses Ctrl+C; see Interrupt.
func (t *Terminal) Type(keys string) {
	t.c.t.Helper()
	if _, err := t.tty.WriteString(keys); err != nil {
		t.c.t.Fatalf("cannot type %q: %v", keys, err)
	}
}

// Interrupt is the console's Ctrl+C.
func (t *Terminal) Interrupt() {
	t.c.t.Helper()
	t.c.MustRun(t.c.console(), "interrupt", t.name)
}

// Insist is Ctrl+C again and again, until the program has ended.
func (t *Terminal) Insist() {
	t.c.t.Helper()
	t.c.MustRun(t.c.console(), "insist", t.name)
}

// Close closes the console's window: its program is told, and has until its end to end by itself.
func (t *Terminal) Close() {
	t.c.t.Helper()
	t.c.MustRun(t.c.console(), "close", t.name)
}

// Kill ends the program as a power failure would.
func (t *Terminal) Kill() {
	t.c.t.Helper()
	t.c.MustRun("taskkill", "/F", "/IM", t.name)
}

// Resize makes the terminal larger or smaller, as a person does who drags its corner.
func (t *Terminal) Resize(columns, rows int) {
	t.c.t.Helper()
	t.mu.Lock()
	t.screen.Resize(columns, rows)
	t.mu.Unlock()
	if err := setSize(t.tty, columns, rows); err != nil {
		t.c.t.Fatalf("cannot resize the terminal: %v", err)
	}
	// Wine's console does not see a terminal's new size by itself.
	t.c.MustRun(t.c.console(), "resize", t.name, strconv.Itoa(columns), strconv.Itoa(rows))
}

// Screen is what stands on the screen, line by line.
func (t *Terminal) Screen() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.screen.String()
}

// Written is how many bytes the program has sent so far.
func (t *Terminal) Written() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.written
}

// WaitFor waits until all of the texts stand on the screen. The test fails with the screen as it is when that takes longer than
// limit, or when the program has ended without.
func (t *Terminal) WaitFor(limit time.Duration, texts ...string) string {
	t.c.t.Helper()
	return t.WaitUntil(limit, strings.Join(texts, " and "), func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

// WaitUntil waits until the screen is as wanted, what says in words.
func (t *Terminal) WaitUntil(limit time.Duration, what string, wanted func(screen string) bool) string {
	t.c.t.Helper()
	end := time.NewTimer(limit)
	defer end.Stop()
	for {
		t.mu.Lock()
		screen, changed := t.screen.String(), t.changed
		t.mu.Unlock()
		if wanted(screen) {
			return screen
		}
		select {
		case <-changed:
		case <-t.over:
			if screen := t.Screen(); wanted(screen) {
				return screen
			}
			t.c.t.Fatalf("the program ended without showing %s:\n%s", what, t.Screen())
		case <-end.C:
			t.c.t.Fatalf("%s not shown within %v:\n%s", what, limit, t.Screen())
		}
	}
}

// Wait waits for the program's end and tells its exit code.
func (t *Terminal) Wait(limit time.Duration) int {
	t.c.t.Helper()
	select {
	case <-t.over:
	case <-time.After(limit):
		t.c.t.Fatalf("the program has not ended within %v:\n%s", limit, t.Screen())
	}
	var exit *exec.ExitError
	if errors.As(t.err, &exit) {
		return exit.ExitCode()
	}
	if t.err != nil {
		t.c.t.Fatalf("the program ended badly: %v", t.err)
	}
	return 0
}
