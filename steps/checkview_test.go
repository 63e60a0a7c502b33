package steps

import (
	"testing"

	"marsfix/steps/cache"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// Of a file that nobody could look at it is not said that it does not exist.
func TestASourceThatNobodyCouldLookAt(t *testing.T) {
	gone := &screen.Problem{Code: screen.CodeSourceMissing, Message: "it is not there"}
	for want, p := range map[string]cache.Package{
		"for 7b5ea8.msi: could not be looked at": {Path: `F:\OBSAGENT.msi`, Unseen: true, Trouble: gone},
		"for 7b5ea8.msi: does not exist":         {Path: `C:\OBSAGENT.msi`, Trouble: gone},
		"for 7b5ea8.msi: cannot be used":         {Path: `C:\OBSAGENT.msi`, Exists: true, Trouble: gone},
	} {
		f := Facts{File: look.LostFile{Place: `C:\Windows\Installer\7b5ea8.msi`, Source: p}}
		if r := sourceRow(f); r.Note != want || r.Tone == screen.Good {
			t.Errorf("%q, %v; want %q", r.Note, r.Tone, want)
		}
	}
}
