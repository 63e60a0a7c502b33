package disk

import (
	"errors"
	"unsafe"

	"golang.org/x/sys/windows"
)

// writeLike are the rights that change a folder, what is in it, or who may: file rights, then standard, then generic ones,
// https://learn.microsoft.com/windows/win32/fileio/file-access-rights-constants.
const writeLike = windows.FILE_WRITE_DATA | windows.FILE_APPEND_DATA | windows.FILE_WRITE_EA | fileDeleteChild |
	windows.FILE_WRITE_ATTRIBUTES | windows.DELETE | windows.WRITE_DAC | windows.WRITE_OWNER |
	windows.MAXIMUM_ALLOWED | windows.GENERIC_WRITE | windows.GENERIC_ALL

const fileDeleteChild = 0x40 // FILE_DELETE_CHILD

// checkRights wants an owner and a list of rights that keep everybody but SYSTEM, Administrators and the account also (empty:
// nobody else) from writing.
func checkRights(sd *windows.SECURITY_DESCRIPTOR, also string) error {
	owner, _, err := sd.Owner()
	if err != nil {
		return err
	}
	if s := owner.String(); s != sidSystem && s != sidAdministrators && s != also {
		return &NotPrivateError{ForeignOwner, accountName(owner)}
	}
	list, _, err := sd.DACL()
	if err != nil && !errors.Is(err, windows.ERROR_OBJECT_NOT_FOUND) {
		return err
	}
	if list == nil { // no list at all lets everybody do everything
		return &NotPrivateError{OpenToOthers, "everyone"}
	}
	for i := range uint32(list.AceCount) {
		var entry *windows.ACCESS_ALLOWED_ACE
		if err := windows.GetAce(list, i, &entry); err != nil {
			return err
		}
		if err := checkEntry(entry, also); err != nil {
			return err
		}
	}
	return nil
}

// Types of entries (winnt.h) that x/sys does not name.
const (
	accessDenied         = 1
	accessDeniedObject   = 6
	accessAllowedMaybe   = 9 // ACCESS_ALLOWED_CALLBACK_ACE_TYPE: allowed under a condition, laid out like the plain one
	accessDeniedMaybe    = 10
	accessDeniedObjMaybe = 12
)

// checkEntry judges one entry. One that is only inherited counts as well: it would open the files in the folder.
func checkEntry(entry *windows.ACCESS_ALLOWED_ACE, also string) error {
	switch entry.Header.AceType {
	case accessDenied, accessDeniedObject, accessDeniedMaybe, accessDeniedObjMaybe:
		return nil
	case windows.ACCESS_ALLOWED_ACE_TYPE, accessAllowedMaybe:
	default: // no file system makes others; who does means something by it
		return &NotPrivateError{OpenToOthers, "an entry of unknown type"}
	}
	if entry.Mask&writeLike == 0 {
		return nil
	}
	sid := (*windows.SID)(unsafe.Pointer(&entry.SidStart))
	switch sid.String() {
	case sidSystem, sidAdministrators, sidTrustedInstaller, also:
		return nil
	case sidCreatorOwner: // whoever makes something in the folder, and that is nobody else
		if entry.Header.AceFlags&windows.INHERIT_ONLY_ACE != 0 {
			return nil
		}
	}
	return &NotPrivateError{OpenToOthers, accountName(sid)}
}
