package winmachine

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/sys/windows"
)

// Arguments for a program that the shell starts arrive as they were given, the first one too.
func TestWindowsArgumentsArriveAsGiven(t *testing.T) {
	for _, args := range [][]string{
		nil,
		{"--plain"},
		{`--report=D:\my reports\`, "--ascii"},
		{`--installer=C:\a "b" c\x.exe`, `--patch-log=C:\trailing\\`, ""},
	} {
		got, err := windows.DecomposeCommandLine("marsfix.exe " + commandTail(args))
		if err != nil || len(got) == 0 || !slices.Equal(got[1:], args) {
			t.Errorf("%q arrives as %q, %v", args, got, err)
		}
	}
}

// A letter that was mapped to a folder is handed over as that folder. (A share needs a server; the rest is in the
// table.)
func TestWindowsKnowsWhatALetterStandsFor(t *testing.T) {
	if got := behindDrive("C:"); got != "" {
		t.Errorf("C: stands for %q", got)
	}
	if got := behindDrive("Q:"); got != "" {
		t.Errorf("Q:, which is no drive, stands for %q", got)
	}
	scratch(t)
	dir := t.TempDir()
	if err := windows.DefineDosDevice(0, wide("Q:"), wide(dir)); err != nil {
		t.Fatal(err)
	}
	defer windows.DefineDosDevice(windows.DDD_REMOVE_DEFINITION, wide("Q:"), nil)
	if got := behindDrive("Q:"); !strings.EqualFold(got, dir) {
		t.Errorf("Q: stands for %q, not %q", got, dir)
	}
}
