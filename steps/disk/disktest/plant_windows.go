package disktest

import (
	"errors"

	"golang.org/x/sys/windows"
)

// OpenToAll lets everybody write to a file or folder.
func OpenToAll(path string) error {
	sd, err := windows.SecurityDescriptorFromString("D:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;FA;;;WD)")
	if err != nil {
		return err
	}
	list, _, err := sd.DACL()
	if err != nil {
		return err
	}
	const asked = windows.DACL_SECURITY_INFORMATION | windows.PROTECTED_DACL_SECURITY_INFORMATION
	return windows.SetNamedSecurityInfo(path, windows.SE_FILE_OBJECT, asked, nil, nil, list, nil)
}

func symlinksAreDenied(err error) bool { return errors.Is(err, windows.ERROR_PRIVILEGE_NOT_HELD) }
