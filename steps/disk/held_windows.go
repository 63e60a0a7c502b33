package disk

import (
	"encoding/binary"
	"errors"
	"os"
	"unicode/utf16"
	"unsafe"

	"golang.org/x/sys/windows"
)

// held is an opened folder; everything is done by name in it, relative to its handle, wherever its path leads
// meanwhile.
type held struct{ f *os.File }

// close cannot lose anything: nothing is written through a folder's handle.
func (d held) close() { _ = d.f.Close() }

// opening is how NtCreateFile is to open or make something,
// https://learn.microsoft.com/windows/win32/api/winternl/nf-winternl-ntcreatefile.
type opening struct {
	access, share, disposition, options uint32
	rights                              string // of what is made, as SDDL; empty: it inherits them
}

// openAt opens or makes a name in the folder, a link under it as such; the empty name is the folder itself.
func (d held) openAt(name string, o opening) (windows.Handle, error) {
	n, err := windows.NewNTUnicodeString(name)
	if err != nil {
		return 0, err
	}
	attributes := windows.OBJECT_ATTRIBUTES{RootDirectory: windows.Handle(d.f.Fd()), ObjectName: n,
		Attributes: windows.OBJ_CASE_INSENSITIVE}
	attributes.Length = uint32(unsafe.Sizeof(attributes))
	if o.rights != "" {
		if attributes.SecurityDescriptor, err = windows.SecurityDescriptorFromString(o.rights); err != nil {
			return 0, err
		}
	}
	const always = windows.FILE_SYNCHRONOUS_IO_NONALERT | windows.FILE_OPEN_REPARSE_POINT
	var h windows.Handle
	var status windows.IO_STATUS_BLOCK
	err = windows.NtCreateFile(&h, o.access|windows.SYNCHRONIZE|windows.FILE_READ_ATTRIBUTES, &attributes, &status, nil,
		windows.FILE_ATTRIBUTE_NORMAL, o.share, o.disposition, o.options|always, 0, 0)
	return h, plainError(err)
}

// plainError is the error that the calls above NT's give.
func plainError(err error) error {
	var status windows.NTStatus
	switch {
	case errors.Is(err, windows.STATUS_FILE_IS_A_DIRECTORY):
		return cause{ErrIsFolder, err}
	case errors.As(err, &status):
		return status.Errno()
	}
	return err
}

func (d held) stat(name string) (Info, error) {
	h, err := d.openAt(name,
		opening{access: windows.FILE_READ_ATTRIBUTES, share: shareAny, disposition: windows.FILE_OPEN})
	if err != nil {
		return Info{}, err
	}
	f := os.NewFile(uintptr(h), name)
	info, err := infoOf(f)
	return info, errors.Join(err, f.Close())
}

// entries lists the folder through a handle of its own, which remembers how far it was read.
func (d held) entries() ([]Info, error) {
	h, err := d.openAt("", opening{access: windows.FILE_LIST_DIRECTORY, share: shareAny, disposition: windows.FILE_OPEN,
		options: windows.FILE_DIRECTORY_FILE})
	if err != nil {
		return nil, err
	}
	f := os.NewFile(uintptr(h), d.f.Name())
	names, err := f.Readdirnames(-1)
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, err
	}
	return describe(names, d.stat)
}

func (d held) enter(name string) (held, error) {
	h, err := d.openAt(name, opening{access: holdFolder, share: shareHeld, disposition: windows.FILE_OPEN})
	return holding(h, err, name)
}

func (d held) makePrivate(name string, private bool) error {
	h, err := d.openAt(name, opening{access: windows.FILE_READ_ATTRIBUTES, share: shareAny,
		disposition: windows.FILE_CREATE, options: windows.FILE_DIRECTORY_FILE,
		rights: rightsFor(private, privateFolderRights)})
	if err != nil {
		return err
	}
	return windows.CloseHandle(h)
}

// rightsFor are the rights of what is made, none where it is to inherit them.
func rightsFor(private bool, rights string) string {
	if !private {
		return ""
	}
	return rights
}

// openIn opens a file that others may go on writing, renaming and deleting.
func (d held) openIn(name, asked string) (*os.File, error) {
	return d.fileIn(name, asked, opening{access: windows.GENERIC_READ, share: shareAny, disposition: windows.FILE_OPEN})
}

