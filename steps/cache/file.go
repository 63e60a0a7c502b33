package cache

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"marsfix/steps/disk"
	"marsfix/steps/msi"
)

// File is the state of one cached package or patch on the disk.
type File struct {
	Present bool
	Denied  bool   // access was denied
	Unseen  string // why else it could not be examined; no evidence either way
	Why     string // why Windows Installer will not take it; empty: it will, or nobody looked inside
}

// IsAbsent reports whether a name is known to be free; false also where that could not be examined.
func IsAbsent(d disk.Reader, path string) bool {
	_, err := d.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// Ask asks for one file; inside reports whether to look into it as Windows Installer would: its package or patch code
// must be readable and the registered one. A registration may name a share, whose server a look would tell who looks:
// only the computer's own drives are asked.
func Ask(d disk.Reader, path, code string, inside bool) File {
	var info disk.Info
	err := disk.OnOwnDrive(d, path)
	if err == nil {
		info, err = d.Stat(path)
	}
	switch {
	case errors.Is(err, fs.ErrPermission):
		return File{Denied: true}
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, disk.ErrBadPath):
		return File{}
	case err != nil:
		return File{Unseen: disk.Cause(err).Error()}
	case info.Dir:
		return File{Present: true, Why: "is a folder"}
	case !inside && info.Link:
		return askBehind(d, path)
	case !inside:
		return File{Present: true}
	}
	why, err := refusal(d, path, code)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return File{Present: !info.Link, Denied: true}
	case errors.Is(err, fs.ErrNotExist):
		return File{} // a link to nothing, or it has gone just now
	case err != nil:
		return File{Present: !info.Link, Unseen: disk.Cause(err).Error()}
	}
	return File{Present: true, Why: why}
}

// askBehind asks for the file to which a link leads: Windows Installer follows it. A link that leads out of the disk
// says nothing.
func askBehind(d disk.Reader, path string) File {
	file, err := d.Open(path, disk.ShareAll)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return File{Denied: true}
	case errors.Is(err, fs.ErrNotExist):
		return File{}
	case err != nil:
		return File{Unseen: disk.Cause(err).Error()}
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	return File{Present: true}
}

// refusal says why Windows Installer will not take the file at path, empty when it will. An error means that the file
// could not be examined.
func refusal(d disk.Reader, path, code string) (string, error) {
	file, info, err := disk.WithInfo(d.Open(path, disk.ShareAll))
	switch {
	case errors.Is(err, disk.ErrIsFolder), errors.Is(err, disk.ErrNotFile):
		return "cannot be opened: " + disk.Cause(err).Error(), nil
	case err != nil:
		return "", err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	kind := KindOf(path)
	has, err := kind.codeOf(file, info.Size)
	switch {
	case isDisks(err):
		return "", err
	case err != nil:
		return invalid(kind, err), nil
	case code != "" && !strings.EqualFold(has, code):
		return fmt.Sprintf("has %s code %s, registered is %s", kind, has, code), nil
	}
	return "", nil
}

// invalid says that a file is not what its name says, and what is wrong with it where it is a package at all.
func invalid(kind Kind, err error) string {
	says := fmt.Sprintf("is not a valid %s file", kind.Suffix())
	if !errors.Is(err, msi.ErrNotStorage) {
		says += ": " + err.Error()
	}
	return says
}

// isDisks reports whether an error comes from the disk, and not from what is in the file.
func isDisks(err error) bool {
	at := (*fs.PathError)(nil)
	return errors.As(err, &at)
}
