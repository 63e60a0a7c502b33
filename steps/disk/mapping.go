package disk

import (
	"errors"
	"io/fs"
	"os"
)

// mapping finds Windows paths below the folders that stand for drives.
type mapping struct {
	drives map[byte]string
	hosts  func(path string) bool
}

func (*mapping) separator() string { return `\` }

func (*mapping) rights() bool { return mappedRights }

func (m *mapping) locate(path string) (folder, string, error) {
	if m.hosts(path) {
		return native{}.locate(path)
	}
	s, err := m.find(path, followParents)
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

func (m *mapping) isFolder(path string) bool {
	s, err := m.there(path, followAll)
	if err != nil {
		return false
	}
	defer s.close()
	info, err := s.root.Stat(rel(s.found))
	return err == nil && info.IsDir()
}

// open opens a regular file, following links as long as they stay below the drive's folder.
func (m *mapping) open(path string, share Share) (*os.File, error) {
	s, err := m.there(path, followAll)
	if err != nil {
		return nil, err
	}
	defer s.close()
	f, err := s.root.OpenFile(rel(s.found), rootReadFlags, 0)
	if err != nil {
		return nil, escaped(err)
	}
	return reopened(f, share)
}

// there is find for a path that has to be there.
func (m *mapping) there(path string, l links) (spot, error) {
	s, err := m.find(path, l)
	if err == nil && len(s.missing) > 0 {
		s.close()
		return spot{}, fs.ErrNotExist
	}
	return s, err
}

// links is what becomes of links in a path. One that is followed and leads out of the drive is ErrLink.
type links uint8

const (
	followAll     links = iota
	followParents       // the last name stands for itself
	followNone          // every link is ErrLink
)

// find follows the path from the drive's folder, from the first name on that is not known to be there.
func (m *mapping) find(path string, l links) (spot, error) {
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
	known := 0
	if l != followNone {
		known = s.known(names)
		s.found = names[:known:known]
	}
	for i := known; i < len(names); i++ {
		actual, link, err := s.lookup(names[i])
		if link && !(l == followParents && i == len(names)-1) {
			err = s.follow(actual, l)
		}
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
