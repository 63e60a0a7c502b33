package look

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"

	"marsfix/logscan"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// logProblem says why a log could not be read.
func logProblem(path, name string, err error) *screen.Problem {
	flag := logFlags[name]
	p := &screen.Problem{Message: fmt.Sprintf("cannot read \"%s\": %v", path, disk.Cause(err))}
	switch {
	case errors.Is(err, disk.ErrNoDrive):
		p.Code, p.Message = screen.CodeLogMissing,
			fmt.Sprintf("%s is missing: there is no drive for \"%s\" here", name, path)
		p.Cure = computer.NoDrive(path, "marsfix "+flag+` \\server\share\`+name)
	case errors.Is(err, fs.ErrNotExist):
		p.Code, p.Message = screen.CodeLogMissing, fmt.Sprintf("%s is missing: \"%s\" does not exist", name, path)
		p.Cure = "if the log lies elsewhere, name it: marsfix " + flag + ` C:\path\` + name
	case errors.Is(err, disk.ErrIsFolder):
		p.Code, p.Message = screen.CodeLogIsFolder, fmt.Sprintf("\"%s\" is a folder, not a log", path)
		p.Cure = "name the file itself: marsfix " + flag + ` "` + disk.Join(path, name) + `"`
	case errors.Is(err, disk.ErrLink):
		p.Code, p.Message = screen.CodeLinkInPath,
			fmt.Sprintf("\"%s\" is a link and was not opened: a log is never one", path)
		p.Cure = fmt.Sprintf(`find out who made it (dir /aL /q "%s"); if it leads to the right log, name that: marsfix %s C:\path\%s`, disk.Dir(path), flag, name)
	case errors.Is(err, disk.ErrShared):
		p.Code, p.Message = screen.CodeLogLocked,
			fmt.Sprintf("cannot read \"%s\": another program keeps this log to itself", path)
		p.Cure, p.Then = "close the program that holds it", screen.LookAgain
	case computer.Denied(p, path, err):
	case errors.Is(err, logscan.ErrTooLarge):
		p.Code, p.Message = screen.CodeLogTooLarge, fmt.Sprintf("\"%s\" was not searched: %v", path, err)
		p.Cure, p.Then = "rename it and run the failing update once more, so that it writes a new one", screen.LookAgain
	case errors.Is(err, disk.ErrBadPath):
		p.Code, p.Message = screen.CodeLogUnreadable, fmt.Sprintf("\"%s\" is not a full path on a drive letter", path)
		p.Cure = `give the full path: marsfix ` + flag + ` C:\path\` + name
	default:
		p.Code = screen.CodeLogUnreadable
		p.Cure = "copy the log to another folder and name it: marsfix " + flag + ` C:\path\` + name
	}
	return p
}

func logBlank(path, name string) *screen.Problem {
	return &screen.Problem{Code: screen.CodeLogEmpty,
		Message: fmt.Sprintf("\"%s\" is empty: no installer has written to %s", path, name),
		Cure:    "run the failing update once more, so that it writes the log", Then: screen.LookAgain}
}

func suspiciousName(n, line int64, text string) screen.Problem {
	return screen.Problem{Code: screen.CodeSuspiciousName,
		Message: fmt.Sprintf("%s not used, the last in line %d: %s",
			screen.Count(n, "warning in "+PatchLogName+" names no cached package and is",
				"warnings in "+PatchLogName+" name no cached package and are"), line, text),
		Cure: "find out who wrote them (any user could)"}
}

// SuspiciousFolder is the problem of a line of the set-up log whose folder is not acceptable.
func SuspiciousFolder(ln logscan.FolderLine) screen.Problem {
	says, cure := "names no plain folder path", "find out who wrote it (any user could)"
	if ln.Broken() {
		says, cure = "is broken within the folder's path", "the line was changed by copying; take the log file itself"
	}
	return screen.Problem{Code: screen.CodeSuspiciousDir,
		Message: fmt.Sprintf("line %d of %s %s and is not used: %s", ln.Number, SetupLogName, says,
			Quoted(ln.Text, ln.NameAt, MostQuoted)), Cure: cure}
}

// lostPatch is the problem of a registered patch whose cached file is gone or cannot be used.
func lostPatch(f Facts, p computer.Patch, product string) screen.Problem {
	is := "is missing"
	if why := f.Unusable(p.LocalPackage); why != "" {
		is = "cannot be used: it " + why
	}
	return screen.Problem{Code: screen.CodePatchMissing,
		Message: fmt.Sprintf("the cached patch %s (%s) of %s %s", p.LocalPackage, about(p), product, is),
		Cure:    "run marsfix there, as administrator: it looks for the patch and puts it back"}
}

// alonePatch makes a lost patch that of a product whose registration does not tell its own package: marsfix goes by the
// log there, and puts no patch back.
func alonePatch(p screen.Problem) screen.Problem {
	p.Refused = "marsfix puts no patch back for a product whose own package (LocalPackage) is not registered: ask Microsoft Support"
	return p
}

// UnknownPatch is the problem of a lost patch that only a log names: its code, by which it could be found, stands in
// the registration alone. why says why the file that is there cannot be used; empty where there is none.
func UnknownPatch(path, why string) screen.Problem {
	says := fmt.Sprintf("the log says that the cached patch %s is missing", cmp.Or(path, "(no name in the log)"))
	if why != "" {
		says = fmt.Sprintf("the cached patch %s, which the log names, cannot be used: it %s", path, why)
	}
	return screen.Problem{Code: screen.CodePatchMissing,
		Message: says + "; only Windows Installer's registration can tell which patch that is",
		Cure:    "run marsfix on that computer, as administrator: its registration has the patch's code; never take a patch from another computer's cache",
		Refused: "no registration that can be read here names it as lost: ask Microsoft Support; never take a patch from another computer's cache"}
}

// processesUnread is the problem of processes that could not be listed: a wizard may be open among them.
func processesUnread(err error) *screen.Problem {
	return &screen.Problem{Code: screen.CodeProcessesUnreadable,
		Message: fmt.Sprintf("cannot check whether an upgrade wizard is open: %v", err),
		Then:    screen.LookFirst, Cure: "start marsfix again in a console opened with Run as administrator",
		Refused: "ask whoever looks after the security software here: an administrator may list programs"}
}

// busyUnread is the problem of a Windows Installer that could not be asked whether it works.
func busyUnread(err error) *screen.Problem {
	return &screen.Problem{Code: screen.CodeBusyUnreadable,
		Message: fmt.Sprintf("cannot tell whether Windows Installer is busy: %v", err),
		Then:    screen.LookFirst, Cure: `find out what is installing: tasklist /v /fi "imagename eq msiexec.exe"`}
}

func servicesUnread(err error) *screen.Problem {
	return &screen.Problem{Code: screen.CodeServicesUnreadable,
		Message: fmt.Sprintf("cannot check whether the backup service is running: %v", err),
		Cure:    "check it yourself: sc query obengine"}
}
