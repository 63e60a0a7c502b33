// Package cache looks into Windows Installer's cache and puts lost files back: a copy is written, proven and only then
// named. It must never replace or delete a file that marsfix did not make.
package cache

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

// TakenProblem is the problem of a name that somebody else took while the copy was made.
func TakenProblem(path string) *screen.Problem {
	return &screen.Problem{Code: screen.CodeTargetAppeared,
		Message: fmt.Sprintf("\"%s\" appeared while marsfix was copying; nothing was overwritten", path),
		Then:    screen.LookAgain}
}

// Order is one copy into the cache: of what was looked at and agreed to, and nothing else.
type Order struct {
	Kind      Kind
	From      string
	ID        disk.ID
	Size      int64
	SHA256    string
	Code      string // package code or patch code
	To        string // the name in the cache
	AnySigner bool   // the engineer took the risk of a signature that has to be typed for
}

// Copy writes the file beside its place, proves the copy, and names it. shared tells that others could write to the
// source meanwhile.
func Copy(ctx context.Context, m computer.Machine, o Order, report func(screen.Progress)) (shared bool,
	p *screen.Problem) {
	src, shared, err := m.Disk().OpenStrict(o.From)
	if err != nil {
		return false, SourceProblem(o.From, err)
	}
	defer src.Close() // opened for reading: closing it can lose nothing
	if in, err := src.Info(); err != nil {
		return shared, SourceProblem(o.From, err)
	} else if in.ID != o.ID || in.Size != o.Size {
		return shared, SourceProblem(o.From, disk.ErrChanged)
	}
	temp := disk.Join(disk.Dir(o.To), disk.LeftoverPrefix+disk.RandomName()+o.Kind.Suffix())
	id, p := writeCopy(ctx, m, o, src, temp, screen.CountBytes(report, "copying", o.Size))
	if p == nil {
		p = proveCopy(ctx, m, o, temp, screen.CountBytes(report, "verifying", o.Size))
	}
	if p == nil {
		p = nameCopy(m, temp, o.To, id)
	}
	if p != nil && id != (disk.ID{}) {
		p = removeTemp(m, temp, id, p)
	}
	return shared, p
}

// writeCopy makes the temporary file and writes the file into it, hashing what it reads. The id is that of the file
// made, zero when none was.
func writeCopy(ctx context.Context, m computer.Machine, o Order, src disk.File, temp string,
	progress func(int64)) (disk.ID, *screen.Problem) {
	dst, err := m.Writer().Create(temp)
	if err != nil {
		return disk.ID{}, computer.WriteProblem(temp, err)
	}
	in, err := dst.Info()
	if err != nil {
		// The id is needed to remove the file: ask for it by name instead.
		err = errors.Join(err, dst.Close())
		in, _ = m.Disk().Stat(temp) // without it the file stays, and the next look offers to remove it
		return in.ID, computer.WriteProblem(temp, err)
	}
	sum, err := disk.CopyHashed(ctx, dst, src, o.Size, progress)
	if err == nil {
		err = dst.Sync()
	}
	if cerr := dst.Close(); err == nil {
		err = cerr
	}
	var read *disk.ReadError
	switch {
	case errors.As(err, &read):
		return in.ID, SourceProblem(o.From, read.Err)
	case err != nil:
		return in.ID, computer.WriteProblem(temp, err)
	case sum != o.SHA256:
		return in.ID, SourceProblem(o.From, disk.ErrChanged)
	}
	return in.ID, nil
}

// proveCopy reads the copy back, held open so that nobody can change it meanwhile: same bytes, same code, same
// signature as what was looked at and agreed to.
func proveCopy(ctx context.Context, m computer.Machine, o Order, temp string, progress func(int64)) *screen.Problem {
	file, err := m.Disk().Open(temp, disk.ShareRead)
	if err != nil {
		return computer.WriteProblem(temp, err)
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	sum, err := disk.Hash(ctx, file, o.Size, progress)
	if err != nil {
		return computer.WriteProblem(temp, err)
	}
	in, err := file.Info()
	if err != nil {
		return computer.WriteProblem(temp, err)
	}
	code, err := o.Kind.codeOf(file, in.Size)
	switch {
	case sum != o.SHA256 || in.Size != o.Size:
		return notEqual(temp, "its bytes are not those of the "+o.Kind.String())
	case err != nil:
		return notEqual(temp, err.Error())
	case !strings.EqualFold(code, o.Code):
		return notEqual(temp, "its "+o.Kind.String()+" code is "+code)
	}
	sig := computer.CheckSignature(ctx, m, file)
	if sig.Refused() || sig.Doubtful() && !o.AnySigner {
		return notEqual(temp, "it is "+sig.Words())
	}
	return nil
}

func notEqual(temp, why string) *screen.Problem {
	return &screen.Problem{Code: screen.CodeCopyNotVerified,
		Message: fmt.Sprintf("the copy \"%s\" failed the check: %s", temp, why),
		Cure:    "check the disk (chkdsk) and the virus scanner: one of them changes what is written", Then: screen.LookFirst}
}

func nameCopy(m computer.Machine, temp, target string, id disk.ID) *screen.Problem {
	err := m.Writer().Rename(temp, target, id)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return TakenProblem(target)
	}
	if in, serr := m.Disk().Stat(target); serr == nil && in.ID == id {
		return &screen.Problem{Code: screen.CodeNotFlushed,
			Message: fmt.Sprintf("\"%s\" has its name, but the disk did not confirm that: %v", target, disk.Cause(err)),
			Then:    screen.LookAgain}
	}
	return computer.WriteProblem(target, err)
}

// removeTemp takes the temporary file away after a failure; when that fails too, the problem says where it lies.
func removeTemp(m computer.Machine, temp string, id disk.ID, p *screen.Problem) *screen.Problem {
	err := m.Writer().Remove(temp, id)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return p
	}
	q := *p
	q.Message += fmt.Sprintf("; the temporary file \"%s\" could not be removed: %v", temp, disk.Cause(err))
	return &q
}
