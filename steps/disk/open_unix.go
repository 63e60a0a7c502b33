//go:build unix

package disk

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// A pipe or a device must not hold us up: it is opened without waiting, then refused.
const readFlags = unix.O_RDONLY | unix.O_NONBLOCK | unix.O_NOCTTY

// openFile opens a regular file for reading, following links.
func openFile(path, asked string) (*os.File, error) {
	fd, err := retried(func() (int, error) { return unix.Open(path, readFlags|unix.O_CLOEXEC, 0) })
	if err != nil {
		return nil, err
	}
	return regular(fd, asked)
}

// reopened is f itself, once it is known to be a regular file: there are no share modes here.
func reopened(f *os.File, _ Share) (*os.File, error) {
	if err := checkRegular(int(f.Fd())); err != nil {
		return nil, closeAnd(err, f)
	}
	return f, nil
}

// regular makes a file of a descriptor, or closes it where it is something else than a regular file.
func regular(fd int, asked string) (*os.File, error) {
	err := checkRegular(fd)
	if err == nil {
		err = unix.SetNonblock(fd, false)
	}
	f := os.NewFile(uintptr(fd), asked)
	if err != nil {
		return nil, closeAnd(err, f)
	}
	return f, nil
}

func checkRegular(fd int) error {
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return err
	}
	switch uint32(st.Mode) & unix.S_IFMT {
	case unix.S_IFREG:
		return nil
	case unix.S_IFDIR:
		return ErrIsFolder
	}
	return ErrNotFile
}

// openStrictIn opens a regular file below root, which it closes, refusing a link at every name on the way. Nothing
// denies writing to others here; what counts is that the opened file is the one that every check looks at.
func openStrictIn(root folder, names []string, path string) (File, bool, error) {
	dir := root
	defer func() { dir.close() }()
	if len(names) == 0 {
		return nil, false, fail("open", path, ErrIsFolder)
	}
	last := len(names) - 1
	for _, name := range names[:last] {
		fd, err := dir.openAt(name, searchOnly|unix.O_DIRECTORY|unix.O_NOFOLLOW)
		if err != nil {
			return nil, false, fail("open", path, dir.strictCause(name, err))
		}
		dir.close()
		dir = folder{os.NewFile(uintptr(fd), name)}
	}
	fd, err := dir.openAt(names[last], readFlags|unix.O_NOFOLLOW)
	if err != nil {
		return nil, false, fail("open", path, dir.strictCause(names[last], err))
	}
	f, err := regular(fd, path)
	if err != nil {
		return nil, false, fail("open", path, err)
	}
	return opened{handle{f, path}}, false, nil
}

// strictCause tells a link from a file in the way: O_DIRECTORY with O_NOFOLLOW answers ENOTDIR for both.
func (d folder) strictCause(name string, err error) error {
	if errors.Is(err, unix.ELOOP) {
		return cause{ErrLink, err}
	}
	if errors.Is(err, unix.ENOTDIR) {
		if info, look := d.stat(name); look == nil && info.Link {
			return cause{ErrLink, err}
		}
	}
	return err
}
