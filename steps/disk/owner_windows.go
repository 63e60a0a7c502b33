package disk

import (
	"errors"
	"os"
	"strings"

	"golang.org/x/sys/windows"
)

func (d folder) owner(name string) (Owner, error) {
	h, err := openHandle(d.path(name), windows.READ_CONTROL, shareAny, backupSemantics|openLink)
	if err != nil {
		return Owner{}, err
	}
	f := os.NewFile(uintptr(h), name)
	owner, err := ownerOf(h)
	if err := errors.Join(err, f.Close()); err != nil {
		return Owner{}, err
	}
	return within(nameLimit, Owner{owner.String(), trustBySID(owner)}, func() (Owner, error) {
		return Owner{nameOf(owner), trustOf(owner)}, nil
	}), nil
}

func ownerOf(h windows.Handle) (*windows.SID, error) {
	sd, err := windows.GetSecurityInfo(h, windows.SE_FILE_OBJECT, windows.OWNER_SECURITY_INFORMATION)
	if err != nil {
		return nil, err
	}
	owner, _, err := sd.Owner()
	if err != nil {
		return nil, err
	}
	return owner.Copy() // the descriptor's memory goes with it
}

// nameOf asks the domain, which may be far away.
func nameOf(sid *windows.SID) string {
	account, domain, _, err := sid.LookupAccount("")
	switch {
	case err != nil, account+domain == "":
		return sid.String()
	case domain == "":
		return account
	}
	return domain + `\` + account
}

// trustOf also knows the local accounts that are no administrators.
func trustOf(owner *windows.SID) Trust {
	trust := trustBySID(owner)
	if trust == Unknown && knownNotAdmin(owner) {
		return NotAdmin
	}
	return trust
}

// trustBySID goes by the SID alone.
func trustBySID(owner *windows.SID) Trust {
	switch owner.String() {
	case sidSystem, sidAdministrators, sidTrustedInstaller:
		return Trusted
	}
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err == nil && owner.Equals(user.User.Sid) {
		return Trusted
	}
	return Unknown
}

// knownNotAdmin is true only for a local user account that is no administrator here: it is not itself a member of the
// group, and no member is a group that could hold it. Groups of a domain cannot hold local accounts; groups like
// Authenticated Users can. Of accounts of a domain nothing is known without asking the domain.
func knownNotAdmin(owner *windows.SID) bool {
	computer, err := windows.ComputerName()
	if err != nil || !strings.HasPrefix(owner.String(), sidDomainAccounts) {
		return false
	}
	_, domain, kind, err := owner.LookupAccount("")
	if err != nil || kind != windows.SidTypeUser || !strings.EqualFold(domain, computer) {
		return false
	}
	members, err := administrators()
	if err != nil {
		return false
	}
	for _, member := range members {
		if member == owner.String() || !strings.HasPrefix(member, sidDomainAccounts) {
			return false
		}
	}
	return true
}
