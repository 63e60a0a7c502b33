package disktest

import (
	"strings"

	"marsfix/steps/disk"
)

// privateReader asks before every operation of a private folder that looks.
type privateReader struct {
	disk.PrivateReader
	before Before
}

// path is what the folder calls a name in it.
func (p privateReader) path(name string) string {
	if strings.HasPrefix(p.Path(), "/") {
		return p.Path() + "/" + name
	}
	return p.Path() + `\` + name
}

func (p privateReader) List() ([]disk.Info, error) {
	if err := p.before(List, p.Path()); err != nil {
		return nil, err
	}
	return p.PrivateReader.List()
}

func (p privateReader) Open(name string) (disk.File, error) {
	if err := p.before(Open, p.path(name)); err != nil {
		return nil, err
	}
	f, err := p.PrivateReader.Open(name)
	if err != nil {
		return nil, err
	}
	return file{f, p.before}, nil
}

func (p privateReader) Inside(name string) (disk.PrivateReader, error) {
	if err := p.before(OpenPrivate, p.path(name)); err != nil {
		return nil, err
	}
	in, err := p.PrivateReader.Inside(name)
	if err != nil {
		return nil, err
	}
	return privateReader{in, p.before}, nil
}

// private asks before every operation of a private folder.
type private struct {
	privateReader
	dir disk.Private
}

var _ disk.Private = private{}

func newPrivate(dir disk.Private, before Before) private {
	return private{privateReader{dir, before}, dir}
}

func (p private) Create(name string) (disk.NewFile, error) { return p.file(Create, name, p.dir.Create) }

func (p private) Append(name string) (disk.NewFile, error) { return p.file(Append, name, p.dir.Append) }

func (p private) file(op Op, name string, do func(string) (disk.NewFile, error)) (disk.NewFile, error) {
	if err := p.before(op, p.path(name)); err != nil {
		return nil, err
	}
	f, err := do(name)
	if err != nil {
		return nil, err
	}
	return newFile{f, p.before}, nil
}

func (p private) Enter(name string) (disk.Private, error) {
	return p.folder(OpenPrivate, name, p.dir.Enter)
}

func (p private) Make(name string) (disk.Private, error) {
	return p.folder(MakePrivate, name, p.dir.Make)
}

func (p private) folder(op Op, name string, do func(string) (disk.Private, error)) (disk.Private, error) {
	if err := p.before(op, p.path(name)); err != nil {
		return nil, err
	}
	dir, err := do(name)
	if err != nil {
		return nil, err
	}
	return newPrivate(dir, p.before), nil
}

func (p private) Rename(from, to string, same disk.ID) error {
	if err := p.before(Rename, p.path(from)); err != nil {
		return err
	}
	return p.dir.Rename(from, to, same)
}

func (p private) Remove(name string, same disk.ID) error {
	if err := p.before(Remove, p.path(name)); err != nil {
		return err
	}
	return p.dir.Remove(name, same)
}

func (p private) RemoveFolder(name string, same disk.ID) error {
	if err := p.before(RemoveFolder, p.path(name)); err != nil {
		return err
	}
	return p.dir.RemoveFolder(name, same)
}
