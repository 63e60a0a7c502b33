package look

import (
	"slices"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/disk"
)

// mostInFolder is how many files of one folder are looked into: whoever fills a folder must not keep marsfix reading,
// and a full one must not hide the others.
const mostInFolder = 64

// candidates are the files that may replace a lost one, the likeliest first, each once.
type candidates struct {
	d     disk.Reader
	lost  LostFile
	paths []string
}

// add reports whether it took a file: one of the lost file's kind that is not there already.
func (c *candidates) add(path string) bool {
	same := func(p string) bool { return disk.SamePath(p, path) }
	if !strings.HasSuffix(strings.ToLower(path), c.lost.Kind.Suffix()) || same(c.lost.Source.Path) ||
		slices.ContainsFunc(c.paths, same) {
		return false
	}
	c.paths = append(c.paths, path)
	return true
}

// file takes one file that was named.
func (c *candidates) file(path string) {
	if c.usable(disk.Dir(path)) {
		c.add(path)
	}
}

// folder takes what lies in a folder, before all others the file with the lost one's name, which cleaning tools keep.
func (c *candidates) folder(dir string) {
	if dir = disk.FolderPath(dir); !c.usable(dir) {
		return
	}
	left := mostInFolder
	if own := disk.Join(dir, disk.Base(c.lost.Place)); !cache.IsAbsent(c.d, own) && c.add(own) {
		left--
	}
	for _, name := range disk.ListNames(c.d, dir) {
		if left > 0 && c.add(disk.Join(dir, name)) {
			left--
		}
	}
}

// usable reports whether files may be taken out of a folder: it is on a fixed drive or a stick, never on a share or a
// disc, and no cache of Windows Installer.
func (c *candidates) usable(dir string) bool { return isFolder(c.d, dir) && !IsCache(dir) }

// IsCache reports whether a folder is a cache of Windows Installer. No file is taken from one: another computer's
// cached files are never used, whatever their code, and this computer's are what is being repaired.
func IsCache(dir string) bool {
	windows := strings.ToLower(disk.Base(disk.Dir(dir)))
	return strings.EqualFold(disk.Base(dir), "Installer") && (windows == "windows" || windows == "winnt")
}
