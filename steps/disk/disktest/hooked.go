package disktest

import (
	"errors"
	"io/fs"

	"marsfix/steps/disk"
)

// Hooked is a disk that asks before every operation.
type Hooked struct {
	d      disk.Disk
	before Before
}

// New puts before ahead of every operation of d and of the files opened on it.
func New(d disk.Disk, before Before) *Hooked { return &Hooked{d, before} }

func (h *Hooked) Open(path string, share disk.Share) (disk.File, error) {
	if err := h.before(Open, path); err != nil {
		return nil, err
	}
	f, err := h.d.Open(path, share)
	if err != nil {
		return nil, err
	}
	return file{f, h.before}, nil
}

func (h *Hooked) OpenStrict(path string) (disk.File, bool, error) {
	if err := h.before(OpenStrict, path); err != nil {
		return nil, false, err
	}
	f, shared, err := h.d.OpenStrict(path)
	if err != nil {
		return nil, false, err
	}
	return file{f, h.before}, shared, nil
}

func (h *Hooked) Stat(path string) (disk.Info, error) {
	if err := h.before(Stat, path); err != nil {
		return disk.Info{}, err
	}
	return h.d.Stat(path)
}

func (h *Hooked) List(path string) ([]disk.Info, error) {
	if err := h.before(List, path); err != nil {
		return nil, err
	}
	return h.d.List(path)
}

func (h *Hooked) Owner(path string) (disk.Owner, error) {
	if err := h.before(Owner, path); err != nil {
		return disk.Owner{}, err
	}
	return h.d.Owner(path)
}

func (h *Hooked) Free(path string) (uint64, error) {
	if err := h.before(Free, path); err != nil {
		return 0, err
	}
	return h.d.Free(path)
}

func (h *Hooked) Drives() ([]string, error) {
	if err := h.before(Drives, ""); err != nil {
		return nil, err
	}
	return h.d.Drives()
}

func (h *Hooked) Removable(path string) (bool, error) {
	if err := h.before(Removable, path); err != nil {
		return false, err
	}
	return h.d.Removable(path)
}

func (h *Hooked) OpenPrivate(path string) (disk.PrivateReader, error) {
	if err := h.before(OpenPrivate, path); err != nil {
		return nil, err
	}
	dir, err := h.d.OpenPrivate(path)
	if err != nil {
		return nil, err
	}
	return privateReader{dir, h.before}, nil
}

func (h *Hooked) Guarded(path string) error {
	if err := h.before(Guarded, path); err != nil {
		return err
	}
	return h.d.Guarded(path)
}

func (h *Hooked) Create(path string) (disk.NewFile, error) {
	if err := h.before(Create, path); err != nil {
		return nil, err
	}
	f, err := h.d.Create(path)
	if err != nil {
		return nil, err
	}
	return newFile{f, h.before}, nil
}

func (h *Hooked) Rename(from, to string, same disk.ID) error {
	if err := h.before(Rename, from); err != nil {
		return err
	}
	return h.d.Rename(from, to, same)
}

func (h *Hooked) Remove(path string, same disk.ID) error {
	if err := h.before(Remove, path); err != nil {
		return err
	}
	return h.d.Remove(path, same)
}

func (h *Hooked) MakeFolder(path string) error {
	if err := h.before(MakeFolder, path); err != nil {
		return err
	}
	return h.d.MakeFolder(path)
}

func (h *Hooked) MakePrivate(path string) (disk.Private, error) {
	if err := h.before(MakePrivate, path); err != nil {
		return nil, err
	}
	dir, err := h.d.MakePrivate(path)
	if err != nil {
		return nil, err
	}
	return newPrivate(dir, h.before), nil
}

// file asks before every operation of a file opened for reading.
type file struct {
	disk.File
	before Before
}

func (f file) ReadAt(p []byte, off int64) (int, error) {
	if err := f.before(Read, f.Path()); err != nil {
		return 0, err
	}
	return f.File.ReadAt(p, off)
}

func (f file) Info() (disk.Info, error) {
	if err := f.before(Info, f.Path()); err != nil {
		return disk.Info{}, err
	}
	return f.File.Info()
}

func (f file) Close() error {
	if err := f.before(Close, f.Path()); err != nil {
		return errors.Join(err, f.File.Close())
	}
	return f.File.Close()
}

// Fd lends the handle of the file beneath where it has one, as disk.Handler asks for.
func (f file) Fd() uintptr {
	if h, ok := f.File.(disk.Handler); ok {
		return h.Fd()
	}
	return ^uintptr(0)
}

// newFile asks before every operation of a file being written.
type newFile struct {
	disk.NewFile
	before Before
}

func (f newFile) Write(p []byte) (int, error) {
	err := f.before(Write, f.Path())
	if err == nil {
		return f.NewFile.Write(p)
	}
	var short Short
	if !errors.As(err, &short) {
		return 0, err
	}
	n, failed := f.NewFile.Write(p[:min(short.N, len(p))])
	if failed == nil {
		failed = pathError(Write, f.Path(), short.Err)
	}
	return n, failed
}

func (f newFile) Sync() error {
	if err := f.before(Sync, f.Path()); err != nil {
		return err
	}
	return f.NewFile.Sync()
}

func (f newFile) Info() (disk.Info, error) {
	if err := f.before(Info, f.Path()); err != nil {
		return disk.Info{}, err
	}
	return f.NewFile.Info()
}

func (f newFile) Close() error {
	if err := f.before(Close, f.Path()); err != nil {
		return errors.Join(err, f.NewFile.Close())
	}
	return f.NewFile.Close()
}

func pathError(op Op, path string, cause error) error {
	return &fs.PathError{Op: string(op), Path: path, Err: cause}
}
