//go:build unix

package disk

import "golang.org/x/sys/unix"

// linkNew gives the file its second name, which never replaces, and takes the first away. Stopped in between it leaves
// both.
func linkNew(dir int, from, to string) error {
	if err := unix.Linkat(dir, from, dir, to, 0); err != nil {
		return err
	}
	return unix.Unlinkat(dir, from, 0)
}
