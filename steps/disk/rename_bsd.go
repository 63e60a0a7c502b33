//go:build unix && !linux

package disk

import "golang.org/x/sys/unix"

const (
	searchOnly = unix.O_RDONLY
	holdOnly   = unix.O_RDONLY
)

// renameNew renames within the folder unless the new name is taken.
func renameNew(dir int, from, to string) error { return linkNew(dir, from, to) }
