package practice

import (
	"io/fs"
	"slices"
	"strings"

	"marsfix/steps/disk"
)

// Disk is the half of the computer's disk that looks.
func (m *Machine) Disk() disk.Reader { return drives{m} }

// Writer is the half that changes things.
func (m *Machine) Writer() disk.Writer { return drives{m} }

// drives is the computer's disk, made at the first call, with the scenario's fault in it.
type drives struct{ m *Machine }

var _ disk.Disk = drives{}

// at gives the disk below, or why there is none.
func (d drives) at(op, path string) (disk.Disk, error) {
	below, err := d.m.ready()
	if err != nil {
		return nil, &fs.PathError{Op: op, Path: path, Err: err}
	}
	return below, nil
}

func (d drives) Open(path string, share disk.Share) (disk.File, error) {
	below, err := d.at("open", path)
	if err != nil {
		return nil, err
	}
	if err := d.m.vanished("open", path); err != nil {
		return nil, err
	}
	f, err := below.Open(path, share)
	if err != nil {
		return nil, err
	}
	return source{f, d.m}, nil
}

func (d drives) OpenStrict(path string) (disk.File, bool, error) {
	below, err := d.at("open", path)
	if err != nil {
		return nil, false, err
	}
	if err := d.m.vanished("open", path); err != nil {
		return nil, false, err
	}
	f, shared, err := below.OpenStrict(path)
	if err != nil {
		return nil, false, err
	}
	return source{f, d.m}, shared, nil
}

func (d drives) Stat(path string) (disk.Info, error) {
	below, err := d.at("stat", path)
	if err != nil {
		return disk.Info{}, err
	}
	if err := d.m.vanished("stat", path); err != nil {
		return disk.Info{}, err
	}
	return below.Stat(path)
}

func (d drives) List(path string) ([]disk.Info, error) {
	below, err := d.at("list", path)
	if err != nil {
		return nil, err
	}
	infos, err := below.List(path)
	return slices.DeleteFunc(infos, func(in disk.Info) bool { return d.m.isGone(in.Path) }), err
}

// Owner names accounts of this computer; files of the host keep their own.
func (d drives) Owner(path string) (disk.Owner, error) {
	below, err := d.at("owner", path)
	if err != nil {
		return disk.Owner{}, err
	}
	host, err := below.Owner(path)
	if err != nil || len(path) < 2 || path[1] != ':' {
		return host, err
	}
	return d.m.owner(path), nil
}

func (d drives) Free(path string) (uint64, error) {
	below, err := d.at("free", path)
	if err != nil {
		return 0, err
	}
	if strings.HasPrefix(strings.ToUpper(path), `C:\`) && d.m.isFull() {
		return fullAfter, nil
	}
	return below.Free(path)
}

func (d drives) Drives() ([]string, error) {
	below, err := d.at("drives", "")
	if err != nil {
		return nil, err
	}
	return below.Drives()
}

func (d drives) Removable(path string) (bool, error) {
	below, err := d.at("removable", path)
	if err != nil {
		return false, err
	}
	return below.Removable(path)
}

func (d drives) Guarded(path string) error {
	below, err := d.at("guarded", path)
	if err != nil {
		return err
	}
	return below.Guarded(path)
}

func (d drives) OpenPrivate(path string) (disk.PrivateReader, error) {
	below, err := d.at("open", path)
	if err != nil {
		return nil, err
	}
	return below.OpenPrivate(path)
}

func (d drives) Create(path string) (disk.NewFile, error) {
	below, err := d.at("create", path)
	if err != nil {
		return nil, err
	}
	f, err := below.Create(path)
	if err != nil || !inCache(path) {
		return f, err
	}
	return d.m.createdInCache(f)
}

func (d drives) Rename(from, to string, same disk.ID) error {
	below, err := d.at("rename", from)
	if err != nil {
		return err
	}
	if err := below.Rename(from, to, same); err != nil {
		return err
	}
	if inCache(to) {
		d.m.mu.Lock()
		d.m.renamed = true
		d.m.mu.Unlock()
	}
	return nil
}

func (d drives) Remove(path string, same disk.ID) error {
	below, err := d.at("remove", path)
	if err != nil {
		return err
	}
	return below.Remove(path, same)
}

func (d drives) MakeFolder(path string) error {
	below, err := d.at("make", path)
	if err != nil {
		return err
	}
	return below.MakeFolder(path)
}

func (d drives) MakePrivate(path string) (disk.Private, error) {
	below, err := d.at("make", path)
	if err != nil {
		return nil, err
	}
	return below.MakePrivate(path)
}
