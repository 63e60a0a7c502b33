package disk

import (
	"errors"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// mappedRights tells that the rights of a mapped disk's files are not looked at: here they are the host's own.
const mappedRights = false

// guarded judges the folder under the path, behind a link where one stands there.
func (d folder) guarded() error {
	h, err := openHandle(d.root(), windows.READ_CONTROL|windows.FILE_READ_ATTRIBUTES, shareAny, backupSemantics)
	if err != nil {
		return err
	}
	f := os.NewFile(uintptr(h), d.at)
	return closeAnd(checkPrivate(f), f)
}

// makePrivate makes the folder with its rights in one call, or with those that it inherits.
func (d folder) makePrivate(name string, private bool) error {
	if !private {
		return d.makeFolder(name)
	}
	sd, err := windows.SecurityDescriptorFromString(privateFolderRights)
	if err != nil {
		return err
	}
	attributes := &windows.SecurityAttributes{SecurityDescriptor: sd}
	attributes.Length = uint32(unsafe.Sizeof(*attributes))
	return windows.CreateDirectory(wide(d.path(name)), attributes)
}

// enter opens a folder, never through a link, and holds it: nobody can rename or remove it meanwhile.
func (d folder) enter(name string) (held, error) {
	h, err := openHandle(d.path(name), holdFolder, shareHeld, backupSemantics|openLink)
	return holding(h, err, name)
}

const (
	holdFolder = windows.FILE_LIST_DIRECTORY | windows.FILE_TRAVERSE | windows.READ_CONTROL |
		windows.FILE_READ_ATTRIBUTES | windows.SYNCHRONIZE
	shareHeld = windows.FILE_SHARE_READ | windows.FILE_SHARE_WRITE
)

// holding takes an opened handle over, if it is that of a real folder.
func holding(h windows.Handle, err error, name string) (held, error) {
	if err != nil {
		return held{}, err
	}
	f := os.NewFile(uintptr(h), name)
	info, err := infoOf(f)
	switch {
	case err != nil:
	case info.Link: // TestWindowsTakesNoJunctionForItsOwn notices, on a real Windows: Wine makes no junctions
		err = &NotPrivateError{Flaw: FolderLink}
	case !info.Dir:
		err = &NotPrivateError{Flaw: NotFolder}
	default:
		return held{f}, nil
	}
	return held{}, closeAnd(err, f)
}

// rightsOf reads owner and list of rights of an opened file or folder.
func rightsOf(f *os.File) (rights, error) {
	const asked = windows.OWNER_SECURITY_INFORMATION | windows.DACL_SECURITY_INFORMATION
	sd, err := windows.GetSecurityInfo(windows.Handle(f.Fd()), windows.SE_FILE_OBJECT, asked)
	if err != nil {
		return rights{}, err
	}
	return rightsIn(sd)
}

// rightsIn takes a security descriptor apart.
func rightsIn(sd *windows.SECURITY_DESCRIPTOR) (rights, error) {
	owner, _, err := sd.Owner()
	if err != nil {
		return rights{}, err
	}
	r := rights{owner: owner.String()}
	list, _, err := sd.DACL()
	if err != nil && !errors.Is(err, windows.ERROR_OBJECT_NOT_FOUND) {
		return r, err
	}
	if list == nil {
		r.open = true
		return r, nil
	}
	for i := range uint32(list.AceCount) {
		var entry *windows.ACCESS_ALLOWED_ACE
		if err := windows.GetAce(list, i, &entry); err != nil {
			return r, err
		}
		e := rightsEntry{kind: entry.Header.AceType, flags: entry.Header.AceFlags, mask: uint32(entry.Mask)}
		if e.kind == entryAllows || e.kind == entryAllowsMaybe { // others have their SID elsewhere, or none
			e.sid = (*windows.SID)(unsafe.Pointer(&entry.SidStart)).String()
		}
		r.entries = append(r.entries, e)
	}
	return r, nil
}

// accountOf is the name of an account, the SID where it cannot be had in time.
func accountOf(sid string) string {
	s, err := windows.StringToSid(sid)
	if err != nil {
		return sid
	}
	return within(nameLimit, sid, func() (string, error) { return nameOf(s), nil })
}

// ownerOfAll is the own account where the Windows folder belongs to it, else empty: the file system then keeps no
// owners, as Wine's, which shows the own account as owner of everything. On a real one that folder is
// TrustedInstaller's, and no user can change that.
func ownerOfAll() (string, error) {
	dir, err := windows.GetSystemWindowsDirectory()
	if err != nil {
		return "", err
	}
	h, err := openHandle(dir, windows.READ_CONTROL, shareAny, backupSemantics)
	if err != nil {
		return "", err
	}
	owner, err := ownerOf(h)
	if err := errors.Join(err, windows.CloseHandle(h)); err != nil {
		return "", err
	}
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil || !owner.Equals(user.User.Sid) {
		return "", err
	}
	return owner.String(), nil
}
