package computer_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// What is denied is told by who denies it, and to whom.
func TestDenied(t *testing.T) {
	const path = `C:\Windows\Installer\7b5ea8.msi`
	for _, c := range []struct {
		err     error
		code    screen.Code
		hint    string      // of somebody without an administrator's rights
		settled screen.Code // of an administrator
		other   string
	}{
		{fs.ErrPermission, "needs-elevation", "Run as administrator", "access-denied", `icacls "` + path + `"`},
		{disk.ErrPolicy, "blocked-by-policy", "AppLocker", "blocked-by-policy", "AppLocker"},
		{disk.ErrIntegrity, "blocked-by-policy", "CodeIntegrity", "blocked-by-policy", "CodeIntegrity"},
		{fs.ErrNotExist, "", "", "", ""},
		{disk.ErrShared, "", "", "", ""},
	} {
		var p screen.Problem
		err := fmt.Errorf("in the middle of something: %w", &fs.PathError{Op: "open", Path: path, Err: c.err})
		if got := computer.Denied(&p, path, err); got != (c.code != "") {
			t.Errorf("%v: denied %v", c.err, got)
		}
		for elevated, want := range map[bool]screen.Problem{false: {Code: c.code, Cure: c.hint},
			true: {Code: c.settled, Cure: c.other}} {
			s := computer.About{Elevated: elevated}.Settled(p)
			if s.Code != want.Code || !strings.Contains(s.Cure, want.Cure) || s.Refused != "" || elevated &&
				strings.Contains(s.Cure, "Run as administrator") {
				t.Errorf("%v, elevated %v: %+v", c.err, elevated, s)
			}
		}
	}
}
