package steps

import (
	"context"
	"fmt"
	"strings"

	"marsfix/steps/disk"
)

// launched is a program that was started.
type launched struct {
	pid    int
	staged Staged   // zero when it was started where it lies
	beside []string // DLLs beside a program started where it lies
}

// launch starts a program that is still the file that was looked at: from a private copy, or where that cannot be had where it lies,
// unless that is a share or a stick, which can go away under it.
func launch(ctx context.Context, m Machine, f Facts, pr Program, e env) (launched, *Problem) {
	sweepStaged(m, f)
	var l launched
	s, p := stage(ctx, m, f, pr, e)
	switch {
	case p == nil:
		l.staged = s
		pr = inspectProgram(ctx, m, s.Path)
	case p.Code == codeChanged || !onFixedDrive(m.Disk(), pr.Path):
		return l, p
	default:
		l.beside = besides(m.Disk(), pr.Path)
	}
	l.pid, p = startHeld(ctx, m, pr)
	if p != nil {
		l.staged.remove(m)
	}
	return l, p
}

// onFixedDrive tells whether a path is on a drive of the computer that stays in it.
func onFixedDrive(d disk.Reader, path string) bool {
	if strings.HasPrefix(path, `\\`) || !onOwnDrive(d, path) {
		return false
	}
	removable, err := d.Removable(path)
	return err == nil && !removable
}

// startHeld starts a program while it is held open without write or delete for others. Size and time can be put back by who changed the
// bytes, so the bytes themselves are compared.
func startHeld(ctx context.Context, m Machine, pr Program) (int, *Problem) {
	if pr.Trouble != nil {
		return 0, pr.Trouble
	}
	file, err := m.Disk().Open(pr.Path, disk.ShareRead)
	if err != nil {
		return 0, programProblem(pr.Path, err)
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	info, err := file.Info()
	if err != nil {
		return 0, programProblem(pr.Path, err)
	}
	sum, err := hashOf(ctx, file, info.Size, unreported)
	if err != nil {
		return 0, programProblem(pr.Path, err)
	}
	if info.ID != pr.Info.ID || sum != pr.SHA256 {
		return 0, &Problem{Code: codeChanged,
			Message: fmt.Sprintf("\"%s\" is not the file that was looked at any more", pr.Path),
			Hint:    "press r to look at it again"}
	}
	pid, err := m.Start(ctx, pr.Path)
	if err != nil {
		return 0, &Problem{Code: "start-failed", Message: fmt.Sprintf("cannot start \"%s\": %v", pr.Path, cause(err)),
			Hint: "press s to choose another installer, or start it at the desktop and press r"}
	}
	return pid, nil
}
