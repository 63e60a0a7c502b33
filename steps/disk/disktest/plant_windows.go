package disktest

import (
	"errors"
	"fmt"

	"golang.org/x/sys/windows"
)

// OpenToAll would let everybody write to a file or folder of a mapped disk, where nobody looks at it: its files' rights
// are this computer's own. TestWindowsRefusesWhatOthersCanWriteTo holds that of real ones.
func OpenToAll(path string) error {
	return fmt.Errorf("%w: the rights of a mapped disk's files, \"%s\"", errors.ErrUnsupported, path)
}

func symlinksAreDenied(err error) bool { return errors.Is(err, windows.ERROR_PRIVILEGE_NOT_HELD) }
