package disk

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// create makes a new file that others may read meanwhile. Opened as reparse point, a link under the name counts as
// taken; without that flag CREATE_NEW makes the file that a dangling link points to, which
// TestWindowsCreatesNothingThroughALink notices on a real Windows: Wine makes no symbolic links.
func (d folder) create(name, asked string) (*os.File, error) {
	h, err := windows.CreateFile(wide(d.path(name)), windows.GENERIC_WRITE|windows.FILE_READ_ATTRIBUTES,
		windows.FILE_SHARE_READ,
		nil, windows.CREATE_NEW, windows.FILE_ATTRIBUTE_NORMAL|openLink, 0)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(h), asked), nil
}

// rename goes through one handle: what was compared is what is renamed and flushed.
func (d folder) rename(from, to string, same ID) error {
	attributes, err := windows.GetFileAttributes(wide(d.path(from)))
	if err != nil {
		attributes = windows.FILE_ATTRIBUTE_NORMAL // opening it says why, or comes through in the end
	}
	access, flush := renameAccess(attributes)
	return d.onSame(from, same, access, windows.FILE_SHARE_READ, func(h windows.Handle) error {
		info := renameInfo(0, d.path(to))
		err := windows.SetFileInformationByHandle(h, windows.FileRenameInfo, &info[0], uint32(len(info)))
		if err != nil || !flush {
			return err
		}
		return windows.FlushFileBuffers(h)
	})
}

// renameAccess is what a file with these attributes has to be opened for. One that is read-only cannot be opened for
// writing, and only what is can be flushed; marsfix has written nothing into it.
func renameAccess(attributes uint32) (access uint32, flush bool) {
	access = windows.DELETE | windows.FILE_READ_ATTRIBUTES
	if attributes&windows.FILE_ATTRIBUTE_READONLY != 0 {
		return access, false
	}
	return access | windows.GENERIC_WRITE, true
}

func (d folder) remove(name string, same ID) error {
	const access = windows.DELETE | windows.FILE_READ_ATTRIBUTES
	return d.onSame(name, same, access, shareAny, disposed)
}

// onSame opens the file under the name, compares it and acts on the handle, again for a while when a virus scanner is
// at it.
func (d folder) onSame(name string, same ID, access, share uint32, act func(windows.Handle) error) error {
	return patiently(func() error {
		// With a link followed TestWindowsRemovesTheLinkItself would fail, on a real Windows: Wine makes no symbolic
		// links.
		h, err := openHandle(d.path(name), access, share, backupSemantics|openLink)
		if err != nil {
			return err
		}
		f := os.NewFile(uintptr(h), name)
		info, err := infoOf(f)
		if err == nil {
			err = checkSame(info, same)
		}
		if err == nil {
			err = act(h)
		}
		if err != nil {
			return closeAnd(err, f)
		}
		return f.Close()
	})
}

// patience is how long a scanner may hold a file that was just written, and how often that is tried again.
const (
	patience = 5 * time.Second
	pause    = 50 * time.Millisecond
)

func patiently(act func() error) error {
	for end := time.Now().Add(patience); ; time.Sleep(pause) {
		err := act()
		if !scannerAtIt(err) || time.Now().After(end) {
			return err
		}
	}
}

func scannerAtIt(err error) bool {
	return errors.Is(err, windows.ERROR_ACCESS_DENIED) || errors.Is(err, windows.ERROR_SHARING_VIOLATION) ||
		errors.Is(err, windows.ERROR_LOCK_VIOLATION)
}

func (d folder) makeFolder(name string) error {
	return windows.CreateDirectory(wide(d.path(name)), nil)
}

// kindOf is this package's cause for a system's error, nil where it has none.
func kindOf(err error) error {
	for _, k := range []struct{ system, kind error }{
		{windows.ERROR_SHARING_VIOLATION, ErrShared},
		{windows.ERROR_LOCK_VIOLATION, ErrShared},
		{windows.ERROR_ACCESS_DISABLED_BY_POLICY, ErrPolicy},             // 1260
		{windows.ERROR_ACCESS_DISABLED_NO_SAFER_UI_BY_POLICY, ErrPolicy}, // 786
		{windows.ERROR_SYSTEM_INTEGRITY_POLICY_VIOLATION, ErrIntegrity},  // 4551
		{windows.ERROR_DISK_FULL, ErrFull},
		{windows.ERROR_HANDLE_DISK_FULL, ErrFull},
		{windows.ERROR_DISK_QUOTA_EXCEEDED, ErrFull},
		{windows.ERROR_INVALID_NAME, ErrBadPath},
		{windows.ERROR_NOT_READY, ErrNoDrive},
		{windows.ERROR_INVALID_DRIVE, ErrNoDrive},
	} {
		if errors.Is(err, k.system) {
			return k.kind
		}
	}
	return nil
}
