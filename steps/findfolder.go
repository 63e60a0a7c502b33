package steps

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"marsfix/logscan"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// installersDir is the folder of the packages inside the extraction folder, and packageName the one wanted (the article's steps
// 9 and 10).
const (
	installersDir = "Installers"
	packageName   = "OBSAGENT.msi"
)

// fileTick is how far a file's time may lie behind a program's at the same moment: it comes from a clock that ticks, on Windows 64 times a
// second.
const fileTick = time.Second / 64

func lookFindFolder(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	if f.Needless() {
		return f
	}
	if f.Start.PID != 0 {
		f = lookWanted(ctx, l, f, e)
		f.Start.Since, f.Folder.Waited = waited(f.Start.Since, e.Now)
	}
	f = lookSetup(ctx, l, f, e)
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
		if dir, _ := wizardFolder(d, f); dir != "" && !isFolder(d, ln.Folder) { // who could not be looked at contradicts nobody
			return Folder{Path: dir, From: "process"} // the log was cut or turned over: what it has left is old
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
		return around(d, f.SetupLog.Path, ln.Line, ln.NameAt, ln.NameLen)
	}
	return nil
}

// checkFolder asks whether the folder is there, and who besides the log speaks for it.
func checkFolder(d disk.Reader, f Facts) Facts {
	look := disk.NewOwnLook(d)
	in, err := look.Stat(f.Folder.Path)
	f.Folder.Exists = err == nil && in.Dir
	f.Folder.Unknown = err != nil && !errors.Is(err, fs.ErrNotExist) || err == nil && in.Link
	if !f.Folder.Exists {
		f.Trouble = folderProblem(f.Folder.Path, in, err)
		return f
	}
	f.Folder.Removable, _ = d.Removable(f.Folder.Path) // not known is not said
	var ws []screen.Witness
	for _, p := range f.Strangers() {
		if runsIn(look, p.Image, f.Folder.Path, in.ID) {
			f.Folder.Stranger = p.Whose()
		}
	}
	for _, p := range f.Ours() {
		switch {
		case runsIn(look, p.Image, f.Folder.Path, in.ID):
			ws = append(ws, screen.Witness{Who: "wizard", Says: fmt.Sprintf("process %d runs from it", p.PID), View: screen.Agrees})
		case p.Ours && f.Folder.Line.PID != 0 && f.Folder.Line.PID == p.PID:
			ws = append(ws, screen.Witness{Who: "wizard",
				Says: fmt.Sprintf("process %d, which marsfix started, wrote the line", p.PID), View: screen.Agrees})
		}
	}
	// Newer than the start is what somebody made who waited for it, as well: beside a program of a stranger's it says nothing.
	if f.Folder.Stranger == "" && !f.Start.At.IsZero() && !f.Start.Found && in.Written.After(f.Start.At.Add(-fileTick)) {
		says := "the folder is newer than the installer's start"
		if f.Folder.From == "log" { // after a start of ours only a new line counts
			says = "folder and line are newer than the installer's start"
		}
		ws = append(ws, screen.Witness{Who: "disk", Says: says, View: screen.Agrees})
	}
	f.Folder.Witnesses = ws
	return f
}

// folderProblem says why a folder cannot be used that is none, or that nobody could look at; nil when there simply is none.
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

// onOwnDrive tells whether a path may be looked at: it is on a fixed or removable drive of this computer.
func onOwnDrive(d disk.Reader, path string) bool { return disk.OnOwnDrive(d, path) == nil }

// runsIn tells whether an image lies in a folder. They are compared by what is on the disk and not as text: one may be written with
// short names.
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

func judgeFindFolder(f Facts, _ time.Time) finding {
	notes := suspiciousFolders(f.Setup)
	fail := func(p screen.Problem) finding {
		return finding{state: screen.Failed, problems: append([]screen.Problem{p}, notes...)}
	}
	fo := f.Folder
	switch {
	case f.Needless():
		return finding{state: screen.Done}
	case f.stopped() != nil:
		return fail(*f.stopped())
	case fo.Path == "" && wizardGone(f), fo.Path != "" && !fo.Exists && wizardGone(f):
		return startAgain(fo.Path)
	case fo.Path == "" && !fo.Waited && f.Start.LogSize >= 0:
		return finding{state: screen.Looking, says: "The installer is running; its log does not name the folder yet.",
			poll: logPoll, limit: logWait, doing: "waiting for the line in " + SetupLogName, problems: notes}
	case fo.Path == "" && f.Start.LogSize >= 0 && len(f.Ours()) > 0 && !f.Choices.ByHand:
		return keepLooking(f)
	case fo.Path == "" && len(fo.Options) > 0:
		return chooseFolder(f)
	case fo.Path == "":
		fd := fail(noFolder(fo.Unseen))
		fd.other = wayBack(findFolder, screen.StartAgain)
		return fd
	case !fo.Exists:
		fd := fail(screen.Problem{Code: screen.CodeFolderMissing,
			Message: fmt.Sprintf("the extraction folder \"%s\" does not exist", fo.Path),
			Then:    screen.LookAgain, Offer: "to start the installer again"})
		fd.other = wayBack(findFolder, screen.StartAgain)
		return fd
	case len(fo.Witnesses) == 0 && fo.From != "process" && !f.Choices.FolderSeen && f.About.Root == "":
		return askFolder(f, notes)
	}
	return finding{state: screen.Done, problems: notes}
}

