package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"unicode/utf8"
)

// mapping finds Windows paths below the folders that stand for drives.
type mapping struct {
	drives map[byte]string
	hosts  func(path string) bool
}

// spot is how far a path could be followed: the names that are there, as they are on the host, and those that are not.
type spot struct {
	root           *os.Root
	found, missing []string
}

func (*mapping) separator() string { return `\` }

func (m *mapping) locate(path string) (folder, string, error) {
	if m.hosts(path) {
		return native{}.locate(path)
	}
	s, err := m.find(path, false)
	if err != nil {
		return folder{}, "", err
	}
	defer s.close()
	name, parent := ".", s.found
	switch {
	case len(s.missing) > 1:
		return folder{}, "", fs.ErrNotExist
	case len(s.missing) == 1:
		name = s.missing[0]
	case len(s.found) > 0:
		parent, name = s.found[:len(s.found)-1], s.found[len(s.found)-1]
	}
	dir, err := s.folder(parent)
	return dir, name, err
}

// open opens a regular file, following links as long as they stay below the drive's folder.
func (m *mapping) open(path string, share Share) (*os.File, error) {
	s, err := m.there(path, false)
	if err != nil {
		return nil, err
	}
	defer s.close()
	f, err := s.root.OpenFile(rel(s.found), rootReadFlags, 0)
	if err != nil {
		return nil, err
	}
	return reopened(f, share)
}

// there is find for a path that has to be there.
func (m *mapping) there(path string, strict bool) (spot, error) {
	s, err := m.find(path, strict)
	if err == nil && len(s.missing) > 0 {
		s.close()
		return spot{}, fs.ErrNotExist
	}
	return s, err
}

// find follows the path from the drive's folder, name by name. With strict a link on the way is ErrLink; without, one that
// leads out of the drive is.
func (m *mapping) find(path string, strict bool) (spot, error) {
	letter, names, err := parseDrive(path)
	if err != nil {
		return spot{}, err
	}
	dir, ok := m.drives[letter]
	if !ok {
		return spot{}, ErrNoDrive
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return spot{}, err
	}
	s := spot{root: root}
	for i, name := range names {
		actual, err := s.lookup(name, strict)
		if errors.Is(bareKind(err), fs.ErrNotExist) {
			s.missing = names[i:]
			return s, nil
		}
		if err != nil {
			return spot{}, closeAnd(err, root)
		}
		s.found = append(s.found, actual)
	}
	return s, nil
}

// close cannot lose anything: nothing is written through it.
func (s spot) close() { _ = s.root.Close() }

// folder opens a folder below the root by the names that were found.
func (s spot) folder(names []string) (folder, error) {
	f, err := s.root.Open(rel(names))
	if err != nil {
		return folder{}, err
	}
	return folderOf(f)
}

// lookup finds the entry that Windows would find under the name. The folder is listed only where none has exactly the name.
func (s spot) lookup(name string, strict bool) (string, error) {
	info, err := s.lstat(name)
	if errors.Is(bareKind(err), fs.ErrNotExist) {
		if name, err = s.folded(name); err == nil {
			info, err = s.lstat(name)
		}
	}
	if err != nil {
		return "", err
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		return name, s.follow(name, strict)
	}
	return name, nil
}

func (s spot) lstat(name string) (fs.FileInfo, error) {
	return s.root.Lstat(rel(append(s.found[:len(s.found):len(s.found)], name)))
}

// follow refuses a link that leads out of the root. One that leads nowhere is there all the same.
func (s spot) follow(name string, strict bool) error {
	if strict {
		return ErrLink
	}
	_, err := s.root.Stat(rel(append(s.found[:len(s.found):len(s.found)], name)))
	if err == nil || errors.Is(bareKind(err), fs.ErrNotExist) {
		return nil
	}
	return cause{ErrLink, bare(err)}
}

// folded is the first entry of the folder, by name, that differs from name in nothing but case.
func (s spot) folded(name string) (best string, err error) {
	f, err := s.root.Open(rel(s.found))
	if err != nil {
		return "", err
	}
	for err == nil {
		var names []string
		names, err = f.Readdirnames(1024)
		for _, entry := range names {
			if strings.EqualFold(entry, name) && utf8.ValidString(entry) && (best == "" || entry < best) {
				best = entry
			}
		}
	}
	if err != io.EOF {
		return "", closeAnd(err, f)
	}
	if best == "" {
		return "", closeAnd(fs.ErrNotExist, f)
	}
	return best, f.Close()
}

// rel is the path of names for os.Root, which takes "/" everywhere.
func rel(names []string) string {
	if len(names) == 0 {
		return "."
	}
	return strings.Join(names, "/")
}
