package look

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"marsfix/logscan"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
)

// extracted is a disk with an extraction folder and, elsewhere, a program.
func extracted(t *testing.T) (d disk.Disk, host string) {
	t.Helper()
	root := t.TempDir()
	host = filepath.Join(root, "1f2e3d4c")
	if err := errors.Join(os.MkdirAll(filepath.Join(host, InstallersDir), 0o755),
		os.WriteFile(filepath.Join(host, InstallersDir, PackageName), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	return disk.NewMapped(map[byte]string{'C': root}), host
}

// Who speaks for a folder that the log names: of a start that marsfix only found nobody knows when its line was
// written, and a number in a line is that of a process only where marsfix started it.
func TestWhoSpeaksForAFolder(t *testing.T) {
	began := time.Now().Add(-time.Hour)
	line := logscan.FolderLine{PID: 7, New: true}
	elsewhere := computer.Process{PID: 7, Image: `C:\Other\Setup.exe`, Own: computer.Yes, Elevated: computer.Yes}
	started := elsewhere
	started.Ours = true
	for name, tt := range map[string]struct {
		start  Start
		wizard computer.Process
		line   logscan.FolderLine
		who    string // the only witness; empty: none
	}{
		"a folder newer than the start": {Start{PID: 6, At: began}, elsewhere,
			logscan.FolderLine{New: true}, "disk"},
		"newer than a start that was only found": {Start{PID: 6, At: began, LogSize: -1, Found: true},
			elsewhere, logscan.FolderLine{}, ""},
		"older, its line written by what marsfix started": {Start{PID: 6, At: time.Now().Add(time.Hour)}, started,
			line, "wizard"},
		"older, its line with the number of another": {Start{PID: 6, At: time.Now().Add(time.Hour)},
			elsewhere, line, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d, _ := extracted(t)
			f := checkFolder(d, Facts{Start: tt.start, Wizards: []computer.Process{tt.wizard},
				Folder: Folder{Path: `C:\1f2e3d4c`, From: "log", Line: tt.line}})
			ws := f.Folder.Witnesses
			if !f.Folder.Exists || len(ws) > 1 || (len(ws) == 1) != (tt.who != "") || tt.who != "" &&
				(ws[0].Who != tt.who || ws[0].View != screen.Agrees) {
				t.Errorf("for the folder, there %v, speak %+v", f.Folder.Exists, ws)
			}
		})
	}
}

// A folder that is a link, or lies behind one, may lead anywhere: it is told as what it is, and as nothing that does
// not exist.
func TestAFolderThatIsALinkIsNotUsed(t *testing.T) {
	for name, path := range map[string]string{"itself": `C:\link`, "on the way": `C:\way\1f2e3d4c`} {
		d, host := extracted(t)
		root := filepath.Dir(host)
		disktest.Planted(t, errors.Join(disktest.Link("1f2e3d4c", filepath.Join(root, "link")),
			disktest.Link(".", filepath.Join(root, "way"))))
		f := checkFolder(d, Facts{Folder: Folder{Path: path, From: "log"}})
		if f.Folder.Exists || !f.Folder.Unknown || f.Trouble == nil || f.Trouble.Code != screen.CodeLinkInPath {
			t.Errorf("%s: the folder is %+v, the trouble %+v", name, f.Folder, f.Trouble)
		}
	}
}
