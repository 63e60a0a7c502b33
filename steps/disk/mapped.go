package disk

import (
	"path/filepath"
	"slices"
)

// MappedReader maps the drive letters of another computer to folders of this one, for looking only. Names are compared
// as Windows does, without case: an entry of exactly that name first, else the first that differs in nothing but case.
// Nothing outside a drive's folder is ever reached, whatever links lie in it; links within are followed where Windows
// would.
type MappedReader struct {
	looking
	m *mapping
}

// Mapped is a MappedReader on which things can be changed. Rights and owners are those of the host: elsewhere than on
// Windows its modes say who may write to marsfix's own folders; there nobody is asked, and only a link or a file in the
// place of a folder is refused.
type Mapped struct {
	*MappedReader
	changing
}

var (
	_ Disk   = (*Mapped)(nil)
	_ Reader = (*MappedReader)(nil)
)

// ShowHostFiles lets paths of the host itself be looked at as they stand: these, and everywhere but on Windows each
// that begins with "/". They are never written to.
func (r *MappedReader) ShowHostFiles(files ...string) {
	r.m.hosts = func(path string) bool {
		return filepath.IsAbs(path) && path[0] == '/' || slices.Contains(files, path)
	}
}

// NewMapped is a disk whose drives (letters of either case) are folders of the host. A folder that is missing counts as
// a drive without anything on it.
func NewMapped(drives map[byte]string) *Mapped {
	r := NewMappedReader(drives)
	writable := *r.m
	writable.hosts = func(string) bool { return false }
	return &Mapped{r, changing{&writable}}
}

// NewMappedReader is NewMapped without the half that changes things.
func NewMappedReader(drives map[byte]string) *MappedReader {
	m := &mapping{drives: map[byte]string{}, hosts: func(string) bool { return false }}
	for letter, dir := range drives {
		m.drives[letter&^0x20] = dir
	}
	return &MappedReader{looking{m}, m}
}

func (r *MappedReader) Open(path string, share Share) (File, error) {
	if r.m.hosts(path) {
		return NewLocal().Open(path, share)
	}
	if share == ShareNoLink {
		return r.openItself(path)
	}
	f, err := r.m.open(path, share)
	if err != nil {
		return nil, fail("open", path, err)
	}
	return opened{handle{f, path}}, nil
}

func (r *MappedReader) OpenStrict(path string) (File, bool, error) {
	if r.m.hosts(path) {
		return NewLocal().OpenStrict(path)
	}
	s, err := r.m.there(path, followNone)
	if err != nil {
		return nil, false, fail("open", path, err)
	}
	defer s.close()
	dir, err := s.folder(nil)
	if err != nil {
		return nil, false, fail("open", path, err)
	}
	return openStrictIn(dir, s.found, path)
}

func (r *MappedReader) List(path string) ([]Info, error) {
	s, err := r.m.there(path, followAll)
	if err != nil {
		return nil, fail("list", path, err)
	}
	defer s.close()
	dir, err := s.folder(s.found)
	if err != nil {
		return nil, fail("list", path, err)
	}
	defer dir.close()
	list, err := dir.list(".")
	return below(path, `\`, list), fail("list", path, err)
}

// Free is the room on the host's volume that holds the drive's folder.
func (r *MappedReader) Free(path string) (uint64, error) {
	s, err := r.m.find(path, followAll)
	if err != nil {
		return 0, fail("free", path, err)
	}
	defer s.close()
	dir, err := s.folder(nil)
	if err != nil {
		return 0, fail("free", path, err)
	}
	defer dir.close()
	free, err := dir.free(".")
	return free, fail("free", path, err)
}

// Drives lists the mapped letters.
func (r *MappedReader) Drives() ([]string, error) {
	var roots []string
	for letter := range r.m.drives {
		roots = append(roots, string(letter)+`:\`)
	}
	slices.Sort(roots)
	return roots, nil
}

// Removable is false: a drive is a folder of the host.
func (r *MappedReader) Removable(string) (bool, error) { return false, nil }
