package installer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// Launched is a program that was started.
type Launched struct {
	PID int
	Origin
	Swept []Swept // what earlier starts had left behind
}

// Launch starts a program, if it is still the file that was looked at, from a private copy in the folder own. Without
// room or rights for that copy nothing is started. done is told how many bytes are copied.
func (pr Program) Launch(ctx context.Context, m computer.Machine, own string, done func(int64)) (Launched,
	*screen.Problem) {
	var l Launched
	if own == "" {
		return l, &screen.Problem{Code: screen.CodeNotStaged,
			Message: "this computer has no Program Files folder for a private copy of the installer",
			Cure:    "start the installer at the desktop", Then: screen.LookAgain}
	}
	folder, err := m.Writer().MakePrivate(own)
	if err != nil {
		return l, pr.notStaged(own, err)
	}
	defer folder.Close()
	l.Swept = sweep(folder)
	staged, p := pr.stage(ctx, m, folder, done)
	if p != nil {
		return l, p
	}
	pr.Path, pr.Info.ID = staged.Path, staged.id // stage has compared the signature; startHeld compares the bytes
	l.PID, p = pr.startHeld(ctx, m)
	if p != nil {
		staged.Remove(m)
		return l, p
	}
	l.Staged = staged
	return l, nil
}

// LaunchInPlace starts a program where it lies. The engineer has agreed to that knowing what lies beside it; nothing is
// started when that has changed.
func (pr Program) LaunchInPlace(ctx context.Context, m computer.Machine, beside []string) (Launched, *screen.Problem) {
	now, p := DLLsBeside(m.Disk(), pr.Path)
	if p != nil {
		return Launched{}, p
	}
	if what := difference(beside, now); what != "" {
		return Launched{}, &screen.Problem{Code: screen.CodeChanged,
			Message: fmt.Sprintf("what lies beside \"%s\" changed before the start, so nothing was started: %s",
				pr.Path, what),
			Then: screen.LookAgain}
	}
	pid, p := pr.startHeld(ctx, m)
	return Launched{PID: pid, Origin: Origin{InPlace: true, Beside: now}}, p
}

// DLLsBeside names what lies beside a program and may be loaded by it when it is started there: DLLs, and files by
// which Windows is told where to look for DLLs (NAME.exe.local, .manifest, .config).
func DLLsBeside(d disk.Reader, path string) ([]string, *screen.Problem) {
	infos, err := d.List(disk.Dir(path))
	if err != nil {
		return nil, &screen.Problem{Code: screen.CodeFolderUnreadable,
			Message: fmt.Sprintf("cannot list what lies beside \"%s\": %v", path, disk.Cause(err)),
			Then:    screen.LookAgain}
	}
	program := strings.ToLower(disk.Base(path)) + "."
	var names []string
	for _, in := range infos {
		name := disk.Base(in.Path)
		if low := strings.ToLower(name); strings.HasSuffix(low, ".dll") || strings.HasPrefix(low, program) {
			names = append(names, name)
		}
	}
	return names, nil
}

// difference says which names are new in a list, and which are gone from it; empty when it is the same.
func difference(was, now []string) string {
	var what []string
	for _, name := range now {
		if !slices.Contains(was, name) {
			what = append(what, name+" is new")
		}
	}
	for _, name := range was {
		if !slices.Contains(now, name) {
			what = append(what, name+" is gone")
		}
	}
	return strings.Join(what, ", ")
}

// Stays reports whether a path is known to be on a fixed drive of the computer: no share, no stick, no disc.
func Stays(d disk.Reader, path string) bool {
	if disk.OnOwnDrive(d, path) != nil {
		return false
	}
	removable, err := d.Removable(path)
	return err == nil && !removable
}

// startHeld starts a program while it holds the file open so that others can neither write nor delete it. It compares
// the bytes themselves: whoever changes them can put size and time back.
func (pr Program) startHeld(ctx context.Context, m computer.Machine) (int, *screen.Problem) {
	if pr.Trouble != nil {
		return 0, pr.Trouble
	}
	file, info, err := disk.WithInfo(m.Disk().Open(pr.Path, disk.ShareRead))
	if err != nil {
		return 0, ProgramProblem(pr.Path, err)
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	same := info.ID == pr.Info.ID && info.Size == pr.Info.Size
	if same {
		sum, err := disk.Hash(ctx, file, info.Size, disk.Unreported)
		if err != nil {
			return 0, ProgramProblem(pr.Path, err)
		}
		same = sum == pr.SHA256
	}
	if !same {
		return 0, &screen.Problem{Code: screen.CodeChanged,
			Message: fmt.Sprintf("\"%s\" is no longer the file that marsfix checked", pr.Path),
			Then:    screen.LookAgain}
	}
	pid, err := m.Start(ctx, pr.Path)
	if err != nil {
		return 0, notStarted(pr.Path, err)
	}
	return pid, nil
}

// notStarted is the problem of a program that was not started. Its cure names who has to permit it.
func notStarted(path string, err error) *screen.Problem {
	p := &screen.Problem{Message: fmt.Sprintf("cannot start \"%s\": %v", path, disk.Cause(err)),
		Cure: "start it at the desktop", Then: screen.LookAgain, Offer: "to choose another installer"}
	switch {
	case errors.Is(err, disk.ErrShared):
		p.Cure = "a virus scanner may hold the file: wait a minute"
	case computer.Denied(p, path, err):
	}
	p.Code = screen.CodeStartFailed // the same code, whoever refused it
	return p
}

// Origin says where an installer was started from.
type Origin struct {
	Staged  Staged   // the copy that was started; zero when none was
	InPlace bool     // it was started where it lies, as was agreed to
	Beside  []string // what lay beside it then
}
