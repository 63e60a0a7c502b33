package cache

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/msi"
	"marsfix/steps/screen"
)

// Inspect reads a package or, by its name, a patch: identity, hash, signature.
func Inspect(ctx context.Context, l computer.Looker, path string, report func(screen.Progress)) Package {
	return inspectOpened(ctx, l, path, report, disk.Reader.OpenStrict)
}

// inspectOpened is Inspect with a way to open the file.
func inspectOpened(ctx context.Context, l computer.Looker, path string, report func(screen.Progress),
	open func(disk.Reader, string) (disk.File, bool, error)) Package {
	p, file := Identify(l, path, open)
	if file == nil {
		return p
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	if p = Hash(ctx, p, file, report); p.Trouble == nil {
		p.Signature = computer.CheckSignature(ctx, l, file)
	}
	return p
}

// Identify reads what a package says of itself, from its headers, and leaves it open; no file where the package's
// trouble says why.
func Identify(l computer.Looker, path string, open func(disk.Reader, string) (disk.File, bool, error)) (p Package,
	file disk.File) {
	p = Package{Path: path, Kind: KindOf(path)}
	var shared bool
	err := disk.OnOwnDrive(l.Disk(), path) // what named it may be a log, to which others can write
	if err == nil {
		file, shared, err = open(l.Disk(), path)
	}
	if err != nil {
		p.Unseen = errors.Is(err, disk.ErrNoDrive) || errors.Is(err, computer.ErrSilent)
		p.Exists = !p.Unseen && !errors.Is(err, fs.ErrNotExist)
		p.Trouble = computer.PackageProblem(path, err)
		return p, nil
	}
	p.Exists, p.Shared = true, shared
	if p.Info, err = file.Info(); err != nil {
		p.Trouble = computer.PackageProblem(path, err)
	} else if p.Identity, p.Patch, err = p.Kind.identify(counted{file, &p.Read}, p.Info.Size); err != nil {
		p.Trouble = notPackage(p.Kind, path, err)
	}
	if p.Trouble != nil {
		file.Close() // opened for reading: closing it can lose nothing
		return p, nil
	}
	return p, file
}

// counted counts the bytes that are read of a file.
type counted struct {
	io.ReaderAt
	read *int64
}

func (c counted) ReadAt(b []byte, off int64) (int, error) {
	n, err := c.ReaderAt.ReadAt(b, off)
	*c.read += int64(n)
	return n, err
}

// notPackage is the problem of a file whose identity could not be read, or that is of the other kind.
func notPackage(kind Kind, path string, err error) *screen.Problem {
	if isDisks(err) {
		return computer.PackageProblem(path, err)
	}
	if otherKind(err) {
		return &screen.Problem{Code: screen.CodeNotPackage,
			Message: fmt.Sprintf("\"%s\" has the name of a %s, but its class id says that %v: it is not used",
				path, kind, err),
			Cure: "find out who gave it that name", Then: screen.LookAgain}
	}
	return &screen.Problem{Code: screen.CodeNotPackage,
		Message: fmt.Sprintf("\"%s\" %s", path, invalid(kind, err)),
		Cure:    "download the installer again", Then: screen.StartAgain}
}

// Hash reads a package to its end.
func Hash(ctx context.Context, p Package, file disk.File, report func(screen.Progress)) Package {
	var err error
	if p.SHA256, err = disk.Hash(ctx, file, p.Info.Size, screen.CountBytes(report, "reading",
		p.Info.Size)); err != nil {
		p.Trouble = computer.PackageProblem(p.Path, err)
	}
	return p
}

// SourceProblem is the problem of a package that could not be read while it was copied.
func SourceProblem(path string, err error) *screen.Problem {
	p := &screen.Problem{Code: screen.CodeSourceUnreadable, Message: fmt.Sprintf("cannot read \"%s\": %v", path,
		disk.Cause(err)),
		Then: screen.LookAgain}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		p.Code, p.Message = screen.CodeSourceMissing,
			fmt.Sprintf("\"%s\" has vanished: the wizard was closed, or something removed its folder", path)
		p.Then = screen.StartAgain
	case errors.Is(err, disk.ErrChanged):
		p.Code, p.Message = screen.CodeSourceChanged,
			fmt.Sprintf("\"%s\" is no longer the file that step 9 checked", path)
		p.Then = screen.CheckAgain
	}
	return p
}

// Package is an .msi, or an .msp, as a file.
type Package struct {
	Kind      Kind
	Path      string
	Exists    bool
	Unseen    bool // it could not be examined: its drive is not here, or there is no disk
	Info      disk.Info
	Identity  msi.Identity // of a package
	Patch     msi.Patch    // of a patch
	Read      int64        // bytes that were read for these two
	SHA256    string
	Signature computer.Signature
	Shared    bool            // others may write to it while marsfix reads it
	Trouble   *screen.Problem // why it cannot be used at all
	Beside    []string        // names of the files around it
}
