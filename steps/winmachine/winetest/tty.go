//go:build linux

package winetest

import (
	"errors"
	"io"
	"os"
	"syscall"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// open starts the program with a terminal that hands on every key as it is typed and changes nothing that is written, as Windows'
// consoles do. Only Ctrl+C becomes SIGINT, which Wine makes the console event: of the key itself its console says nothing.
func (t *Terminal) open(columns, rows int) error {
	tty, other, err := openPair()
	if err != nil {
		return err
	}
	defer other.Close() // the program has its own
	t.tty = tty
	if err := rawButSignals(int(other.Fd())); err != nil {
		return errors.Join(err, tty.Close())
	}
	if err := setSize(tty, columns, rows); err != nil {
		return errors.Join(err, tty.Close())
	}
	t.cmd.Stdin, t.cmd.Stdout, t.cmd.Stderr = other, other, other
	t.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := t.cmd.Start(); err != nil {
		return errors.Join(err, tty.Close())
	}
	return nil
}

// openPair opens a terminal's two sides. pty.Open leaves its own side blocking, and then no deadline ends a Read: a program that was
// started in the terminal and lives on would keep the test for ever.
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
