//go:build unix

package ui_test

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"

	"marsfix/steps/walk/walktest"
	"marsfix/ui"
)

// patience is how long a terminal may take to show what is waited for.
const patience = 60 * time.Second

// terminal is marsfix in a real terminal, its screen read as a person sees it.
type terminal struct {
	t    *testing.T
	tty  *os.File
	cmd  *exec.Cmd
	done chan struct{}

	mu     sync.Mutex
	screen *vt.Emulator
	raw    strings.Builder
	fresh  chan struct{} // closed and renewed when something was drawn
}

// build makes the program, once for all tests that run it.
var build = sync.OnceValues(func() (bin string, err error) {
	built, err := os.MkdirTemp("", "marsfix-built-")
	if err != nil {
		return "", err
	}
	ui.AtEnd = func() error { return os.RemoveAll(built) }
	bin = filepath.Join(built, "marsfix")
	out, err := exec.Command("go", "build", "-o", bin, "marsfix").CombinedOutput()
	if err != nil {
		return "", &exec.Error{Name: string(out), Err: err}
	}
	return bin, nil
})

// open starts the program in a terminal of a size.
func open(t *testing.T, cols, rows int, args ...string) *terminal {
	t.Helper()
	return openTyped(t, cols, rows, "", args...)
}

// openTyped is open of a terminal at which something was typed before.
func openTyped(t *testing.T, cols, rows int, typed string, args ...string) *terminal {
	t.Helper()
	bin, err := build()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 4*patience)
	t.Cleanup(cancel)
	cmd := exec.CommandContext(ctx, bin, args...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "TMPDIR="+walktest.MemoryDir(t))
	tty, child, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	cmd.Stdin, cmd.Stdout, cmd.Stderr = child, child, child
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	_, err = tty.WriteString(typed)
	err = errors.Join(err, pty.Setsize(tty, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}), cmd.Start(),
		child.Close())
	if err != nil {
		t.Fatal(err)
	}
	tm := &terminal{t: t, tty: tty, cmd: cmd, done: make(chan struct{}), screen: vt.NewEmulator(cols, rows),
		fresh: make(chan struct{})}
	go tm.read()
	go tm.answer()
	t.Cleanup(func() {
		cancel()
		<-tm.done
		if input, ok := tm.screen.InputPipe().(io.Closer); ok {
			input.Close() // Emulator.Close would race with its Read
		}
		tm.tty.Close()
	})
	return tm
}

