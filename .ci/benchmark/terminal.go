package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
)

// patience is how long a terminal may take to show what is waited for.
const patience = 30 * time.Second

// terminal is a program in a pseudo terminal. What it writes is noted with the time at which it could be read, and
// shown on an emulated screen apart from that, so that the emulation is in no measured time.
type terminal struct {
	cmd     *exec.Cmd
	tty     *os.File
	started time.Time
	screen  *vt.Emulator
	shown   int       // pieces that are on the screen
	last    time.Time // when the last of them could be read

	mu     sync.Mutex
	pieces []piece
	ended  bool
	fresh  chan struct{}
}

type piece struct {
	at   time.Time
	data []byte
}

func open(cols, rows int, temp string, args ...string) (*terminal, error) {
	tty, end, err := pty.Open()
	if err != nil {
		return nil, err
	}
	if err := pty.Setsize(tty, &pty.Winsize{Cols: uint16(cols), Rows: uint16(rows)}); err != nil {
		return nil, err
	}
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Env = append(os.Environ(), "TERM=xterm-256color", "TMPDIR="+temp)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = end, end, end
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	t := &terminal{cmd: cmd, tty: tty, screen: vt.NewEmulator(cols, rows), fresh: make(chan struct{}, 1)}
	go io.Copy(io.Discard, t.screen) // its own answers: read answers sooner
	t.started = time.Now()
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	go t.read()
	return t, end.Close()
}

// read notes what is written and answers what a terminal is asked: its background colour and where the cursor is.
func (t *terminal) read() {
	buf := make([]byte, 64<<10)
	for {
		n, err := t.tty.Read(buf)
		at := time.Now()
		data := bytes.Clone(buf[:n])
		if bytes.Contains(data, []byte("\x1b]11;?")) {
			t.tty.WriteString("\x1b]11;rgb:0000/0000/0000\x1b\\")
		}
		if bytes.Contains(data, []byte("\x1b[6n")) {
			t.tty.WriteString("\x1b[1;1R")
		}
		t.mu.Lock()
		if n > 0 {
			t.pieces = append(t.pieces, piece{at, data})
		}
		t.ended = err != nil
		t.mu.Unlock()
		select {
		case t.fresh <- struct{}{}:
		default:
		}
		if err != nil {
			return
		}
	}
}

// count is how many pieces were written so far.
func (t *terminal) count() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return len(t.pieces)
}

// bytesSince is how much was written since a piece.
func (t *terminal) bytesSince(from int) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := 0
	for _, p := range t.pieces[from:] {
		n += len(p.data)
	}
	return n
}

// until waits until the screen is as wanted, and tells when the piece that made it so could be read.
func (t *terminal) until(what string, ok func(screen string) bool) (time.Time, error) {
	limit := time.After(patience)
	for {
		if ok(t.screen.String()) {
			return t.last, nil
		}
		t.mu.Lock()
		pieces, ended := t.pieces[t.shown:], t.ended
		t.mu.Unlock()
		if len(pieces) > 0 {
			t.shown++
			t.last = pieces[0].at
			t.screen.Write(pieces[0].data)
			continue
		}
		if ended {
			return time.Time{}, fmt.Errorf("waited for %s, but the program ended; the screen is\n%s", what,
				t.screen.String())
		}
		select {
		case <-t.fresh:
		case <-limit:
			return time.Time{}, fmt.Errorf("waited for %s; the screen is\n%s", what, t.screen.String())
		}
	}
}

// shows waits until all texts are on the screen.
func (t *terminal) shows(texts ...string) (time.Time, error) {
	return t.until(strings.Join(texts, ", "), func(screen string) bool {
		for _, text := range texts {
			if !strings.Contains(screen, text) {
				return false
			}
		}
		return true
	})
}

func (t *terminal) key(s string) error {
	_, err := t.tty.WriteString(s)
	return err
}

// press waits for a screen and then presses a key, again and again: pairs of a text and a key.
func (t *terminal) press(pairs ...string) error {
	for i := 0; i+1 < len(pairs); i += 2 {
		if _, err := t.shows(pairs[i]); err != nil {
			return err
		}
		if err := t.key(pairs[i+1]); err != nil {
			return err
		}
	}
	return nil
}

// quiet waits until nothing has been written for a while, and tells when the last piece was.
func (t *terminal) quiet(d time.Duration) time.Time {
	timer := time.NewTimer(d)
	for {
		select {
		case <-t.fresh:
			timer.Reset(d)
		case <-timer.C:
			t.mu.Lock()
			defer t.mu.Unlock()
			return t.pieces[len(t.pieces)-1].at
		}
	}
}

// cpu is the time that the program's threads have run, from the scheduler's own count.
func (t *terminal) cpu() (time.Duration, error) {
	files, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", t.cmd.Process.Pid))
	if err != nil || len(files) == 0 {
		return 0, errors.Join(err, errors.New("this system tells no running times of threads"))
	}
	var sum time.Duration
	for _, name := range files {
		text, err := os.ReadFile(name)
		if errors.Is(err, os.ErrNotExist) {
			continue // the thread has ended meanwhile
		}
		if err != nil {
			return 0, err
		}
		n, err := strconv.ParseInt(strings.Fields(string(text))[0], 10, 64)
		if err != nil {
			return 0, fmt.Errorf("%s: %w", name, err)
		}
		sum += time.Duration(n)
	}
	return sum, nil
}

// close ends the program in good order: it deletes what it made.
func (t *terminal) close() error {
	err := t.cmd.Process.Signal(syscall.SIGTERM)
	kill := time.AfterFunc(patience, func() { t.cmd.Process.Kill() })
	defer kill.Stop()
	var exit *exec.ExitError
	if werr := t.cmd.Wait(); werr != nil && !errors.As(werr, &exit) {
		err = errors.Join(err, werr)
	}
	return errors.Join(err, t.screen.Close(), t.tty.Close())
}
