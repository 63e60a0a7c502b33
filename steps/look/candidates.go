package look

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"marsfix/steps/disk"
)

// mostInFolder is how many files of one folder are looked into: whoever fills a folder must not keep marsfix reading,
// and a full one must not hide the others. Cleaning tools leave hundreds; looking into 4,096 takes less than a second.
const mostInFolder = 4096

// candidates are the files that may replace a lost one, by the place in which they lie, the likeliest first.
type candidates struct {
	d      disk.Reader
	lost   LostFile
	names  []string // what it may be called: such a file is looked at before all others of its folder
	single []string // files that were named
	dirs   []string // folders that are taken
	places [][]string
	Search
}

// wanted reports whether a path is one of a file of the lost one's kind, and not the one that was looked at already.
func (c *candidates) wanted(path string) bool {
	return strings.HasSuffix(strings.ToLower(path), c.lost.Kind.Suffix()) && !disk.SamePath(path, c.lost.Source.Path)
}

// file takes one file that was named.
func (c *candidates) file(path string) {
	dir := disk.Dir(path)
	if !c.wanted(path) || !c.usable(dir) || holds(c.dirs, dir) || holds(c.single, path) {
		return
	}
	c.single = append(c.single, path)
	c.take([]string{path})
}

// folder takes what lies in a folder, before all others what has one of the names, which cleaning tools keep.
func (c *candidates) folder(dir string) {
	if dir = disk.FolderPath(dir); holds(c.dirs, dir) || !c.usable(dir) {
		return
	}
	c.dirs = append(c.dirs, dir)
	infos, err := c.d.List(dir)
	if err != nil {
		c.unlisted(dir, err)
	}
	var named, others []string
	for _, in := range infos {
		name := disk.Base(in.Path)
		switch path := disk.Join(dir, name); {
		case in.Dir || !c.wanted(path) || holds(c.single, path):
		case slices.ContainsFunc(c.names, func(n string) bool { return strings.EqualFold(n, name) }):
			named = append(named, path)
		default:
			others = append(others, path)
		}
	}
	c.take(append(named, others...))
}

func (c *candidates) take(paths []string) {
	c.There += len(paths)
	c.places = append(c.places, paths[:min(len(paths), mostInFolder)])
}

// usable reports whether files may be taken out of a folder: it is on a fixed drive or a stick, never on a share or a
// disc, and no cache of Windows Installer.
func (c *candidates) usable(dir string) bool {
	in, err := disk.StatOwn(c.d, dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, disk.ErrNoDrive) {
		c.unlisted(dir, err)
	}
	return err == nil && in.Dir && !IsCache(dir)
}

func (c *candidates) unlisted(dir string, err error) {
	c.Unlisted = append(c.Unlisted, fmt.Sprintf("cannot look into \"%s\": %v", dir, disk.Cause(err)))
}

// holds reports whether a path is among some, as Windows compares them.
func holds(paths []string, path string) bool {
	return slices.ContainsFunc(paths, func(p string) bool { return disk.SamePath(p, path) })
}

// IsCache reports whether a folder is a cache of Windows Installer. No file is taken from one: another computer's
// cached files are never used, whatever their code, and this computer's are what is being repaired.
func IsCache(dir string) bool {
	windows := strings.ToLower(disk.Base(disk.Dir(dir)))
	return strings.EqualFold(disk.Base(dir), "Installer") && (windows == "windows" || windows == "winnt")
}
