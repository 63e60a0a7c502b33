//go:build linux

package winetest

import (
	"errors"
	"syscall"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// open starts the program with a terminal that hands on every key as it is typed and changes nothing that is written, as Windows'
// consoles do. Only Ctrl+C becomes SIGINT, which Wine makes the console event: of the key itself its console says nothing.
func (t *Terminal) open(size *pty.Winsize) error {
	tty, other, err := pty.Open()
	if err != nil {
		return err
	}
	defer other.Close() // the program has its own
	t.tty = tty
	if err := rawButSignals(int(other.Fd())); err != nil {
		return errors.Join(err, tty.Close())
	}
	if err := pty.Setsize(tty, size); err != nil {
		return errors.Join(err, tty.Close())
	}
	t.cmd.Stdin, t.cmd.Stdout, t.cmd.Stderr = other, other, other
	t.cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := t.cmd.Start(); err != nil {
		return errors.Join(err, tty.Close())
	}
	return nil
}

func size(columns, rows int) *pty.Winsize {
	return &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)}
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
