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
	"syscall"
	"time"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// tty is a terminal of this machine with a Windows program in it. It hands on every key as it is typed and changes
// nothing that is written, as Windows' consoles do. Only Ctrl+C becomes SIGINT, which Wine makes the console event: of
// the key itself its console says nothing.
type tty struct {
	*os.File
	c    *Computer
	name string // of the program's image
	cmd  *exec.Cmd
	stop context.CancelFunc
}

// open starts a program in a terminal.
func (c *Computer) open(elevated bool, columns, rows int, program string, args []string) (back, error) {
	how := "run"
	if elevated {
		how = "elevated"
	}
	ctx, stop := context.WithCancel(context.Background())
	cmd := c.Command(ctx, c.console(), slices.Concat([]string{how, windowsPath(program)}, args)...)
	cmd.Env = append(cmd.Env, "TERM=xterm-256color")
	own, err := startIn(cmd, columns, rows)
	if err != nil {
		stop()
		return nil, err
	}
	return &tty{own, c, filepath.Base(strings.ReplaceAll(program, `\`, "/")), cmd, stop}, nil
}

// startIn starts a command in a new terminal and tells the side that is not its own.
func startIn(cmd *exec.Cmd, columns, rows int) (*os.File, error) {
	own, other, err := openPair()
	if err != nil {
		return nil, err
	}
	defer other.Close() // the program has its own
	cmd.Stdin, cmd.Stdout, cmd.Stderr = other, other, other
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	err = rawButSignals(int(other.Fd()))
	if err == nil {
		err = setSize(own, columns, rows)
	}
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		return nil, errors.Join(err, own.Close())
	}
	return own, nil
}

// Read ends with EIO when nobody has the other end any more, or when there is nothing more and the time after the
// program's end is over.
func (t *tty) Read(buf []byte) (int, error) {
	n, err := t.File.Read(buf)
	// also where there is something to be read: this test may have been kept waiting
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return readNow(t.File, buf)
	}
	return n, err
}

// lastWords is how long output is still read when the program has ended: what it started may keep the terminal open for
// good.
const lastWords = 300 * time.Millisecond

func (t *tty) wait() (code int, err error) {
	err = t.cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code, err = exit.ExitCode(), nil
	}
	return code, errors.Join(err, t.SetReadDeadline(time.Now().Add(lastWords)))
}

func (t *tty) end() { t.stop() }

func (t *tty) interrupt() error { return t.console("interrupt") }

// Insist is Ctrl+C again and again, until the program has ended.
func (t *Terminal) Insist() {
	t.t.Helper()
	t.can("interrupted", t.back.(*tty).console("insist"))
}

// Close closes the console's window: its program is told, and has until its end to end by itself.
func (t *Terminal) Close() {
	t.t.Helper()
	t.can("closed", t.back.(*tty).console("close"))
}

// Kill ends the program as a power failure would.
func (t *Terminal) Kill() {
	t.t.Helper()
	own := t.back.(*tty)
	t.can("killed", own.c.does("taskkill", "/F", "/IM", own.name))
}

// resize tells Wine's console as well, which does not see a terminal's new size by itself.
func (t *tty) resize(columns, rows int) error {
	if err := setSize(t.File, columns, rows); err != nil {
		return err
	}
	return t.console("resize", strconv.Itoa(columns), strconv.Itoa(rows))
}

// console does to the program what a person does to its window.
func (t *tty) console(what string, args ...string) error {
	return t.c.does(t.c.console(), slices.Concat([]string{what, t.name}, args)...)
}

// openPair opens a terminal's two sides. pty.Open leaves its own side blocking, and then no deadline ends a Read: a
// program that was started in the terminal and lives on would keep the test for ever.
func openPair() (tty, other *os.File, err error) {
	blocking, other, err := pty.Open()
	if err != nil {
		return nil, nil, err
	}
	defer blocking.Close() // what is returned is a duplicate
	fd, err := unix.FcntlInt(blocking.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, nil, errors.Join(err, other.Close())
	}
	if err := unix.SetNonblock(fd, true); err != nil {
		return nil, nil, errors.Join(err, unix.Close(fd), other.Close())
	}
	return os.NewFile(uintptr(fd), blocking.Name()), other, nil
}

// setSize tells a terminal its size. (pty.Setsize would make it blocking again.)
func setSize(tty *os.File, columns, rows int) error {
	conn, err := tty.SyscallConn()
	if err != nil {
		return err
	}
	var failed error
	err = conn.Control(func(fd uintptr) {
		failed = unix.IoctlSetWinsize(int(fd), unix.TIOCSWINSZ, &unix.Winsize{Col: uint16(columns), Row: uint16(rows)})
	})
	return errors.Join(err, failed)
}

// readNow reads what is there, whatever the deadline, and waits for nothing.
func readNow(tty *os.File, buf []byte) (n int, err error) {
	conn, err := tty.SyscallConn()
	if err != nil {
		return 0, err
	}
	var failed error
	err = conn.Control(func(fd uintptr) { n, failed = unix.Read(int(fd), buf) })
	if n <= 0 && err == nil && failed == nil {
		failed = io.EOF
	}
	return max(n, 0), errors.Join(err, failed)
}

func rawButSignals(fd int) error {
	mode, err := unix.IoctlGetTermios(fd, unix.TCGETS)
	if err != nil {
		return err
	}
	mode.Iflag &^= unix.ICRNL | unix.INLCR | unix.IGNCR | unix.IXON | unix.ISTRIP | unix.BRKINT
	mode.Oflag &^= unix.OPOST
	mode.Lflag &^= unix.ICANON | unix.ECHO | unix.IEXTEN
	return unix.IoctlSetTermios(fd, unix.TCSETS, mode)
}
