package selfcheck

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/msi"
)

// asker asks a computer, by the same ways as the steps.
type asker struct {
	computer.Looker
	about  computer.About
	own    disk.Writer
	listed []computer.Product
}

func (a *asker) processes(ctx context.Context) error {
	_, err := a.Wizards(ctx)
	return err
}

func (a *asker) busy(ctx context.Context) error {
	_, err := a.Busy(ctx)
	return err
}

func (a *asker) services(ctx context.Context) error {
	_, err := a.Services(ctx)
	return err
}

func (a *asker) products(ctx context.Context) (err error) {
	a.listed, err = a.Products(ctx)
	return err
}

// signature wants one good signature, whoever signed. The files that About names are Windows' own; one without a
// signature inside says nothing about the check: most of Windows is signed by catalogs, which are not asked here.
func (a *asker) signature(ctx context.Context) error {
	return a.onSystemFile(func(f disk.File) error {
		s, err := a.Signature(ctx, f)
		switch {
		case err != nil:
			return err
		case s.State == computer.SignNone:
			return notAsked(fmt.Sprintf("\"%s\" has no embedded signature", f.Path()))
		case s.State == computer.SignTrusted, s.State == computer.SignTrustedOff, s.State == computer.SignOther:
			return nil
		}
		return fmt.Errorf("\"%s\" is part of Windows, but the check says: %s", f.Path(), s.Words())
	})
}

func (a *asker) fileVersion(ctx context.Context) error {
	return a.onSystemFile(func(f disk.File) error {
		_, err := a.FileVersion(ctx, f)
		return err
	})
}

// onSystemFile asks about files that Windows itself ships, until one has an answer.
func (a *asker) onSystemFile(ask func(disk.File) error) (err error) {
	err = notAsked("no file of Windows with an embedded signature is known")
	for _, path := range a.about.SystemFiles {
		f, opened := a.Disk().Open(path, disk.ShareAll)
		switch {
		case computer.Absent(opened):
			err = notAsked(fmt.Sprintf("\"%s\" does not exist", path))
			continue
		case opened != nil:
			return fmt.Errorf("\"%s\": %w", path, disk.Cause(opened))
		}
		err = ask(f)
		f.Close() // opened for reading: closing it can lose nothing
		if not := notAsked(""); !errors.As(err, &not) {
			return err
		}
	}
	return err
}

// mostPackages is of how many products a package is read at most, until one tells its code.
const mostPackages = 8

// packageCode reads the code of one cached package: any that is there and whole.
func (a *asker) packageCode(ctx context.Context) error {
	if len(a.listed) == 0 {
		return notAsked("no product is listed")
	}
	var trouble error = notAsked("no registered product has its cached package")
	tried := 0
	for _, p := range a.listed {
		if p.LocalPackage == "" || tried == mostPackages {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		err := a.readCode(p.LocalPackage)
		switch {
		case err == nil:
			return nil
		case computer.Absent(err):
			continue
		}
		tried++
		trouble = fmt.Errorf("\"%s\": %w", p.LocalPackage, disk.Cause(err))
	}
	return trouble
}

func (a *asker) readCode(path string) error {
	if err := disk.OnOwnDrive(a.Disk(), path); err != nil {
		return err
	}
	f, info, err := disk.WithInfo(a.Disk().Open(path, disk.ShareAll))
	if err != nil {
		return err
	}
	defer f.Close() // opened for reading: closing it can lose nothing
	_, err = msi.Read(f, info.Size)
	return err
}

// tryName is the file that is made and removed. It has one name, so that one which a power cut has left is removed by
// the next try.
const tryName = "try.tmp"

// ownFolder makes and removes a file where the journal and the private copies of installers will lie. Nothing of the
// computer's is changed by that: the folder is marsfix's own, and the journal is begun in it at the same time. Whoever
// only looks (diagnose) writes nothing; there the folder's owner and rights are looked at, which are what it fails by
// where somebody else has made it.
func (a *asker) ownFolder(context.Context) error {
	dir := computer.OwnFolder(a.about)
	switch {
	case dir == "":
		return notAsked("this computer reports no Program Files folder")
	case a.own == nil:
		return a.lookAtOwn(dir)
	case !a.about.Elevated:
		return notAsked("marsfix is not running as administrator")
	}
	own, err := a.own.MakePrivate(dir)
	if err != nil {
		return fmt.Errorf("\"%s\": %w", dir, computer.OwnCause(err))
	}
	defer own.Close()
	if err := tryIn(own); err != nil {
		return fmt.Errorf("\"%s\": %w", disk.Join(dir, tryName), computer.OwnCause(err))
	}
	return nil
}

func (a *asker) lookAtOwn(dir string) error {
	own, err := a.Disk().OpenPrivate(dir)
	switch {
	case computer.Absent(err):
		return notAsked("a diagnosis writes nothing, and the folder does not exist yet")
	case err != nil:
		return fmt.Errorf("\"%s\": %w", dir, computer.OwnCause(err))
	}
	own.Close()
	return notAsked("a diagnosis writes nothing; the folder's owner and rights are right")
}

// tryIn makes and removes the file.
func tryIn(own disk.Private) error {
	f, err := own.Create(tryName)
	if errors.Is(err, fs.ErrExist) {
		if err := removeOld(own); err != nil {
			return err
		}
		f, err = own.Create(tryName)
	}
	if err != nil {
		return err
	}
	info, err := f.Info()
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return own.Remove(tryName, info.ID)
}

// removeOld removes the file of a try that never came to its end.
func removeOld(own disk.Private) error {
	f, info, err := disk.WithInfo(own.Open(tryName))
	if err != nil {
		return err
	}
	f.Close() // opened for reading: closing it can lose nothing
	return own.Remove(tryName, info.ID)
}
