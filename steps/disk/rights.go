package disk

// privateFolderRights and privateFileRights are what marsfix's own folders and files are made with: owned by
// Administrators; full rights for SYSTEM and Administrators; nothing inherited from above, nothing for anybody else.
const (
	privateFolderRights = "O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)"
	privateFileRights   = "O:BAG:BAD:P(A;;FA;;;SY)(A;;FA;;;BA)"
)

// Accounts that every Windows has, https://learn.microsoft.com/windows/win32/secauthz/well-known-sids;
// TrustedInstaller's is made of its service's name and the same everywhere.
const (
	sidEveryone         = "S-1-1-0"
	sidCreatorOwner     = "S-1-3-0"
	sidSystem           = "S-1-5-18"
	sidAdministrators   = "S-1-5-32-544"
	sidTrustedInstaller = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"
	sidDomainAccounts   = "S-1-5-21-" // accounts of a computer or of a domain begin so
)

// writeLike are the rights that change a folder, what is in it, or who may: file rights, then standard, then generic
// ones, https://learn.microsoft.com/windows/win32/fileio/file-access-rights-constants.
const writeLike = 0x2 | // FILE_WRITE_DATA, FILE_ADD_FILE
	0x4 | // FILE_APPEND_DATA, FILE_ADD_SUBDIRECTORY
	0x10 | // FILE_WRITE_EA
	0x40 | // FILE_DELETE_CHILD
	0x100 | // FILE_WRITE_ATTRIBUTES
	0x10000 | // DELETE
	0x40000 | // WRITE_DAC
	0x80000 | // WRITE_OWNER
	0x2000000 | // MAXIMUM_ALLOWED
	0x40000000 | // GENERIC_WRITE
	0x10000000 // GENERIC_ALL

// Types of entries in a list of rights and the flag of one that counts only for what is made in the folder (winnt.h).
const (
	entryAllows      = 0
	entryDenies      = 1
	entryDeniesObj   = 6
	entryAllowsMaybe = 9 // allowed under a condition, laid out like the plain one
	entryDeniesMaybe = 10
	entryDeniesObjIf = 12
	entryInheritOnly = 0x8
)

// rights are the owner and the list of rights (DACL) of a file or folder.
type rights struct {
	owner   string // SID
	open    bool   // there is no list at all: everybody may do everything
	entries []rightsEntry
}

// rightsEntry is one entry of the list.
type rightsEntry struct {
	kind, flags uint8
	mask        uint32
	sid         string
}

// flaw says why something is not in the hands of SYSTEM and Administrators alone, nil when it is. The account also
// counts as one of them; empty: nobody else does. Reading is nobody's concern here.
func (r rights) flaw(also string) error {
	if s := r.owner; s != sidSystem && s != sidAdministrators && (also == "" || s != also) {
		return &NotPrivateError{Flaw: ForeignOwner, Who: accountOf(s)}
	}
	if r.open {
		return &NotPrivateError{Flaw: OpenToOthers, Who: "everyone"}
	}
	for _, e := range r.entries {
		if err := e.flaw(also); err != nil {
			return err
		}
	}
	return nil
}

// flaw judges one entry. One that is only inherited counts as well: it would open the files in the folder.
func (e rightsEntry) flaw(also string) error {
	switch e.kind {
	case entryDenies, entryDeniesObj, entryDeniesMaybe, entryDeniesObjIf:
		return nil
	case entryAllows, entryAllowsMaybe:
	default: // no file system makes others; who does means something by it
		return &NotPrivateError{Flaw: OpenToOthers, Who: "an entry of unknown type"}
	}
	switch {
	case e.mask&writeLike == 0:
		return nil
	case e.sid == sidSystem, e.sid == sidAdministrators, e.sid == sidTrustedInstaller, also != "" && e.sid == also:
		return nil
	// whoever makes something in the folder, and that is nobody else
	case e.sid == sidCreatorOwner && e.flags&entryInheritOnly != 0:
		return nil
	}
	return &NotPrivateError{Flaw: OpenToOthers, Who: accountOf(e.sid)}
}
