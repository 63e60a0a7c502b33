package winmachine

import (
	"slices"
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
