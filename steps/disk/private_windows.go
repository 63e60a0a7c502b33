package disk

import (
	"crypto/rand"
	"errors"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// privateRights: owned by Administrators; full rights for SYSTEM and Administrators, inherited by what is in it; nothing inherited
// from above, nothing for anybody else.
const privateRights = "O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"

// makePrivate makes the folder with its rights in one call. Of one that exists the rights count only where they are this
// computer's own.
func (d folder) makePrivate(name string, rights bool) error {
	err := makeWith(d.path(name), rights)
	if !errors.Is(err, windows.ERROR_ALREADY_EXISTS) {
		return err
	}
	h, err := openHandle(d.path(name), windows.READ_CONTROL|windows.FILE_READ_ATTRIBUTES, shareAny, backupSemantics|openLink)
	if err != nil {
		return err
	}
	f := os.NewFile(uintptr(h), name)
	err = checkFolder(f)
	if err == nil && rights {
		err = d.checkPrivate(h)
	}
	return errors.Join(err, f.Close())
}

// makeWith makes a folder, with the private rights or with those that it inherits.
func makeWith(path string, private bool) error {
	if !private {
		return windows.CreateDirectory(wide(path), nil)
	}
	sd, err := windows.SecurityDescriptorFromString(privateRights)
	if err != nil {
		return err
	}
	attributes := &windows.SecurityAttributes{SecurityDescriptor: sd}
	attributes.Length = uint32(unsafe.Sizeof(*attributes))
	return windows.CreateDirectory(wide(path), attributes)
}

func checkFolder(f *os.File) error {
	info, err := infoOf(f)
	switch {
	case err != nil:
		return err
	case info.Link:
		return &NotPrivateError{Flaw: FolderLink}
	case !info.Dir:
		return &NotPrivateError{Flaw: NotFolder}
	}
	return nil
}

// checkPrivate checks the rights of a folder in d. Some file systems keep no owner: FAT, and those of Wine, which shows the own
// account as owner of everything made here. There, and only there, the own account may own the folder and write to it.
func (d folder) checkPrivate(h windows.Handle) error {
	const asked = windows.OWNER_SECURITY_INFORMATION | windows.DACL_SECURITY_INFORMATION
	sd, err := windows.GetSecurityInfo(h, windows.SE_FILE_OBJECT, asked)
	if err != nil {
		return err
	}
	refused := checkRights(sd, "")
	var why *NotPrivateError
	if !errors.As(refused, &why) || why.Flaw != ForeignOwner {
		return refused
	}
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err != nil {
		return refused
	}
	if kept, err := d.keepsOwners(); err != nil || kept {
		return errors.Join(refused, err)
	}
	return checkRights(sd, user.User.Sid.String())
}

// keepsOwners makes a private folder to see whom it then belongs to.
func (d folder) keepsOwners() (kept bool, err error) {
	probe := d.path("marsfix-" + rand.Text())
	if err := makeWith(probe, true); err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, windows.RemoveDirectory(wide(probe))) }()
	h, err := openHandle(probe, windows.READ_CONTROL, shareAny, backupSemantics|openLink)
	if err != nil {
		return false, err
	}
	owner, err := ownerOf(h)
	if err := errors.Join(err, windows.CloseHandle(h)); err != nil {
		return false, err
	}
	return owner.String() == sidAdministrators, nil
}
