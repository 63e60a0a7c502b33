package look

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// InstallersDir is the folder of the packages inside the extraction folder, and PackageName the one wanted (the
// article's steps 9 and 10).
const (
	InstallersDir = "Installers"
	PackageName   = "OBSAGENT.msi"
)

// fileTick is how much older than a program's time a file's time may be at the same moment: files get theirs from a
// clock that ticks, on Windows 64 times a second.
const fileTick = time.Second / 64

// FindFolder looks for the extraction folder (step 8).
func FindFolder(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	if f.Start.PID != 0 {
		f = lookWizardsKept(ctx, l, f, e)
		f.Start.Since, f.Folder.Waited = waited(f.Start.Since, e.Now)
	}
	f = SetupLines(ctx, l, f, e)
	waited := f.Folder.Waited
	f.Folder = pickFolder(l.Disk(), f)
	f.Folder.Around = aroundFolder(l.Disk(), f)
	f.Folder.Waited = waited
	if f.Folder.Path == "" {
		return f
	}
	return checkFolder(l.Disk(), f)
}

// pickFolder takes the folder that the log names, else that of a process of the installer, else the chosen one.
func pickFolder(d disk.Reader, f Facts) Folder {
	if f.Choices.Folder != "" {
		return Folder{Path: f.Choices.Folder, From: "chosen"}
	}
	if ln := bestLine(f); ln != nil {
		// a process that could not be examined contradicts nothing
		if dir, _ := wizardFolder(d, f); dir != "" && !isFolder(d, ln.Folder) {
			return Folder{Path: dir, From: "process"} // the log was cut or rotated: the lines left in it are old
		}
		return Folder{Path: ln.Folder, From: "log", Line: *ln}
	}
	if !f.Folder.Waited && f.Start.LogSize >= 0 {
		return Folder{}
	}
	dir, unseen := wizardFolder(d, f)
	if dir != "" {
		return Folder{Path: dir, From: "process"}
	}
	return Folder{Options: folderOptions(d, f), Unseen: unseen}
}

// aroundFolder is the line that named the folder with its neighbours, nil where no line did.
func aroundFolder(d disk.Reader, f Facts) []screen.LogLine {
	if ln := f.Folder.Line; ln.Folder != "" {
		return f.around(d, f.SetupLog.Path, ln.Line, ln.NameAt, ln.NameLen)
	}
	return nil
}

// checkFolder asks whether the folder is there, and which witnesses besides the log confirm it.
func checkFolder(d disk.Reader, f Facts) Facts {
	look := disk.NewOwnLook(d)
	in, err := look.Stat(f.Folder.Path)
	f.Folder.Exists = err == nil && in.Dir
	f.Folder.Unknown = err != nil && !errors.Is(err, fs.ErrNotExist) || err == nil && in.Link
	if !f.Folder.Exists {
		f.Trouble = folderProblem(f.Folder.Path, in, err)
		return f
	}
	f.Folder.Removable, _ = d.Removable(f.Folder.Path) // where it is not known nothing is said of it
	var ws []screen.Witness
	for _, p := range f.Strangers() {
		if runsIn(look, p.Image, f.Folder.Path, in.ID) {
			f.Folder.Stranger = p.Whose()
		}
	}
	for _, p := range f.Ours() {
		switch {
		case runsIn(look, p.Image, f.Folder.Path, in.ID):
			ws = append(ws, screen.Witness{Who: "wizard", Says: fmt.Sprintf("process %d runs from it", p.PID),
				View: screen.Agrees})
		case p.Ours && f.Folder.Line.PID != 0 && f.Folder.Line.PID == p.PID:
			ws = append(ws, screen.Witness{Who: "wizard",
				Says: fmt.Sprintf("process %d, which marsfix started, wrote the line", p.PID), View: screen.Agrees})
		}
	}
	// An attacker who waits for the start can make a folder after it, too: where somebody else's program runs from the
	// folder, its age proves nothing.
	if f.Folder.Stranger == "" && !f.Start.At.IsZero() && !f.Start.Found &&
		in.Written.After(f.Start.At.Add(-fileTick)) {
		says := "the folder is newer than the installer's start"
		if f.Folder.From == "log" { // after a start of ours only a new line counts
			says = "folder and line are newer than the installer's start"
		}
		ws = append(ws, screen.Witness{Who: "disk", Says: says, View: screen.Agrees})
	}
	f.Folder.Witnesses = ws
	return f
}

// folderProblem is the problem of a path that is no folder, or could not be examined; nil when there simply is nothing.
func folderProblem(path string, in disk.Info, err error) *screen.Problem {
	switch {
	case errors.Is(err, disk.ErrNotOwn):
		return &screen.Problem{Code: screen.CodeFolderDrive,
			Message: fmt.Sprintf("\"%s\" is on no fixed or removable drive of this computer (a share, a disc, or a drive that is not there)", path),
			Cure:    "plug its drive in again, or start the installer from a local drive: it extracts to one"}
	case err == nil && in.Link, errors.Is(err, disk.ErrLink):
		return computer.PackageProblem(path, disk.ErrLink)
	case err != nil && !notThere(err):
		return &screen.Problem{Code: screen.CodeFolderUnreadable,
			Message: fmt.Sprintf("cannot look at \"%s\": %v", path, disk.Cause(err)),
			Then:    screen.LookAgain}
	}
	return nil
}

// runsIn reports whether an image lies in a folder. They are compared by what is on the disk and not as text: one may
// be written with short names.
func runsIn(look *disk.OwnLook, image, folder string, id disk.ID) bool {
	if disk.Inside(image, folder) {
		return true
	}
	dir := image
	for range parentsUp {
		up := disk.Dir(dir)
		if up == dir {
			return false
		}
		dir = up
		if in, err := look.Stat(dir); err == nil && in.ID == id && id != (disk.ID{}) {
			return true
		}
	}
	return false
}
