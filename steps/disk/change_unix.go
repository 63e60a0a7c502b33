//go:build unix

package disk

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/unix"
)

// create makes a new file; O_EXCL refuses a link under the name as well.
func (d folder) create(name, asked string) (*os.File, error) {
	fd, err := d.openAt(name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_NOFOLLOW)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), asked), nil
}

func (d folder) rename(from, to string, same ID) error {
	held, err := d.hold(from, same)
	if err != nil {
		return err
	}
	defer held.close()
	if err := renameNew(d.fd(), from, to); err != nil {
		return err
	}
	// Between the comparison and the rename somebody can have put another file under the name: no call renames an
	// opened file here. So look at what was renamed, and give a stranger its name back.
	if now, err := d.stat(to); err != nil || now.ID != same {
		return errors.Join(ErrChanged, err, renameNew(d.fd(), to, from))
	}
	return d.flush()
}

// remove compares and then deletes by name. A file put under the name between the two is deleted in its stead: no call
// here deletes an opened file. Only who may write to the folder can do that, and the folders of marsfix are not for
// others.
func (d folder) remove(name string, same ID) error {
	held, err := d.hold(name, same)
	if err != nil {
		return err
	}
	defer held.close()
	return unix.Unlinkat(d.fd(), name, 0)
}

// hold opens the file, whatever it is, and compares. While it is open its number cannot be given to another file.
func (d folder) hold(name string, same ID) (folder, error) {
	fd, err := d.openAt(name, holdOnly|unix.O_NOFOLLOW|unix.O_NONBLOCK)
	if err != nil {
		return folder{}, d.strictCause(name, err)
	}
	held := folder{os.NewFile(uintptr(fd), name)}
	info, err := infoOf(held.f)
	if err == nil {
		err = checkSame(info, same)
	}
	if err != nil {
		return folder{}, closeAnd(err, held.f)
	}
	return held, nil
}

// flush writes the folder's entries to the disk.
func (d folder) flush() error {
	fd, err := d.openAt(".", unix.O_RDONLY|unix.O_DIRECTORY)
	if err != nil {
		return err
	}
	f := os.NewFile(uintptr(fd), ".")
	if err := f.Sync(); err != nil && !errors.Is(err, unix.EINVAL) { // EINVAL: this file system has no such call
		return closeAnd(err, f)
	}
	return f.Close()
}

func (d folder) makeFolder(name string) error { return unix.Mkdirat(d.fd(), name, 0o755) }

// kindOf is this package's cause for a system's error, nil where it has none.
func kindOf(err error) error {
	switch {
	case errors.Is(err, unix.ENOSPC), errors.Is(err, unix.EDQUOT):
		return ErrFull
	case errors.Is(err, unix.EISDIR):
		return ErrIsFolder
	case errors.Is(err, unix.ELOOP):
		return ErrLink
	case errors.Is(err, unix.ENOTDIR): // the path leads through a file: Windows says that it does not exist
		return fs.ErrNotExist
	}
	return nil
}
