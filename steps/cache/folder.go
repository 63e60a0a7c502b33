package cache

import (
	"errors"
	"fmt"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// FolderProblem tells that the cache folder, or the one to which it leads as a junction, is not in the hands of SYSTEM
// and Administrators alone. It explains why files get lost and stops nothing; nil also where nobody could look.
func FolderProblem(d disk.Reader, dir string) *screen.Problem {
	if o, err := d.Owner(dir); err == nil && o.Trust != disk.Trusted {
		return ownerProblem(dir, o.Name)
	}
	var not *disk.NotPrivateError
	if !errors.As(d.Guarded(dir), &not) {
		return nil
	}
	if not.Flaw == disk.OpenToOthers {
		return &screen.Problem{Code: screen.CodeCacheOpen,
			Message: fmt.Sprintf("\"%s\" can be written to by %s: whoever puts a package there has Windows Installer run it with all rights", dir, not.Who),
			Cure:    "close it to others, since marsfix does not change rights: " + closing(dir)}
	}
	if in, err := d.Stat(dir); err == nil && in.Link {
		return ownerProblem(dir, not.Who)
	}
	return nil // the own account's, or TrustedInstaller's
}

func ownerProblem(dir, owner string) *screen.Problem {
	return &screen.Problem{Code: screen.CodeCacheOwner,
		Message: fmt.Sprintf("\"%s\" belongs to %s, not to SYSTEM or Administrators: Windows Installer empties such a folder, which probably caused the loss", dir, owner),
		Cure:    "ask whoever changed the owner to correct it; marsfix never does"}
}

// closing gives a folder the rights that Windows gives its cache: all for SYSTEM and Administrators, reading for
// everyone.
func closing(dir string) string {
	return fmt.Sprintf(`icacls "%s" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-1-0:(OI)(CI)RX`, dir)
}
