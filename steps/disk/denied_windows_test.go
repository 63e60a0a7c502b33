package disk

import (
	"errors"
	"io/fs"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

// Refusals are told by who refuses: rights, another program, a policy. The system's own words stay beside that.
func TestWindowsTellsWhoRefuses(t *testing.T) {
	kinds := []error{fs.ErrPermission, ErrShared, ErrPolicy, ErrIntegrity}
	for _, c := range []struct {
		system windows.Errno
		kind   error
	}{
		{5, fs.ErrPermission}, {32, ErrShared}, {33, ErrShared}, {786, ErrPolicy}, {1260, ErrPolicy},
		{4551, ErrIntegrity},
	} {
		err := Fail("open", `C:\x`, c.system)
		for _, k := range kinds {
			if errors.Is(err, k) != (k == c.kind) {
				t.Errorf("%d is told as %v: %v", c.system, k, err)
			}
		}
		if !errors.Is(err, c.system) || !strings.Contains(err.Error(), `C:\x`) {
			t.Errorf("%d: %v", c.system, err)
		}
	}
}
