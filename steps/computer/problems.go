package computer

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// elevated is how marsfix gets an administrator's rights.
const elevated = "start marsfix in a console opened with Run as administrator"

// PackageProblem is the problem of a package or patch that could not be opened or read.
func PackageProblem(path string, err error) *screen.Problem {
	p := &screen.Problem{Code: screen.CodePackageUnreadable,
		Message: fmt.Sprintf("cannot read \"%s\": %v", path, disk.Cause(err)),
		Then:    screen.LookAgain}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.Code, p.Message = screen.CodePackageMissing, fmt.Sprintf("\"%s\" does not exist", path)
		p.Then = screen.StartAgain
	case errors.Is(err, disk.ErrLink):
		p.Code, p.Message = screen.CodeLinkInPath, fmt.Sprintf("\"%s\" is reached through a link: %v", path,
			disk.Cause(err))
		p.Cure, p.Then = "a real installer makes no links: find out who made this one", screen.StartAgain
	case errors.Is(err, disk.ErrShared):
		p.Code, p.Cure = screen.CodePackageLocked,
			"close the program that holds it, or wait a minute when that is a virus scanner"
	case Denied(p, path, err):
	}
	return p
}

// WriteProblem is the problem of a file in the cache that could not be written, renamed or removed.
func WriteProblem(path string, err error) *screen.Problem {
	p := &screen.Problem{Code: screen.CodeWriteFailed, Message: fmt.Sprintf("cannot write \"%s\": %v", path,
		disk.Cause(err)),
		Then: screen.LookAgain}
	switch {
	case errors.Is(err, disk.ErrFull):
		p.Code, p.Cure = screen.CodeDiskFull, "make room on that drive"
	case Denied(p, path, err):
	case errors.Is(err, disk.ErrShared):
		p.Cure = "a virus scanner may hold the file: wait a minute"
	case errors.Is(err, context.Canceled):
		p.Code, p.Message = screen.CodeStopped, "stopped before the copy got its name; nothing was changed"
	}
	return p
}

// WizardRuns is the problem of steps 1 and 11.
func WizardRuns(ps []Process) screen.Problem {
	p := ps[0]
	more := ""
	if n := len(ps) - 1; n > 0 {
		more = fmt.Sprintf(" and %d more", n)
	}
	m := fmt.Sprintf("close the upgrade wizard: it is still open (process %d%s)", p.PID, more)
	hint := "close its window on the desktop where it is open; marsfix will notice"
	if !p.Counts() {
		m = "an upgrade wizard is open that may not be yours: " + p.Whose() + more
		hint = fmt.Sprintf("ask %s to close it; marsfix will notice", cmp.Or(p.User, "who started it"))
	}
	return screen.Problem{Code: screen.CodeWizardRunning, Message: m, Cure: hint}
}

// WizardStuck is WizardRuns for a wizard that has been in the way for a while: its cure says how to find it, and how to
// end it where Windows Installer is not busy.
func WizardStuck(ps []Process, busy bool) screen.Problem {
	p := WizardRuns(ps)
	p.Cure += "; it may be open in another session; list them: query session"
	if !busy {
		p.Cure += fmt.Sprintf("; if you cannot close it there: taskkill /PID %d (only while Windows Installer is idle)",
			ps[0].PID)
	}
	return p
}

// NeedsElevation is the problem that what needs an administrator's rights.
func NeedsElevation(what string) screen.Problem {
	return screen.Problem{Code: screen.CodeNeedsElevation,
		Message: what + " needs administrator rights, and marsfix is running without them",
		Cure:    elevated}
}

// NoDesktop is the problem of a marsfix that cannot start a program with windows; then ends the cure.
func NoDesktop(then string) screen.Problem {
	return screen.Problem{Code: screen.CodeNoDesktop,
		Message: "marsfix cannot see a desktop from here (SSH, WinRM or a service), so it starts nothing",
		Cure:    "start the installer at the desktop, " + then}
}
