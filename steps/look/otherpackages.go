package look

import (
	"context"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// otherPackages looks for the right package where it may be: beside the offered one, where the product was installed
// from, beside the installer, and where known cleaning tools move files to.
func otherPackages(ctx context.Context, l computer.Looker, f Facts, e Env) []cache.Package {
	c := candidates{d: l.Disk(), lost: f.File}
	pr := f.Decision.Product
	dirs := []string{disk.Join(f.Folder.Path, InstallersDir), pr.LastUsedSource, pr.InstallSource,
		disk.Dir(f.Start.Program)}
	for _, dir := range append(dirs, f.About.CleanerDirs...) {
		c.folder(dir)
	}
	var right []cache.Package
	for _, p := range c.paths {
		pk, file := cache.Identify(l, p, disk.Reader.OpenStrict)
		if file == nil {
			continue
		}
		if Accepted(f, pk) { // only then is it worth reading to its end
			if pk = cache.ReadThrough(ctx, l, pk, file, e.Report); pk.Trouble == nil {
				right = append(right, pk)
			}
		}
		file.Close() // opened for reading: closing it can lose nothing
	}
	return right
}
