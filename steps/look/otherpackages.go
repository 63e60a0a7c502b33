package look

import (
	"context"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

const mostPackages = 64 // looked into while searching for the right one

// otherPackages looks for the right package where it may be: beside the offered one, where the product was installed
// from, beside the installer, and where known cleaning tools move files to.
func otherPackages(ctx context.Context, l computer.Looker, f Facts, e Env) []cache.Package {
	var paths []string
	seen := map[string]bool{strings.ToLower(f.File.Source.Path): true}
	add := func(p string) {
		if key := strings.ToLower(p); p != "" && !seen[key] {
			seen[key] = true
			paths = append(paths, p)
		}
	}
	pr := f.Decision.Product
	dirs := []string{disk.Join(f.Folder.Path, InstallersDir), pr.LastUsedSource, pr.InstallSource,
		disk.Dir(f.Start.Program)}
	for _, dir := range append(dirs, f.About.CleanerDirs...) {
		dir = disk.FolderPath(dir)
		if !isFolder(l.Disk(), dir) {
			continue // never a share or a disc: a stick or a fixed drive only
		}
		for _, n := range disk.ListNames(l.Disk(), dir) {
			if strings.HasSuffix(strings.ToLower(n), ".msi") && len(paths) < mostPackages {
				add(disk.Join(dir, n))
			}
		}
	}
	var right []cache.Package
	for _, p := range paths {
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
