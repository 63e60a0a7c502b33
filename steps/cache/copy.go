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
	c := copying{Order: o, m: m,
		temp: disk.Join(disk.Dir(o.To), disk.LeftoverPrefix+disk.RandomName()+o.Kind.Suffix())}
	p = c.write(ctx, src, screen.CountBytes(report, "copying", o.Size))
	if p == nil {
		p = c.prove(ctx, screen.CountBytes(report, "verifying", o.Size))
	}
	if p == nil {
		p = c.name()
	}
	if p != nil && c.id != (disk.ID{}) {
		p = c.remove(p)
	}
	return shared, p
}

// copying is an order on its way: the temporary file that becomes the copy.
type copying struct {
	Order
	m    computer.Machine
	temp string
	id   disk.ID // of the temporary file; zero: none was made
}

// write makes the temporary file and writes the source into it, hashing what it reads.
func (c *copying) write(ctx context.Context, src disk.File, progress func(int64)) *screen.Problem {
	dst, err := c.m.Writer().Create(c.temp)
	if err != nil {
		return computer.WriteProblem(c.temp, err)
	}
	in, err := dst.Info()
	if err != nil {
		// The id is needed to remove the file: ask for it by name instead.
		err = errors.Join(err, dst.Close())
		in, _ = c.m.Disk().Stat(c.temp) // without it the file stays, and the next look offers to remove it
		c.id = in.ID
		return computer.WriteProblem(c.temp, err)
	}
	c.id = in.ID
	sum, err := disk.CopyHashed(ctx, dst, src, c.Size, progress)
	if err == nil {
		err = dst.Sync()
	}
	if cerr := dst.Close(); err == nil {
		err = cerr
	}
	var read *disk.ReadError
	switch {
	case errors.As(err, &read):
		return SourceProblem(c.From, read.Err)
	case err != nil:
		return computer.WriteProblem(c.temp, err)
	case sum != c.SHA256:
		return SourceProblem(c.From, disk.ErrChanged)
	}
	return nil
}

// prove reads the copy back, held open so that nobody can change it meanwhile: same bytes, same code, same
// signature as what was looked at and agreed to.
func (c *copying) prove(ctx context.Context, progress func(int64)) *screen.Problem {
	file, err := c.m.Disk().Open(c.temp, disk.ShareRead)
	if err != nil {
		return computer.WriteProblem(c.temp, err)
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	sum, err := disk.Hash(ctx, file, c.Size, progress)
	if err != nil {
		return computer.WriteProblem(c.temp, err)
	}
	in, err := file.Info()
	if err != nil {
		return computer.WriteProblem(c.temp, err)
	}
	code, err := c.Kind.codeOf(file, in.Size)
	switch {
	case sum != c.SHA256 || in.Size != c.Size:
		return notEqual(c.temp, "its bytes are not those of the "+c.Kind.String())
	case err != nil:
		return notEqual(c.temp, err.Error())
	case !strings.EqualFold(code, c.Code):
		return notEqual(c.temp, "its "+c.Kind.String()+" code is "+code)
	}
	sig := computer.CheckSignature(ctx, c.m, file)
	if sig.Refused() || sig.Doubtful() && !c.AnySigner {
		return notEqual(c.temp, "it is "+sig.Words())
	}
	return nil
}

func notEqual(temp, why string) *screen.Problem {
	return &screen.Problem{Code: screen.CodeCopyNotVerified,
		Message: fmt.Sprintf("the copy \"%s\" failed the check: %s", temp, why),
		Cure:    "check the disk (chkdsk) and the virus scanner: one of them changes what is written", Then: screen.LookFirst}
}

// name gives the proven copy its place, never over what is there.
func (c *copying) name() *screen.Problem {
	err := c.m.Writer().Rename(c.temp, c.To, c.id)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, fs.ErrExist):
		return TakenProblem(c.To)
	}
	if in, serr := c.m.Disk().Stat(c.To); serr == nil && in.ID == c.id {
		return &screen.Problem{Code: screen.CodeNotFlushed,
			Message: fmt.Sprintf("\"%s\" has its name, but the disk did not confirm that: %v", c.To, disk.Cause(err)),
			Then:    screen.LookAgain}
	}
	return computer.WriteProblem(c.To, err)
}

// remove takes the temporary file away after a failure; when that fails too, the problem says where it lies.
func (c *copying) remove(p *screen.Problem) *screen.Problem {
	err := c.m.Writer().Remove(c.temp, c.id)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return p
	}
	q := *p
	q.Message += fmt.Sprintf("; the temporary file \"%s\" could not be removed: %v", c.temp, disk.Cause(err))
	return &q
}
