package disk

import (
	"errors"

	"golang.org/x/sys/unix"
)

const (
	searchOnly = unix.O_PATH // a folder may be passable and not readable
	holdOnly   = unix.O_PATH // a file may be renamed that cannot be read
)

// renameNew renames within the folder unless the new name is taken.
func renameNew(dir int, from, to string) error {
	err := unix.Renameat2(dir, from, dir, to, unix.RENAME_NOREPLACE)
	if errors.Is(err, unix.EINVAL) || errors.Is(err, unix.ENOSYS) {
		return linkNew(dir, from, to) // a file system (some of FUSE and NFS) that lacks the flag
	}
	return err
}
