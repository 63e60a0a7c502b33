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
		if not := notIt(f, p); not != nil {
			f.File.Wrong = append(f.File.Wrong, *not)
		}
		switch {
		case file == nil:
			continue
		case !Accepted(f, p) || foreign(f, p):
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
	c := candidates{d: d, lost: f.File}
	for _, path := range f.Choices.Patches {
		c.file(path)
	}
	c.folder(f.Folder.Path)
	c.folder(disk.Join(f.Folder.Path, InstallersDir))
	if p := registeredPatch(f); p != nil && p.LastUsedSource != "" && p.PackageName != "" {
		c.file(disk.Join(disk.FolderPath(p.LastUsedSource), disk.Base(p.PackageName)))
	}
	for _, dir := range append(slices.Clone(f.About.CleanerDirs), f.Choices.Folders...) {
		c.folder(dir)
	}
	return c.paths
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
