package disk

import "errors"

// changing is what Local and Mapped share of Writer.
type changing struct{ at locator }

func (c changing) Create(path string) (NewFile, error) {
	dir, name, err := c.at.locate(path)
	if err != nil {
		return nil, fail("create", path, err)
	}
	defer dir.close()
	f, err := dir.create(name, path)
	if err != nil {
		return nil, fail("create", path, err)
	}
	return written{handle{f, path}}, nil
}

// errOtherFolder keeps Rename to what it promises: the same folder, so that no bytes move and one flush is enough.
var errOtherFolder = errors.New("the new name is in another folder")

func (c changing) Rename(from, to string, same ID) error {
	dir, old, err := c.at.locate(from)
	if err != nil {
		return fail("rename", from, err)
	}
	defer dir.close()
	there, name, err := c.at.locate(to)
	if err != nil {
		return fail("rename", to, err)
	}
	defer there.close()
	if one, err := dir.same(there); err != nil {
		return fail("rename", to, err)
	} else if !one {
		return fail("rename", to, errOtherFolder)
	}
	err = dir.rename(old, name, same)
	if taken(err) {
		return fail("rename", to, err)
	}
	return fail("rename", from, err)
}

func (c changing) Remove(path string, same ID) error {
	dir, name, err := c.at.locate(path)
	if err != nil {
		return fail("remove", path, err)
	}
	defer dir.close()
	return fail("remove", path, dir.remove(name, same))
}

func (c changing) MakeFolder(path string) error {
	return fail("make folder", path, c.make(path, func(dir folder, name string) error {
		err := dir.makeFolder(name)
		if err != nil && c.at.isFolder(path) { // of a drive's root Windows says "access denied", not "it is there"
			return nil
		}
		return err
	}))
}

// make makes a folder; where the one above it is missing, it makes that first and tries again.
func (c changing) make(path string, one func(dir folder, name string) error) error {
	once := func() error {
		dir, name, err := c.at.locate(path)
		if err != nil {
			return err
		}
		defer dir.close()
		return one(dir, name)
	}
	err := once()
	if !missing(err) {
		return err
	}
	up, ok := parentOf(path, c.at.separator())
	if !ok {
		return err
	}
	if err := c.MakeFolder(up); err != nil {
		return err
	}
	return once()
}

// same reports whether two folders are one.
func (d folder) same(other folder) (bool, error) {
	a, err := d.stat(".")
	if err != nil {
		return false, err
	}
	b, err := other.stat(".")
	return a.ID == b.ID && a.ID != ID{}, err
}
