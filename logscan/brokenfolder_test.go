package logscan

import (
	"bytes"
	"testing"
	"time"
)

// A folder that a mail has broken is not used, and the one before it counts; what follows a whole one does no harm.
func TestBrokenFolder(t *testing.T) {
	const (
		line  = "0AB0\t0974\t08/04\t13:16:29.206\t18\tlaunch.cpp(72)\t[0]\tG\t\tNORMAL\tDirectory Path for SetupLaunchScreen: "
		older = "0AB0\t0974\t08/04\t11:00:00.000\t18\tlaunch.cpp(72)\t[0]\tG\t\tNORMAL\tDirectory Path for SetupLaunchScreen: "
	)
	for text, want := range map[string]string{
		`F:\aa2` + "\nf65c3b8b82bb1fa32\n":                    `C:\1f2e3d4c`,
		`F:\aa2` + "\n> f65c3b8b82bb1fa32\\\n> \n":            `C:\1f2e3d4c`,
		`F:\aa2=` + "\nf65c3b8b82bb1fa32\n":                   `C:\1f2e3d4c`,
		`F:\aa2f65c3b8b82bb1fa` + "\n32\n" + line:             `C:\1f2e3d4c`,
		`F:\aa2` + "\nf65c3b8b82bb1fa32":                      `C:\1f2e3d4c`,
		`F:\aa2f65…` + "\n":                                   `C:\1f2e3d4c`,
		`F:\aa2f65c3` + "\n0AB0":                              `F:\aa2f65c3`, // of a line that is being written
		`F:\aa2f65c3` + "\n0AB0\t0974\t08/04\t13:16:30.000\n": `F:\aa2f65c3`,
		`F:\aa2f65c3` + "\n\n":                                `F:\aa2f65c3`,
		`F:\aa2f65c3` + "\nfaded\n":                           `F:\aa2f65c3`,
		`F:\Setup` + "\n12\n":                                 `F:\Setup`,
		`F:\aa2f65c3` + "\n```\n":                             `F:\aa2f65c3`,
		`F:\aa2f65c3`:                                         `F:\aa2f65c3`,
	} {
		for _, m := range modes {
			data := encodeUnicode(older+"C:\\1f2e3d4c\r\n"+line+text, m)
			o := SetupOptions{Written: time.Date(2025, 8, 5, 0, 0, 0, 0, time.UTC), Since: -1}
			l, err := ScanSetup(t.Context(), bytes.NewReader(data), int64(len(data)), o)
			if err != nil || len(l.Folders) == 0 || l.Folders[0].Folder != want ||
				(len(l.Suspicious) > 0) != (want == `C:\1f2e3d4c`) {
				t.Errorf("%q, mode %v: %+v, %v", text, m, l, err)
			}
		}
	}
}

// What looked like the rest of a folder may be the beginning of a line, once the log has grown.
func TestBrokenFolderOfAGrowingLog(t *testing.T) {
	const log = "08/04 13:16:29.206 Directory Path for SetupLaunchScreen: F:\\aa2\n"
	o := SetupOptions{Since: -1}
	for _, tt := range []struct {
		text, want string
		broken     bool
	}{{log + "00000AB0", "", true}, {log + "00000AB0\t0974\n", `F:\aa2`, false}} {
		l, err := ScanSetup(t.Context(), bytes.NewReader([]byte(tt.text)), int64(len(tt.text)), o)
		if err != nil || (len(l.Folders) == 0) != tt.broken || tt.broken && !l.Suspicious[0].Broken() ||
			!tt.broken && l.Folders[0].Folder != tt.want {
			t.Errorf("%q: %+v, %v", tt.text, l, err)
		}
		o.After = l
	}
}
