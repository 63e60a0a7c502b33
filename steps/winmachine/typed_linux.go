package winmachine

import "golang.org/x/sys/unix"

// What a terminal is asked for, ioctl_tty(2).
const (
	getTermios = unix.TCGETS
	setTermios = unix.TCSETS
	unread     = unix.TIOCINQ
)

// forgetTyped is tcflush(3) of a terminal's input.
func forgetTyped(fd int) error { return unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCIFLUSH) }
