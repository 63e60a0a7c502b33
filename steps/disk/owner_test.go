package disk

import (
	"errors"
	"syscall"
	"testing"
)

// NeedOwner skips a test where nobody but an administrator may make what belongs to Administrators: on a Windows, from
// a console that is not elevated (ERROR_INVALID_OWNER).
func NeedOwner(t *testing.T, err error) {
	t.Helper()
	const invalidOwner = syscall.Errno(1307)
	if errors.Is(err, invalidOwner) {
		t.Skipf("run it in a console opened with Run as administrator: %v", err)
	}
}
