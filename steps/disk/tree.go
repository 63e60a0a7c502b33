package disk

import (
	"errors"
	"io/fs"
	"strings"
)

// locator finds where a path is on the host. Everything below is then done by name in an opened folder, so that Local
// and Mapped differ only in how they find it.
type locator interface {
	// locate opens the folder that holds path and tells the name in it, "." for the root of a drive. The name need not
	// exist.
	locate(path string) (folder, string, error)
	// isFolder reports whether a folder is there, or a link that may be followed to one.
	isFolder(path string) bool
	// separator stands between the names of a path.
	separator() string
	// rights reports whether the rights of marsfix's own folders and files are set and checked.
	rights() bool
}

// looking is what Local and Mapped share of Reader: what never follows a link in the last name.
type looking struct{ at locator }

func (l looking) Stat(path string) (Info, error) {
	dir, name, err := l.at.locate(path)
	if err != nil {
		return Info{}, fail("stat", path, err)
	}
	defer dir.close()
	info, err := dir.stat(name)
	info.Path = path
	return info, fail("stat", path, err)
}

// openItself opens a regular file, and refuses a link under its name.
func (l looking) openItself(path string) (File, error) {
	dir, name, err := l.at.locate(path)
	if err != nil {
		return nil, fail("open", path, err)
	}
	defer dir.close()
	f, err := dir.openIn(name, path)
	if err != nil {
		return nil, fail("open", path, err)
	}
	return opened{handle{f, path}}, nil
}

func (l looking) Owner(path string) (Owner, error) {
	dir, name, err := l.at.locate(path)
	if err != nil {
		return Owner{}, fail("owner", path, err)
	}
	defer dir.close()
	owner, err := dir.owner(name)
	return owner, fail("owner", path, err)
}

// bareKind is err with its cause, as fail would give it, for a decision before it is reported.
func bareKind(err error) error { return errors.Unwrap(fail("", "", err)) }

// taken tells that something is there under the name already.
func taken(err error) bool { return errors.Is(bareKind(err), fs.ErrExist) }

// missing tells that something on the way to the path is not there, and could be.
func missing(err error) bool {
	err = bareKind(err)
	return errors.Is(err, fs.ErrNotExist) && !errors.Is(err, ErrNoDrive)
}

// parentOf is the path of the folder that holds path; false for the root of a drive.
func parentOf(path, sep string) (string, bool) {
	i := strings.LastIndex(path, sep)
	if i < 0 || i == len(path)-1 {
		return "", false
	}
	if up := path[:i]; strings.Contains(up, sep) {
		return up, true
	}
	return path[:i+1], true // the root keeps its separator
}

// ListNames are the names in a folder; none when it cannot be listed, which the look at the package itself explains.
func ListNames(d Reader, dir string) []string {
	infos, err := d.List(dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, in := range infos {
		names = append(names, Base(in.Path))
	}
	return names
}
