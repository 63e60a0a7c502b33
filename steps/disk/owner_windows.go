package disk

import (
	"errors"
	"os"
	"strings"

	"golang.org/x/sys/windows"
)

// Accounts that every Windows has, https://learn.microsoft.com/windows/win32/secauthz/well-known-sids; TrustedInstaller's is
// made of its service's name and the same everywhere.
const (
	sidSystem           = "S-1-5-18"
	sidAdministrators   = "S-1-5-32-544"
	sidTrustedInstaller = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464"
	sidCreatorOwner     = "S-1-3-0"
	sidDomainAccounts   = "S-1-5-21-" // accounts of a computer or of a domain begin so
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

// accountName is the name of an account, the SID where it cannot be had in time.
func accountName(sid *windows.SID) string {
	return within(nameLimit, sid.String(), func() (string, error) { return nameOf(sid), nil })
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

// trustOf asks the domain too, of an account that may be one of its own.
func trustOf(owner *windows.SID) Trust {
	trust := trustBySID(owner)
	if trust == Stranger && knownOrdinary(owner) {
		return Ordinary
	}
	return trust
}

// trustBySID is what the SID alone tells.
func trustBySID(owner *windows.SID) Trust {
	switch owner.String() {
	case sidSystem, sidAdministrators, sidTrustedInstaller:
		return Trusted
	}
	user, err := windows.GetCurrentProcessToken().GetTokenUser()
	if err == nil && owner.Equals(user.User.Sid) {
		return Trusted
	}
	return Stranger
}

// knownOrdinary is true only for a local user account that is no administrator here: it is not itself a member of the
// group, and no member is a group that could hold it. Groups of a domain cannot hold local accounts; groups like
// Authenticated Users can. Of accounts of a domain nothing is known without asking the domain.
func knownOrdinary(owner *windows.SID) bool {
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
