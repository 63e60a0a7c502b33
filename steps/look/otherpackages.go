package look

import (
	"context"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// otherPackages looks for the right package where it may be: beside the offered one, where the product was installed
// from, beside the installer, and where known cleaning tools move files to.
func otherPackages(ctx context.Context, l computer.Looker, f Facts) ([]cache.Package, Search) {
	s := newSearch(ctx, l, f)
	s.names = append(s.names, PackageName)
	pr := f.Decision.Product
	dirs := []string{disk.Join(f.Folder.Path, InstallersDir), pr.LastUsedSource, pr.InstallSource,
		disk.Dir(f.Start.Program)}
	for _, dir := range append(dirs, f.About.CleanerDirs...) {
		s.folder(dir)
	}
	s.run()
	return s.right[:min(len(s.right), mostShown)], s.Search
}
