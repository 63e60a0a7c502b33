package offline

import (
	"errors"
	"io/fs"
	"strings"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// ownerless is a disk whose owners are silent: those that this system shows are its own accounts, not the other
// computer's.
type ownerless struct{ disk.Reader }

func (ownerless) Owner(path string) (disk.Owner, error) {
	return disk.Owner{}, silent("owner", path)
}

// OpenPrivate is silent for the same reason.
func (ownerless) OpenPrivate(path string) (disk.PrivateReader, error) {
	return nil, silent("open private folder", path)
}

// Guarded is silent as well.
func (ownerless) Guarded(path string) error { return silent("guarded", path) }

// once is a disk that does not answer for a cached file of which two lie here, whose names differ in case alone: nobody
// knows which of them is Windows Installer's.
type once struct {
	disk.Reader
	cache string
}

func (o once) Stat(path string) (disk.Info, error) {
	info, err := o.Reader.Stat(path)
	if err != nil || !disk.SamePath(disk.Dir(path), o.cache) {
		return info, err
	}
	in, err := o.Reader.List(o.cache)
	same := 0
	for _, e := range in {
		if strings.EqualFold(disk.Base(e.Path), disk.Base(path)) {
			same++
		}
	}
	if err == nil && same > 1 {
		err = &fs.PathError{Op: "stat", Path: path, Err: errCaseAlone}
	}
	return info, err
}

var errCaseAlone = errors.New("two files here have this name, in capitals and not")

// collected is a disk of which only the files directly in `C:\` are known. Of everything below a folder it says that it
// cannot know: "it is not there" would be an answer about the computer.
type collected struct{ disk.Reader }

func (c collected) Open(path string, share disk.Share) (disk.File, error) {
	if below(path) {
		return nil, silent("open", path)
	}
	return c.Reader.Open(path, share)
}

func (c collected) OpenStrict(path string) (disk.File, bool, error) {
	if below(path) {
		return nil, false, silent("open", path)
	}
	return c.Reader.OpenStrict(path)
}

func (c collected) Stat(path string) (disk.Info, error) {
	if below(path) {
		return disk.Info{}, silent("stat", path)
	}
	return c.Reader.Stat(path)
}

func (c collected) List(path string) ([]disk.Info, error) {
	if below(path) {
		return nil, silent("list", path)
	}
	return c.Reader.List(path)
}

// Free is silent: the room is that of the folder's volume, not of the computer's.
func (collected) Free(path string) (uint64, error) { return 0, silent("free", path) }

// Drives is silent: the computer may have had others.
func (collected) Drives() ([]string, error) { return nil, silent("drives", `C:\`) }

func (collected) Removable(path string) (bool, error) { return false, silent("removable", path) }

// below reports whether the path leads through a folder of C:, or to another drive. A path that is none is left to the
// disk.
func below(path string) bool {
	if len(path) < 3 || path[1:3] != `:\` {
		return false
	}
	return path[0]&^0x20 != 'C' || strings.Contains(path[3:], `\`)
}

func silent(op, path string) error {
	return &fs.PathError{Op: op, Path: path, Err: computer.ErrSilent}
}