// createIn makes a new file that others may read meanwhile.
func (d held) createIn(name, asked string, private bool) (*os.File, error) {
	return d.fileIn(name, asked, opening{access: windows.GENERIC_WRITE, share: windows.FILE_SHARE_READ,
		disposition: windows.FILE_CREATE, rights: rightsFor(private, privateFileRights)})
}

// appendIn opens without the right to write data elsewhere than at the end: Windows itself then appends.
func (d held) appendIn(name, asked string, private bool) (*os.File, error) {
	return d.fileIn(name, asked, opening{access: windows.FILE_APPEND_DATA | windows.READ_CONTROL,
		share: windows.FILE_SHARE_READ, disposition: windows.FILE_OPEN_IF,
		rights: rightsFor(private, privateFileRights)})
}

// fileIn opens a regular file, never through a link.
func (d held) fileIn(name, asked string, o opening) (*os.File, error) {
	o.options = windows.FILE_NON_DIRECTORY_FILE
	h, err := d.openAt(name, o)
	if err != nil {
		return nil, err
	}
	f, err := regular(h, asked)
	if err != nil {
		return nil, err
	}
	// Without this TestWindowsTakesNoLinkForItsOwnFile fails, on a real Windows: Wine makes no symbolic links.
	if err := refuseLink(h); err != nil {
		return nil, closeAnd(err, f)
	}
	return f, nil
}

func (d held) remove(name string, same ID) error {
	return d.onSame(name, same, opening{access: windows.DELETE, options: windows.FILE_NON_DIRECTORY_FILE}, disposed)
}

func (d held) removeFolderIn(name string, same ID) error {
	return d.onSame(name, same, opening{access: windows.DELETE, options: windows.FILE_DIRECTORY_FILE}, disposed)
}

// rename gives a file another name in the folder, through the handle that was compared, and flushes it.
func (d held) rename(from, to string, same ID) error {
	o := opening{access: windows.DELETE | windows.GENERIC_WRITE, options: windows.FILE_NON_DIRECTORY_FILE}
	return d.onSame(from, same, o, func(h windows.Handle) error {
		info := renameInfo(windows.Handle(d.f.Fd()), to)
		var status windows.IO_STATUS_BLOCK
		err := windows.NtSetInformationFile(h, &status, &info[0], uint32(len(info)), windows.FileRenameInformation)
		if err != nil {
			return plainError(err)
		}
		return windows.FlushFileBuffers(h)
	})
}

// onSame opens what stands under the name, compares it and acts on the handle, again for a while when a virus scanner
// is at it.
func (d held) onSame(name string, same ID, o opening, act func(windows.Handle) error) error {
	o.share, o.disposition = shareAny, windows.FILE_OPEN
	return patiently(func() error {
		h, err := d.openAt(name, o)
		if err != nil {
			return err
		}
		f := os.NewFile(uintptr(h), name)
		info, err := infoOf(f)
		switch {
		case err != nil:
		// a link: TestWindowsTakesNoJunctionForItsOwn notices, on a real Windows
		case same == ID{} || info.ID != same || info.Link:
			err = ErrChanged
		default:
			err = act(h)
		}
		if err != nil {
			return closeAnd(err, f)
		}
		return f.Close()
	})
}

// disposed deletes what was opened, when the last handle on it is closed.
func disposed(h windows.Handle) error {
	deleteFile := byte(1) // FILE_DISPOSITION_INFO
	return windows.SetFileInformationByHandle(h, windows.FileDispositionInfo, &deleteFile, 1)
}

// renameInfo is FILE_RENAME_INFO with ReplaceIfExists false. Without a root its name is a whole path, with one a name
// in that folder, https://learn.microsoft.com/windows/win32/api/winbase/ns-winbase-file_rename_info.
func renameInfo(root windows.Handle, path string) []byte {
	name := utf16.Encode([]rune(path))
	const (
		rootAt   = unsafe.Sizeof(uintptr(0)) // behind the flag, padded
		lengthAt = 2 * rootAt
	)
	info := make([]byte, int(lengthAt)+4+2*len(name)+2)
	binary.NativeEndian.PutUint64(info[rootAt:], uint64(root))
	binary.LittleEndian.PutUint32(info[lengthAt:], uint32(2*len(name)))
	for i, unit := range name {
		binary.LittleEndian.PutUint16(info[int(lengthAt)+4+2*i:], unit)
	}
	return info
}
