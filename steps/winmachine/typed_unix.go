//go:build unix && !linux

package winmachine

import "golang.org/x/sys/unix"

// What a terminal is asked for, tty(4).
const (
	getTermios = unix.TIOCGETA
	setTermios = unix.TIOCSETA
	unread     = 0x4004667F // FIONREAD
)

// forgetTyped is tcflush(3) of a terminal's input, with FREAD of <sys/fcntl.h>.
func forgetTyped(fd int) error { return unix.IoctlSetPointerInt(fd, unix.TIOCFLUSH, 1) }