// read shows what the program draws.
func (tm *terminal) read() {
	defer close(tm.done)
	buf := make([]byte, 32<<10)
	for {
		n, err := tm.tty.Read(buf)
		tm.mu.Lock()
		tm.screen.Write(buf[:n])
		tm.raw.Write(buf[:n])
		close(tm.fresh)
		tm.fresh = make(chan struct{})
		tm.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// answer gives back what a terminal is asked by escape sequences.
func (tm *terminal) answer() {
	buf := make([]byte, 256)
	for {
		n, err := tm.screen.Read(buf)
		if err != nil {
			return
		}
		if _, err := tm.tty.Write(buf[:n]); err != nil {
			return
		}
	}
}

func (tm *terminal) text() (string, <-chan struct{}) {
	tm.mu.Lock()
	defer tm.mu.Unlock()
	return tm.screen.String(), tm.fresh
}

// until waits for a screen.
func (tm *terminal) until(what string, ok func(screen string) bool) string {
	tm.t.Helper()
	limit := time.After(patience)
	for {
		text, fresh := tm.text()
		if ok(text) {
			return text
		}
		select {
		case <-fresh:
		case <-limit:
			tm.t.Fatalf("waited for %s; the screen is\n%s", what, text)
		}
	}
}

func (tm *terminal) shows(pattern string) string {
	tm.t.Helper()
	re := regexp.MustCompile(pattern)
	return tm.until(pattern, re.MatchString)
}

func (tm *terminal) key(s string) {
	tm.t.Helper()
	if _, err := tm.tty.WriteString(s); err != nil {
		tm.t.Fatal(err)
	}
}

// resize changes the screen before it tells the program, which then draws for the new one.
func (tm *terminal) resize(cols, rows int) {
	tm.t.Helper()
	tm.mu.Lock()
	tm.screen.Resize(cols, rows)
	tm.mu.Unlock()
	if err := pty.Setsize(tm.tty, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}); err != nil {
		tm.t.Fatal(err)
	}
}

// exit waits for the program's end and tells its code.
func (tm *terminal) exit() int {
	tm.t.Helper()
	<-tm.done
	err := tm.cmd.Wait()
	if tm.cmd.ProcessState == nil {
		tm.t.Fatal(err)
	}
	return tm.cmd.ProcessState.ExitCode()
}

var footerKey = regexp.MustCompile(`(?m)^ (?:s [a-z0-9 ]+ {3})?(enter|y) [a-z]`)

// ready waits until the footer offers Enter or y, and tells which.
func (tm *terminal) ready(after string) (screen, key string) {
	tm.t.Helper()
	screen = tm.until("a footer with enter or y", func(s string) bool { return s != after && footerKey.MatchString(s) })
	return screen, footerKey.FindStringSubmatch(screen)[1]
}

func TestTheArticleInATerminal(t *testing.T) {
	t.Parallel()
	dir := walktest.MemoryDir(t)
	tm := open(t, 80, 24, "practice", "--keep", dir)
	keys, last := 0, ""
	seen := map[string]bool{}
	for !strings.Contains(last, "enter finish") {
		screen, key := tm.ready(last)
		step := regexp.MustCompile(`Step \d+ of 12`).FindString(screen)
		if step == "" {
			t.Fatalf("no step on\n%s", screen)
		}
		seen[step] = true
		keys++
		if keys > 20 {
			t.Fatalf("more than 20 keys; the screen is\n%s", screen)
		}
		tm.key(map[string]string{"enter": "\r", "y": "y"}[key])
		last = screen
	}
	if code := tm.exit(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if len(seen) != 12 {
		t.Errorf("saw %d steps", len(seen))
	}
	if _, err := os.Stat(filepath.Join(dir, "C", "Windows", "Installer", "7b5ea8.msi")); err != nil {
		t.Error(err)
	}
	tm.mu.Lock()
	defer tm.mu.Unlock()
	raw := tm.raw.String()
	if !strings.Contains(raw[strings.LastIndex(raw, "\x1b[?1049l")+1:], "upgraded and verified") {
		t.Errorf("no summary after the screen was given back")
	}
}

func TestQuitAndControlC(t *testing.T) {
	t.Parallel()
	for name, keys := range map[string][]string{"q and y": {"q", "y"}, "Ctrl+C and y": {"\x03", "y"},
		"Ctrl+C twice": {"\x03", "\x03"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tm := open(t, 80, 24, "practice")
			tm.shows(`enter next`)
			tm.key(keys[0])
			tm.shows(`Leave marsfix\?`)
			tm.key(keys[1])
			if code := tm.exit(); code != 3 {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

// TestSignals holds that SIGINT asks like Ctrl+C and that SIGTERM leaves without a question, with the terminal
// restored.
func TestSignals(t *testing.T) {
	t.Parallel()
	tm := open(t, 80, 24, "practice")
	tm.shows(`enter next`)
	if err := tm.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	tm.shows(`Leave marsfix\?`)
	if err := tm.cmd.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if code := tm.exit(); code != 3 {
		t.Errorf("exit code %d", code)
	}
	tm.mu.Lock()
	defer tm.mu.Unlock()
	if !strings.Contains(tm.raw.String(), "\x1b[?1049l") {
		t.Error("the screen was not given back")
	}
}

func TestTooSmallAWindowSaysSoAndWaits(t *testing.T) {
	t.Parallel()
	tm := open(t, 20, 5, "practice")
	tm.shows(`60x16`)
	tm.resize(80, 24)
	tm.shows(`Step 1 of 12`)
}
