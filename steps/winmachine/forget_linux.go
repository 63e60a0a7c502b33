package winmachine

import "golang.org/x/sys/unix"

// forgetTyped is tcflush(3) of a terminal's input.
func forgetTyped(fd int) error { return unix.IoctlSetInt(fd, unix.TCFLSH, unix.TCIFLUSH) }
