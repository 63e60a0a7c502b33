package disk

import (
	"errors"
	"os"
	"strings"

	"golang.org/x/sys/windows"
)

// openStrictIn opens a file below root, refusing a link at every name on the way. Each folder passed is kept open
// without sharing its deletion, so that what was looked at is what the next name is opened in.
func openStrictIn(root folder, names []string, path string) (File, bool, error) {
	at := root.at
	for i, name := range names {
		at += `\` + name
		if i == len(names)-1 {
			f, shared, err := openLast(at, path)
			if err != nil {
				return nil, false, fail("open", path, err)
			}
			return opened{handle{f, path}}, shared, nil
		}
		pin, err := openPinned(at)
		if err != nil {
			return nil, false, fail("open", path, err)
		}
		defer windows.CloseHandle(pin) // nothing is written through it
	}
	return nil, false, fail("open", path, ErrIsFolder)
}

// openPinned opens a folder so that nobody can rename it, as far as rights and others allow, and refuses a link.
func openPinned(path string) (windows.Handle, error) {
	const held = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE
	tries := []struct{ access, share uint32 }{
		{windows.FILE_LIST_DIRECTORY | windows.FILE_READ_ATTRIBUTES, held},
		{windows.FILE_TRAVERSE | windows.FILE_READ_ATTRIBUTES, held},
		{windows.FILE_READ_ATTRIBUTES, shareAny},
	}
	var h windows.Handle
	var err error
	for _, try := range tries {
		h, err = openHandle(path, try.access, try.share, backupSemantics|openLink)
		if !errors.Is(err, windows.ERROR_ACCESS_DENIED) && !errors.Is(err, windows.ERROR_SHARING_VIOLATION) {
			break
		}
	}
	if err != nil {
		return 0, err
	}
	// Without this TestWindowsPassesNoJunctionWhenStrict fails, on a real Windows: Wine makes no junctions.
	if err := refuseLink(h); err != nil {
		return 0, errors.Join(err, windows.CloseHandle(h))
	}
	return h, nil
}

// openLast opens the file itself: others may only read it, or, where somebody already may do more, everything is
// shared.
func openLast(path, asked string) (f *os.File, shared bool, err error) {
	f, err = openItself(path, asked, ShareRead)
	if errors.Is(err, windows.ERROR_SHARING_VIOLATION) {
		f, err = openItself(path, asked, ShareNoLink)
		return f, true, err
	}
	return f, false, err
}

// openIn opens a file of the folder that others may go on writing, renaming and deleting, never through a link.
func (d folder) openIn(name, asked string) (*os.File, error) {
	return openItself(d.path(name), asked, ShareNoLink)
}

// openItself opens what stands under the path, and refuses a link there.
func openItself(path, asked string, share Share) (*os.File, error) {
	h, err := openHandle(path, windows.GENERIC_READ, shareMode(share), openLink)
	if err != nil {
		return nil, orFolder(path, err)
	}
	f, err := regular(h, asked)
	if err != nil {
		return nil, err
	}
	// Without this TestWindowsOpensNoLinkWhenStrict fails, on a real Windows: Wine makes no symbolic links.
	if err := refuseLink(h); err != nil {
		return nil, closeAnd(err, f)
	}
	return throughFilter(f, path, share)
}

// throughFilter opens a file with a reparse point that is no link (deduplicated, moved to a slower tier) a second time:
// opened as reparse point it would read as what is left on the disk.
func throughFilter(f *os.File, path string, share Share) (*os.File, error) {
	tag, err := reparseTag(windows.Handle(f.Fd()))
	if err != nil {
		return nil, closeAnd(err, f)
	}
	if tag == 0 {
		return f, nil
	}
	if share != ShareRead { // nobody may put a link in its place while it is opened a second time
		if err := f.Close(); err != nil {
			return nil, err
		}
		return openItself(path, f.Name(), ShareRead)
	}
	whole, err := openFile(path, f.Name(), ShareRead)
	if err != nil {
		return nil, closeAnd(err, f)
	}
	before, err1 := infoOf(f)
	now, err2 := infoOf(whole)
	if err = errors.Join(err1, err2); err == nil && before.ID != now.ID {
		err = ErrChanged
	}
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, closeAnd(err, whole)
	}
	return whole, nil
}

func refuseLink(h windows.Handle) error {
	link, err := isLink(h)
	if err == nil && link {
		err = ErrLink
	}
	return err
}

// isVolume reports whether a mount point's target is a volume as a whole, by its name and nothing behind it. A folder
// of a volume can be named in the same way, and then it is a junction like any other: every user can make one.
func isVolume(target string) bool {
	id, ok := strings.CutPrefix(target, `\??\Volume{`)
	if !ok {
		return false
	}
	_, behind, ok := strings.Cut(id, "}")
	return ok && (behind == "" || behind == `\`)
}
