package flags

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// What a path names must not depend on the folder and the drive in which the program was started: an elevated one may
// start in another.
func TestWindowsPathsAreMadeWhole(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	drive := filepath.VolumeName(here)
	other := "Q:" // no drive: what was last opened on it is its root
	if drive == other {
		other = "R:"
	}
	for given, want := range map[string]string{
		`C:\x.exe`: `C:\x.exe`, `C:/x`: `C:\x`, `C:/a/../b/./x.exe`: `C:\b\x.exe`, `C:\a\..\b\`: `C:\b`, `C:\`: `C:\`,
		drive + `x.exe`: filepath.Join(here, "x.exe"), drive + `a\..\x.exe`: filepath.Join(here, "x.exe"), drive: here,
		other + `x.exe`: other + `\x.exe`,
		`\x`:            drive + `\x`, `/x`: drive + `\x`, `\a/..\x`: drive + `\x`,
		`x.exe`: filepath.Join(here, "x.exe"), `.\a b\x.exe`: filepath.Join(here, `a b\x.exe`),
		`..\x.exe`:             filepath.Join(filepath.Dir(here), "x.exe"),
		`\\server\share\x.exe`: `\\server\share\x.exe`, `//server/share/a/../x.exe`: `\\server\share\x.exe`,
		`\\?\C:\x`: `\\?\C:\x`,
	} {
		var file, logs string
		flags := []Flag{{Name: "installer", Value: "FILE", Text: &file, Path: true},
			{Name: "patch-log", Value: "FILE", Text: &logs, Path: true}}
		if _, _, err := Parse([]Command[int]{{Flags: flags}},
			[]string{"--installer=" + given, "--patch-log", given}); err != nil {
			t.Errorf("%s: %v", given, err)
			continue
		}
		if file != want || logs != want {
			t.Errorf("%s is %q and %q, want %q", given, file, logs, want)
		}
		if args := Arguments(flags); !slices.Equal(args, []string{"--installer=" + want, "--patch-log=" + want}) {
			t.Errorf("%s is handed over as %q", given, args)
		}
	}
}
