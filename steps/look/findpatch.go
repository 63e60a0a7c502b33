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
func findPatch(ctx context.Context, l computer.Looker, f Facts, e Env, known identified) LostFile {
	f.File.Source, f.File.Wrong = cache.Package{}, nil
	registered := registeredPatch(f)
	s := newSearch(ctx, l, f)
	s.known, s.names = known, append(s.names, registered.PackageName)
	for _, path := range f.Choices.Patches {
		s.file(path)
	}
	s.folder(f.Folder.Path)
	s.folder(disk.Join(f.Folder.Path, InstallersDir))
	if registered.LastUsedSource != "" && registered.PackageName != "" {
		s.file(disk.Join(disk.FolderPath(registered.LastUsedSource), disk.Base(registered.PackageName)))
	}
	for _, dir := range append(slices.Clone(f.About.CleanerDirs), f.Choices.Folders...) {
		s.folder(dir)
	}
	s.run()
	f.File.Source, f.File.Wrong, f.File.Search = s.best(e), s.lost.Wrong, s.Search
	return f.File
}

// registeredPatch is the registration of the current lost patch, empty when there is none.
func registeredPatch(f Facts) (none computer.Patch) {
	if f.Decision.Product == nil {
		return none
	}
	for _, p := range f.Decision.Product.Patches {
		if strings.EqualFold(p.Code, f.File.Code) {
			return p
		}
	}
	return none
}
