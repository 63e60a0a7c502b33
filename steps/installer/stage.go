package installer

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// runPrefix begins the name of a folder in which a copy of the installer is started.
const runPrefix = "run-"

// Staged is a copy of an installer in a folder that only administrators can write to. Started from there, no DLL that
// somebody put beside the download is loaded, and nobody can change the file between check and start.
type Staged struct {
	dir  string
	Path string
	id   disk.ID
}

// stage copies an installer that was looked at into a fresh private folder inside own, and looks at the copy.
func (pr Program) stage(ctx context.Context, m computer.Machine, own disk.Private, done func(int64)) (Staged,
	*screen.Problem) {
	if free, err := m.Disk().Free(own.Path()); err == nil && free < uint64(pr.Info.Size) {
		return Staged{}, pr.notStaged(own.Path(), fmt.Errorf("only %s free: %w", screen.Size(int64(free)), disk.ErrFull))
	}
	run, err := own.Make(runPrefix + disk.RandomName())
	if err != nil {
		return Staged{}, pr.notStaged(own.Path(), err)
	}
	s := Staged{dir: run.Path(), Path: disk.Join(run.Path(), disk.Base(pr.Path))}
	s.id, err = pr.fill(ctx, m, run, done)
	run.Close()
	if err != nil {
		s.Remove(m)
		return Staged{}, pr.notStaged(own.Path(), err)
	}
	staged := Inspect(ctx, m, s.Path)
	if why := pr.mismatch(staged); why != "" {
		s.Remove(m)
		return Staged{}, &screen.Problem{Code: screen.CodeChanged,
			Message: fmt.Sprintf("the private copy of \"%s\" is not what was looked at: %s", pr.Path, why),
			Then:    screen.LookAgain}
	}
	return s, nil
}

// notStaged is the problem of a private copy that could not be made in a place.
func (pr Program) notStaged(place string, err error) *screen.Problem {
	p := &screen.Problem{Code: screen.CodeNotStaged, Then: screen.LookAgain,
		Message: fmt.Sprintf("no private copy of \"%s\" can be made in \"%s\": %v", pr.Path, place,
			computer.OwnCause(err))}
	if own := computer.OwnHint(err, ""); own != "" {
		p.Cure, p.Then = own, screen.Nothing // it ends in a command
	}
	var read *disk.ReadError
	switch {
	case errors.As(err, &read):
		return ProgramProblem(pr.Path, read.Err)
	case errors.Is(err, context.Canceled):
		p.Code, p.Message = screen.CodeStopped, "stopped before the installer was started; nothing was changed"
	case errors.Is(err, disk.ErrChanged):
		p.Code, p.Message, p.Cure = screen.CodeChanged,
			fmt.Sprintf("\"%s\" is no longer the file that marsfix checked", pr.Path), ""
	case errors.Is(err, disk.ErrFull):
		p.Cure = fmt.Sprintf("free at least %s on %s", screen.Size(pr.Info.Size), place[:min(len(place), len("C:"))])
	case errors.Is(err, disk.ErrShared):
		p.Cure = "a virus scanner may hold the file: wait a minute"
	case errors.Is(err, fs.ErrPermission):
		p.Cure = fmt.Sprintf(`let Administrators write there (icacls "%s"), or ask whether a policy forbids programs there`, place)
	}
	return p
}

// mismatch says how a copy differs from the installer that was looked at, empty when it does not. The bytes are not
// compared here: startHeld does that.
func (pr Program) mismatch(staged Program) string {
	switch {
	case staged.Trouble != nil:
		return staged.Trouble.Message
	case !staged.Signature.Same(pr.Signature):
		return "it is " + staged.Signature.Words()
	}
	return ""
}

// fill copies the installer, which must still be the file that was looked at, into run. The id is that of the copy,
// zero when none was made.
func (pr Program) fill(ctx context.Context, m computer.Machine, run disk.Private, done func(int64)) (id disk.ID,
	err error) {
	src, info, err := disk.WithInfo(m.Disk().Open(pr.Path, disk.ShareRead))
	if err != nil {
		return id, &disk.ReadError{Err: err}
	}
	defer src.Close() // opened for reading: closing it can lose nothing
	if info.ID != pr.Info.ID || info.Size != pr.Info.Size || !info.Written.Equal(pr.Info.Written) {
		return id, disk.ErrChanged
	}
	dst, err := run.Create(disk.Base(pr.Path))
	if err != nil {
		return id, err
	}
	made, err := dst.Info()
	if err == nil {
		id = made.ID
		_, err = disk.CopyHashed(ctx, dst, src, info.Size, done)
	} else if files, lerr := run.List(); lerr == nil && len(files) == 1 {
		id = files[0].ID // so that it can be removed
	}
	if cerr := dst.Close(); err == nil {
		err = cerr
	}
	return id, err
}

// Remove removes the copy and its folder. While the installer runs that fails; the end of the walk, or the next start,
// tries again.
func (s Staged) Remove(m computer.Machine) {
	own, err := m.Writer().MakePrivate(disk.Dir(s.dir))
	if err != nil {
		return
	}
	defer own.Close()
	run, err := own.Enter(disk.Base(s.dir))
	if err != nil {
		return
	}
	if s.id != (disk.ID{}) {
		err = run.Remove(disk.Base(s.Path), s.id)
	}
	run.Close()
	folders, lerr := own.List()
	for _, in := range folders {
		if err == nil && lerr == nil && disk.SamePath(in.Path, s.dir) {
			// an empty folder left behind hurts nobody, and the next start takes it
			_ = own.RemoveFolder(disk.Base(in.Path), in.ID)
		}
	}
}

// Swept is a folder of an earlier start.
type Swept struct {
	Dir string
	Err string // why it is still there; empty: it was removed
}

// sweep removes what earlier starts have left behind, unless something still runs from it: folders with a name that
// stage gives and at most one file in them. It works only inside the folder that is held open.
func sweep(own disk.Private) []Swept {
	folders, err := own.List()
	if err != nil {
		return nil // what is left there takes room and nothing else
	}
	var swept []Swept
	for _, in := range folders {
		if !in.Dir || !isRunFolder(disk.Base(in.Path)) {
			continue
		}
		s := Swept{Dir: in.Path}
		if err := clearRun(own, in); err != nil {
			s.Err = computer.OwnCause(err).Error()
		}
		swept = append(swept, s)
	}
	return swept
}

func clearRun(own disk.Private, in disk.Info) error {
	run, err := own.Enter(disk.Base(in.Path))
	if err != nil {
		return err
	}
	files, err := run.List()
	switch {
	case err != nil:
	case len(files) > 1 || len(files) == 1 && (files[0].Dir || files[0].Link):
		err = fmt.Errorf("it holds more than a copy of an installer")
	case len(files) == 1:
		err = run.Remove(disk.Base(files[0].Path), files[0].ID)
	}
	run.Close()
	if err != nil {
		return err
	}
	return own.RemoveFolder(disk.Base(in.Path), in.ID)
}

// isRunFolder reports whether a name is one that stage gives.
func isRunFolder(name string) bool {
	id, ok := strings.CutPrefix(name, runPrefix)
	return ok && disk.IsRandomName(id)
}
