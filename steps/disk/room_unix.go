//go:build unix && !openbsd && !netbsd

package disk

import "golang.org/x/sys/unix"

// roomAt is how many bytes this account can still write to the file system of an opened folder.
func roomAt(fd int) (uint64, error) {
	var st unix.Statfs_t
	if err := unix.Fstatfs(fd, &st); err != nil {
		return 0, err
	}
	// Where the count is signed it goes below zero once only root may write (FreeBSD: statfs(2)).
	return uint64(max(st.Bavail, 0)) * uint64(st.Bsize), nil
}
