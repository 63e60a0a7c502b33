//go:build unix

package disk

import (
	"os"
	"path/filepath"
	"strings"
)

// native finds paths of this computer as they stand.
type native struct{}

func (native) separator() string { return "/" }

func (native) rights() bool { return true }

func (native) locate(path string) (folder, string, error) {
	names, err := nativeNames(path)
	if err != nil {
		return folder{}, "", err
	}
	if len(names) == 0 {
		dir, err := openFolder("/")
		return dir, ".", err
	}
	last := len(names) - 1
	dir, err := openFolder("/" + strings.Join(names[:last], "/"))
	return dir, names[last], err
}

func (native) isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

// nativeNames takes an absolute path apart; one that is not written plainly ("//", ".", "..") is ErrBadPath.
func nativeNames(path string) ([]string, error) {
	if !filepath.IsAbs(path) || filepath.Clean(path) != path || strings.ContainsRune(path, 0) {
		return nil, ErrBadPath
	}
	if path == "/" {
		return nil, nil
	}
	return strings.Split(path[1:], "/"), nil
}

func (l *Local) Open(path string, share Share) (File, error) {
	if share == ShareNoLink {
		return l.openItself(path)
	}
	if _, err := nativeNames(path); err != nil {
		return nil, fail("open", path, err)
	}
	f, err := openFile(path, path)
	if err != nil {
		return nil, fail("open", path, err)
	}
	return opened{handle{f, path}}, nil
}

func (l *Local) OpenStrict(path string) (File, bool, error) {
	names, err := nativeNames(path)
	if err != nil {
		return nil, false, fail("open", path, err)
	}
	root, err := openFolder("/")
	if err != nil {
		return nil, false, fail("open", path, err)
	}
	return openStrictIn(root, names, path)
}

// Drives knows one root.
func (l *Local) Drives() ([]string, error) { return []string{"/"}, nil }

// Removable is not known of a drive here.
func (l *Local) Removable(string) (bool, error) { return false, nil }

// rootReadFlags opens a file below an os.Root for reading; what it turns out to be is checked afterwards.
const rootReadFlags = readFlags
