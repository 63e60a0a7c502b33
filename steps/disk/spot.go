package disk

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"unicode/utf8"
)

// spot is how far a path could be followed: the names that are there, as they are on the host, and those that are not.
type spot struct {
	root           *os.Root
	found, missing []string
}

// close cannot lose anything: nothing is written through it.
func (s spot) close() { _ = s.root.Close() }

// folder opens a folder below the root by the names that were found.
func (s spot) folder(names []string) (folder, error) {
	f, err := s.root.Open(rel(names))
	if err != nil {
		return folder{}, escaped(err)
	}
	return folderOf(f)
}

// known is how many of the names are there as they stand, links before the last one followed. Most paths are asked for
// as they are written on the host, and looking up each name of them walks from the root anew.
func (s spot) known(names []string) int {
	for n := len(names); n > 0; n-- {
		info, err := s.root.Lstat(rel(names[:n]))
		switch {
		case err == nil && info.Mode()&fs.ModeSymlink == 0:
			return n
		case err == nil:
			return n - 1
		case !errors.Is(bareKind(err), fs.ErrNotExist):
			return 0
		}
	}
	return 0
}

// lookup finds the entry that Windows would find under the name. The folder is listed only where none has exactly the
// name.
func (s spot) lookup(name string) (actual string, link bool, err error) {
	info, err := s.root.Lstat(s.with(name))
	if errors.Is(bareKind(err), fs.ErrNotExist) {
		if name, err = s.folded(name); err == nil {
			info, err = s.root.Lstat(s.with(name))
		}
	}
	if err != nil {
		return "", false, escaped(err)
	}
	return name, info.Mode()&fs.ModeSymlink != 0, nil
}

// with is the path of a name in the last folder found.
func (s spot) with(name string) string { return rel(append(s.found[:len(s.found):len(s.found)], name)) }

// follow refuses a link, or one that leads out of the root. One that leads nowhere is there all the same.
func (s spot) follow(name string, l links) error {
	if l == followNone {
		return ErrLink
	}
	_, err := s.root.Stat(s.with(name))
	if errors.Is(bareKind(err), fs.ErrNotExist) {
		return nil
	}
	return escaped(err)
}

// escaped gives os.Root's refusal to leave the root our cause. It has no name of its own: all other errors are the
// system's or package fs's. The names are plain, so nothing but a link can have led out.
func escaped(err error) error {
	var system syscall.Errno
	refusal := bare(err)
	if err == nil || errors.As(refusal, &system) || errors.Is(refusal, fs.ErrClosed) ||
		errors.Is(refusal, fs.ErrNotExist) {
		return err
	}
	return cause{ErrLink, refusal}
}

// folded is the first entry of the folder, by name, that differs from name in nothing but case.
func (s spot) folded(name string) (best string, err error) {
	f, err := s.root.Open(rel(s.found))
	if err != nil {
		return "", escaped(err)
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
