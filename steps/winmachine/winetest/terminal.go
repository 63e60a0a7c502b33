//go:build linux || windows

package winetest

import (
	"context"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
)

// back is what the program of a Terminal runs in: a terminal of Linux for Wine, a pseudo console on Windows. Its Read
// ends when the program has ended and all that it has written was read, its Write types keys as terminals send them.
type back interface {
	io.ReadWriteCloser
	resize(columns, rows int) error
	interrupt() error            // Ctrl+C
	wait() (code int, err error) // for the program's end
	end()                        // ends a program that still runs
}

// Terminal is a console program in a terminal, its screen read as a person sees it.
type Terminal struct {
	c    *Computer
	t    testing.TB
	back back

	mu      sync.Mutex
	screen  *vt.Emulator
	written int
	last    time.Time     // when something was written
	changed chan struct{} // closed with the next output
	over    chan struct{} // closed when the program has ended and all its output is on the screen
	code    int           // how it ended, once it has
	err     error
}

// Terminal starts a program in a terminal of so many columns and rows. It is not elevated.
func (c *Computer) Terminal(columns, rows int, program string, args ...string) *Terminal {
	c.t.Helper()
	return c.terminal(false, columns, rows, program, args)
}

// ElevatedTerminal is Terminal with an administrator's rights.
func (c *Computer) ElevatedTerminal(columns, rows int, program string, args ...string) *Terminal {
	c.t.Helper()
	return c.terminal(true, columns, rows, program, args)
}

func (c *Computer) terminal(elevated bool, columns, rows int, program string, args []string) *Terminal {
	c.t.Helper()
	b, err := c.open(elevated, columns, rows, program, args)
	if err != nil {
		c.t.Fatalf("cannot start %s in a terminal: %v", program, err)
	}
	t := &Terminal{c: c, t: c.t, back: b, screen: vt.NewEmulator(columns, rows), changed: make(chan struct{}),
		over: make(chan struct{}), last: time.Now()}
	replies := make(chan struct{})
	go func() { // what the terminal answers to the program's questions
		defer close(replies)
		_, _ = io.Copy(b, t.screen) // it ends with the test
	}()
	shown := make(chan struct{})
	go func() {
		defer close(shown)
		t.show()
	}()
	go func() {
		t.code, t.err = b.wait()
		<-shown
		close(t.over)
	}()
	c.t.Cleanup(func() {
		b.end()
		<-t.over
		if input, ok := t.screen.InputPipe().(io.Closer); ok {
			input.Close() // Emulator.Close would race with its Read
		}
		<-replies
		b.Close()
	})
	return t
}

// show puts the program's output on the screen until there is no more.
func (t *Terminal) show() {
	buf := make([]byte, 32<<10)
	for {
		n, err := t.back.Read(buf)
		t.mu.Lock()
		if n > 0 {
			_, _ = t.screen.Write(buf[:n]) // it takes everything
			t.written, t.last = t.written+n, time.Now()
			close(t.changed)
			t.changed = make(chan struct{})
		}
		t.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// Type sends keys as the terminal sends them: "y", "\r" for Enter, "\x1b" for Esc. Wine's console loses Ctrl+C; see
// Interrupt.
func (t *Terminal) Type(keys string) {
	t.t.Helper()
	if _, err := io.WriteString(t.back, keys); err != nil {
		t.t.Fatalf("cannot type %q: %v", keys, err)
	}
}

// Interrupt is the console's Ctrl+C.
func (t *Terminal) Interrupt() {
	t.t.Helper()
	t.can("interrupted", t.back.interrupt())
}

func (t *Terminal) can(what string, err error) {
	t.t.Helper()
	if err != nil {
		t.t.Fatalf("the program cannot be %s: %v", what, err)
	}
}

// Resize makes the terminal larger or smaller, as a person does who drags its corner.
func (t *Terminal) Resize(columns, rows int) {
	t.t.Helper()
	t.mu.Lock()
	t.screen.Resize(columns, rows)
	t.mu.Unlock()
	t.can("resized", t.back.resize(columns, rows))
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

// WaitFor waits until all of the texts stand on the screen. The test fails with the screen as it is when that takes
// longer than limit, or when the program has ended without.
func (t *Terminal) WaitFor(limit time.Duration, texts ...string) string {
	t.t.Helper()
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
	t.t.Helper()
	screen, ok := t.watch(limit, wanted)
	if ok {
		return screen
	}
	select {
	case <-t.over:
		t.t.Fatalf("the program ended without showing %s:\n%s", what, screen)
	default:
		t.t.Fatalf("%s not shown within %v:\n%s\n%s", what, limit, screen, t.stands())
	}
	return ""
}

// stands says what a screen does not: whether anything is still written to it, and what runs on the computer.
func (t *Terminal) stands() string {
	t.mu.Lock()
	since := time.Since(t.last)
	t.mu.Unlock()
	ctx, done := context.WithTimeout(context.Background(), 10*time.Second)
	defer done()
	running, err := t.c.output(t.c.Command(ctx, "tasklist"))
	return fmt.Sprintf("nothing was written to it for %v, and there run (%v)\n%s", since, err, running)
}

// Becomes reports whether the screen is as wanted within the limit, before the program has ended.
func (t *Terminal) Becomes(limit time.Duration, wanted func(screen string) bool) bool {
	_, ok := t.watch(limit, wanted)
	return ok
}

// watch tells the screen when it is as wanted, or as it is when the limit is over or the program has ended.
func (t *Terminal) watch(limit time.Duration, wanted func(screen string) bool) (screen string, ok bool) {
	end := time.NewTimer(limit)
	defer end.Stop()
	for {
		t.mu.Lock()
		screen, changed := t.screen.String(), t.changed
		t.mu.Unlock()
		if wanted(screen) {
			return screen, true
		}
		select {
		case <-changed:
			continue
		case <-t.over:
		case <-end.C:
		}
		screen = t.Screen()
		return screen, wanted(screen)
	}
}

// Wait waits for the program's end and tells its exit code.
func (t *Terminal) Wait(limit time.Duration) int {
	t.t.Helper()
	select {
	case <-t.over:
	case <-time.After(limit):
		t.t.Fatalf("the program has not ended within %v:\n%s", limit, t.Screen())
	}
	if t.err != nil {
		t.t.Fatalf("the program ended badly: %v", t.err)
	}
	return t.code
}