// noFolder is the problem of a folder that nobody knows, or that nobody could look for.
func noFolder(unseen error) screen.Problem {
	p := screen.Problem{Code: screen.CodeNoFolder, Message: "neither the log nor a process tells the extraction folder, and no drive holds one",
		Then: screen.LookAgain, Offer: "if the wizard has been closed"}
	if unseen != nil {
		p.Message += fmt.Sprintf("; where the wizard runs from nobody could look: %v", unseen)
	}
	return p
}

func suspiciousFolders(log logscan.SetupLog) []screen.Problem {
	if len(log.Suspicious) == 0 {
		return nil
	}
	ln := log.Suspicious[0]
	return []screen.Problem{suspiciousFolder(ln.Number, Quoted(ln.Text, ln.NameAt, mostQuoted))}
}

func chooseFolder(f Facts) finding {
	q := &screen.Question{Kind: screen.Choose, Prompt: "Which of these is the extraction folder?", Verb: "choose"}
	q.Options = f.Folder.Options
	const says = "Neither the log nor a process tells the extraction folder."
	return finding{state: screen.Asking, says: says, mood: screen.Warn, question: q, answer: func(f Facts, a screen.Answer) (Facts, next) {
		f.Choices.Folder = f.Folder.Options[a.Choice].Label
		f.Choices.FolderSeen = true
		return f, next{look: true}
	}}
}

// askFolder asks again where only the log speaks for the folder. It never refuses: the package itself is checked next.
func askFolder(f Facts, notes []screen.Problem) finding {
	says, prompt := "Only the log names this folder: no process of the wizard runs from it.", fmt.Sprintf("Use %s anyway?", f.Folder.Path)
	if f.Folder.Stranger != "" {
		says = "Only the log names this folder, and what runs from it may not be yours."
		prompt = fmt.Sprintf("Use %s anyway, with %s?", f.Folder.Path, f.Folder.Stranger)
	}
	return finding{state: screen.Asking, problems: notes, says: says, mood: screen.Warn, declined: "Not used.",
		question: &screen.Question{Kind: screen.Confirm, Verb: "use it", Prompt: prompt,
			Yes: "uses it; the package in it is checked next", No: "changes nothing and stays here"},
		answer: func(f Facts, _ screen.Answer) (Facts, next) {
			f.Choices.FolderSeen = true
			return f, next{}
		}}
}

func showFindFolder(f Facts) view {
	if f.Needless() {
		return needless(f)
	}
	fo := f.Folder
	v := view{fact: fo.Path, excerpt: fo.Around, says: "The extraction folder is not known yet."}
	if f.SetupLog.Read && f.SetupLog.Info.Size > 0 {
		v.log = &screen.LogRef{Path: f.SetupLog.Path, Offset: fo.Line.At, Line: fo.Line.Number}
	}
	if fo.Path == "" {
		return v
	}
	v.says, v.mood, v.came, v.claim = "The installer's temporary folder was found.", screen.Good, "found", "Is it this installer's folder?"
	r := screen.Row{Label: "temp path", Value: fo.Path, Note: "exists", Tone: screen.Good}
	switch {
	case fo.Exists && fo.Removable:
		r.Note, r.Tone = "exists, on a removable drive: keep it plugged in", screen.Warn
	case !fo.Exists && f.Trouble != nil:
		r.Note, r.Tone = "", screen.Plain // nobody knows: the problem says why
	case fo.Unknown:
		r.Note, r.Tone = "not looked at", screen.Plain
	case !fo.Exists:
		r.Note, r.Tone = "does not exist", screen.Bad
	}
	v.rows = append(v.rows, r)
	if fo.From == "log" {
		v.witnesses = append(v.witnesses, screen.Witness{Who: "log", View: screen.Agrees,
			Says: fmt.Sprintf("line %d names it; %s", fo.Line.Number, lineAge(f))})
	} else {
		v.witnesses = append(v.witnesses, screen.Witness{Who: "log", Says: "says nothing new", View: screen.Silent})
	}
	v.witnesses = append(v.witnesses, fo.Witnesses...)
	switch {
	case fo.Stranger != "":
		v.witnesses = append(v.witnesses, screen.Witness{Who: "wizard", Says: "may not be yours: " + fo.Stranger, View: screen.Silent})
	case len(fo.Witnesses) == 0 && fo.Exists && f.About.Root == "":
		v.witnesses = append(v.witnesses, screen.Witness{Who: "wizard", Says: "no process runs from it", View: screen.Silent})
	}
	return v
}

func lineAge(f Facts) string {
	if f.Folder.Line.New {
		return "written after the installer's start"
	}
	return "no later line does"
}
