package look

import (
	"context"
	"slices"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// findPatch looks for the current lost patch by its code, whatever the file is called: in the installer's folder, where
// the patch was installed from, where known cleaning tools move files to, and where the engineer has browsed to.
func findPatch(ctx context.Context, l computer.Looker, f Facts, e Env) LostFile {
	f.File.Source, f.File.Wrong = cache.Package{}, nil
	for _, path := range patchPaths(l.Disk(), f) {
		p, file := cache.Identify(l, path, disk.Reader.OpenStrict)
		switch {
		case file == nil:
			if p.Exists || p.Unseen {
				f.File.Wrong = append(f.File.Wrong, p)
			}
			continue
		case !Accepted(f, p):
			f.File.Wrong = append(f.File.Wrong, p)
		case f.File.Source.Path == "" || surer(f.File.Source, p):
			if p = cache.ReadThrough(ctx, l, p, file, e.Report); f.File.Source.Path == "" || surer(f.File.Source, p) {
				f.File.Source = p
			}
		}
		file.Close() // opened for reading: closing it can lose nothing
	}
	return f.File
}

// surer reports whether to read a further file with the right code, since the one found first has a doubtful signature.
func surer(found, other cache.Package) bool {
	doubt := func(p cache.Package) int {
		switch {
		case p.Trouble != nil || p.Signature.Refused():
			return 2
		case p.Signature.Doubtful() && p.SHA256 != "":
			return 1
		}
		return 0
	}
	return doubt(other) < doubt(found)
}

// patchPaths are the files that may be the current lost patch, the likeliest first.
func patchPaths(d disk.Reader, f Facts) []string {
	var paths []string
	add := func(path string) (added bool) {
		if cache.KindOf(path) != cache.KindPatch || slices.ContainsFunc(paths,
			func(p string) bool { return disk.SamePath(p, path) }) {
			return false
		}
		paths = append(paths, path)
		return true
	}
	// never a share or a disc: a stick or a fixed drive only
	usable := func(dir string) bool { return isFolder(d, dir) && !IsCache(dir) }
	one := func(path string) {
		if usable(disk.Dir(path)) {
			add(path)
		}
	}
	all := func(dir string) {
		if dir = disk.FolderPath(dir); !usable(dir) {
			return
		}
		// the limit is for each folder: a full one must not hide the others
		left := mostPackages
		// cleaning tools keep the name
		if own := disk.Join(dir, disk.Base(f.File.Place)); !cache.IsAbsent(d, own) && add(own) {
			left--
		}
		for _, name := range disk.ListNames(d, dir) {
			if left > 0 && add(disk.Join(dir, name)) {
				left--
			}
		}
	}
	for _, path := range f.Choices.Patches {
		one(path)
	}
	all(f.Folder.Path)
	all(disk.Join(f.Folder.Path, InstallersDir))
	if p := registeredPatch(f); p != nil && p.LastUsedSource != "" && p.PackageName != "" {
		one(disk.Join(disk.FolderPath(p.LastUsedSource), disk.Base(p.PackageName)))
	}
	for _, dir := range append(slices.Clone(f.About.CleanerDirs), f.Choices.Folders...) {
		all(dir)
	}
	return paths
}

// registeredPatch is the registration of the current lost patch.
func registeredPatch(f Facts) *computer.Patch {
	if f.Decision.Product == nil {
		return nil
	}
	for i, p := range f.Decision.Product.Patches {
		if strings.EqualFold(p.Code, f.File.Code) {
			return &f.Decision.Product.Patches[i]
		}
	}
	return nil
}

// IsCache reports whether a folder is a cache of Windows Installer. No file is taken from one: another computer's
// cached files are never used, whatever their code, and this computer's are what is being repaired.
func IsCache(dir string) bool {
	windows := strings.ToLower(disk.Base(disk.Dir(dir)))
	return strings.EqualFold(disk.Base(dir), "Installer") && (windows == "windows" || windows == "winnt")
}
