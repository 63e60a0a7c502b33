package disk

import (
	"errors"
	"os"
)

// Flaw is why something cannot be taken for marsfix's own.
type Flaw uint8

const (
	NotFolder    Flaw = iota + 1 // a file stands under the folder's name
	FolderLink                   // a link stands under the folder's name
	ForeignOwner                 // it belongs to an account that could give itself every right
	OpenToOthers                 // somebody else may write to it
)

// NotPrivateError is the cause of a refusal: what stands under the name is not in the hands of SYSTEM and
// Administrators alone.
type NotPrivateError struct {
	Flaw Flaw
	Who  string // the account, for ForeignOwner and OpenToOthers
}

func (e *NotPrivateError) Error() string {
	switch e.Flaw {
	case NotFolder:
		return "it is not a folder"
	case FolderLink:
		return "it is a link, not a folder"
	case ForeignOwner:
		return "it belongs to " + e.Who
	default:
		return "it can be written to by " + e.Who
	}
}

// Is makes a link under the name answer to ErrLink as everywhere else.
func (e *NotPrivateError) Is(target error) bool { return target == ErrLink && e.Flaw == FolderLink }

// private is a Private: a held folder with what its owner calls it.
type private struct {
	dir  held
	path string
	at   locator
}

var _ Private = private{}

func (p private) Path() string { return p.path }

func (p private) Close() { p.dir.close() }

// named is the path of a name in the folder, and whether it is a plain name at all.
func (p private) named(name string) (path string, err error) {
	path = p.path + p.at.separator() + name
	if !plainName(name) {
		err = ErrBadPath
	}
	return path, err
}

func (p private) List() ([]Info, error) {
	list, err := p.dir.entries()
	return below(p.path, p.at.separator(), list), fail("list", p.path, err)
}

func (p private) Open(name string) (File, error) {
	path, err := p.named(name)
	if err != nil {
		return nil, fail("open", path, err)
	}
	f, err := p.dir.openIn(name, path)
	if f, err = p.checked(f, err); err != nil {
		return nil, fail("open", path, err)
	}
	return opened{handle{f, path}}, nil
}

func (p private) Append(name string) (NewFile, error) {
	path, err := p.named(name)
	if err != nil {
		return nil, fail("append", path, err)
	}
	f, err := p.dir.appendIn(name, path, p.at.rights())
	if f, err = p.checked(f, err); err != nil {
		return nil, fail("append", path, err)
	}
	return written{handle{f, path}}, nil
}

func (p private) Create(name string) (NewFile, error) {
	path, err := p.named(name)
	if err != nil {
		return nil, fail("create", path, err)
	}
	f, err := p.dir.createIn(name, path, p.at.rights())
	if err != nil {
		return nil, fail("create", path, err)
	}
	return written{handle{f, path}}, nil
}

// checked passes on an opened file that nobody else can write to.
func (p private) checked(f *os.File, err error) (*os.File, error) {
	if err == nil && p.at.rights() {
		if err = checkPrivate(f); err != nil {
			err = closeAnd(err, f)
		}
	}
	return f, err
}

func (p private) Rename(from, to string, same ID) error {
	path, err := p.named(from)
	target, err2 := p.named(to)
	if err := errors.Join(err, err2); err != nil {
		return fail("rename", path, err)
	}
	if err = p.dir.rename(from, to, same); taken(err) {
		path = target
	}
	return fail("rename", path, err)
}

func (p private) Remove(name string, same ID) error {
	path, err := p.named(name)
	if err == nil {
		err = p.dir.remove(name, same)
	}
	return fail("remove", path, err)
}

func (p private) RemoveFolder(name string, same ID) error {
	path, err := p.named(name)
	if err == nil {
		err = p.dir.removeFolderIn(name, same)
	}
	return fail("remove folder", path, err)
}

func (p private) Make(name string) (Private, error) {
	path, err := p.named(name)
	if err == nil {
		err = p.dir.makePrivate(name, p.at.rights())
	}
	if err != nil && !taken(err) {
		return nil, fail("make private folder", path, err)
	}
	return p.Enter(name)
}

func (p private) Enter(name string) (Private, error) {
	path, err := p.named(name)
	if err != nil {
		return nil, fail("open private folder", path, err)
	}
	dir, err := p.dir.enter(name)
	return enter(dir, err, path, p.at)
}

func (p private) Inside(name string) (PrivateReader, error) {
	in, err := p.Enter(name)
	if err != nil {
		return nil, err
	}
	return in, nil
}

// enter makes a Private of an opened folder, or closes one that is in other hands.
func enter(dir held, err error, path string, at locator) (Private, error) {
	if err == nil && at.rights() {
		if err = checkPrivate(dir.f); err != nil {
			dir.close()
		}
	}
	if err != nil {
		return nil, fail("open private folder", path, err)
	}
	return private{dir, path, at}, nil
}

func (l looking) OpenPrivate(path string) (PrivateReader, error) {
	p, err := openPrivate(l.at, path)
	if err != nil {
		return nil, err
	}
	return p, nil
}

func (l looking) Guarded(path string) error {
	// so that a link is followed, as on the way to anything in the folder
	dir, _, err := l.at.locate(path + l.at.separator() + "x")
	if err == nil {
		defer dir.close()
		err = dir.guarded()
	}
	return fail("guarded", path, err)
}

func openPrivate(at locator, path string) (Private, error) {
	dir, name, err := at.locate(path)
	if err != nil {
		return nil, fail("open private folder", path, err)
	}
	defer dir.close()
	held, err := dir.enter(name)
	return enter(held, err, path, at)
}

func (c changing) MakePrivate(path string) (Private, error) {
	err := c.make(path, func(dir folder, name string) error { return dir.makePrivate(name, c.at.rights()) })
	if err != nil && !taken(err) {
		return nil, fail("make private folder", path, err)
	}
	return openPrivate(c.at, path)
}

// checkPrivate judges an opened file or folder. Where the file system keeps no owners, the own account may own it and
// write to it.
func checkPrivate(f *os.File) error {
	r, err := rightsOf(f)
	if err != nil {
		return err
	}
	err = r.flaw("")
	var not *NotPrivateError
	if !errors.As(err, &not) || not.Flaw != ForeignOwner {
		return err
	}
	also, look := ownerOfAll()
	if look != nil || also == "" {
		return errors.Join(err, look)
	}
	return r.flaw(also)
}
