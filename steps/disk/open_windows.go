package disk

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

const (
	shareAny        = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE | windows.FILE_SHARE_DELETE
	openLink        = windows.FILE_FLAG_OPEN_REPARSE_POINT
	backupSemantics = windows.FILE_FLAG_BACKUP_SEMANTICS // without it CreateFile opens no folder
)

func openHandle(path string, access, share, flags uint32) (windows.Handle, error) {
	return windows.CreateFile(wide(path), access, share, nil, windows.OPEN_EXISTING, flags, 0)
}

func shareMode(s Share) uint32 {
	if s == ShareRead {
		return windows.FILE_SHARE_READ
	}
	return shareAny
}

// openFile opens a regular file for reading, following links.
func openFile(path, asked string, share Share) (*os.File, error) {
	h, err := openHandle(path, windows.GENERIC_READ, shareMode(share), 0)
	if err != nil {
		return nil, orFolder(path, err)
	}
	return regular(h, asked)
}

// orFolder tells a folder from a file that may not be read: CreateFile denies both.
func orFolder(path string, err error) error {
	if !errors.Is(err, windows.ERROR_ACCESS_DENIED) {
		return err
	}
	attributes, look := windows.GetFileAttributes(wide(path))
	if look == nil && attributes&windows.FILE_ATTRIBUTE_DIRECTORY != 0 {
		return cause{ErrIsFolder, err}
	}
	return err
}

// regular makes a file of a handle, or closes it where it is something else than a file on a disk.
func regular(h windows.Handle, asked string) (*os.File, error) {
	f := os.NewFile(uintptr(h), asked)
	kind, err := windows.GetFileType(h)
	if err == nil && kind != windows.FILE_TYPE_DISK {
		err = ErrNotFile
	}
	if err != nil {
		return nil, closeAnd(err, f)
	}
	return f, nil
}

// reopened opens the file again by its final path, with the share mode asked for, while f keeps it from going away
// unseen.
func reopened(f *os.File, share Share) (*os.File, error) {
	path, err := finalPath(f)
	if err != nil {
		return nil, closeAnd(err, f)
	}
	again, err := openFile(path, f.Name(), share)
	if err != nil {
		return nil, closeAnd(err, f)
	}
	if err := f.Close(); err != nil {
		return nil, closeAnd(err, again)
	}
	return again, nil
}

// finalPath is the path of an opened file with every link followed.
func finalPath(f *os.File) (string, error) {
	buf := make([]uint16, windows.MAX_PATH)
	for {
		n, err := windows.GetFinalPathNameByHandle(windows.Handle(f.Fd()), &buf[0], uint32(len(buf)), 0)
		if err != nil {
			return "", err
		}
		if int(n) < len(buf) {
			return windows.UTF16ToString(buf[:n]), nil
		}
		buf = make([]uint16, n+1)
	}
}
