package disk

import "strings"

// Local is this computer's own disk. On Windows it takes absolute paths on a drive letter, long ones too, and those of
// a share (`\\server\share\…`), except in OpenStrict; elsewhere absolute paths.
type Local struct {
	looking
	changing
}

var _ Disk = (*Local)(nil)

// NewLocal is the disk of this computer.
func NewLocal() *Local {
	return &Local{looking{native{}}, changing{native{}}}
}

// List follows a link that stands under the name, as Windows does.
func (l *Local) List(path string) ([]Info, error) {
	dir, name, err := l.looking.at.locate(path)
	if err != nil {
		return nil, fail("list", path, err)
	}
	defer dir.close()
	list, err := dir.list(name)
	return below(path, native{}.separator(), list), fail("list", path, err)
}

// Free answers for a path that is not there yet by the nearest folder above it.
func (l *Local) Free(path string) (uint64, error) {
	for at := path; ; {
		free, err := l.freeAt(at)
		up, ok := parentOf(at, native{}.separator())
		if !missing(err) || !ok {
			return free, fail("free", path, err)
		}
		at = up
	}
}

func (l *Local) freeAt(path string) (uint64, error) {
	dir, name, err := l.looking.at.locate(path)
	if err != nil {
		return 0, err
	}
	defer dir.close()
	return dir.free(name)
}

// below makes the names of a listing the paths that they have for the caller.
func below(path, sep string, list []Info) []Info {
	base := strings.TrimSuffix(path, sep) + sep
	for i := range list {
		list[i].Path = base + list[i].Path
	}
	return list
}
