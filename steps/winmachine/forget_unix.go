//go:build unix && !linux

package winmachine

import "golang.org/x/sys/unix"

// forgetTyped is tcflush(3) of a terminal's input, with FREAD of <sys/fcntl.h>.
func forgetTyped(fd int) error { return unix.IoctlSetPointerInt(fd, unix.TIOCFLUSH, 1) }
