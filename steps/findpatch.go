package steps

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// findPatch looks for the lost patch at hand by its code, whatever a file is called: where the installer has put its files, where the patch was
// installed from, where known cleaners put what they take, and where the engineer has browsed to.
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
		case !accepted(f, p):
			f.File.Wrong = append(f.File.Wrong, p)
		case f.File.Source.Path == "" || surer(f.File.Source, p):
			if p = cache.ReadThrough(ctx, l, p, file, e.report); f.File.Source.Path == "" || surer(f.File.Source, p) {
				f.File.Source = p
			}
		}
		file.Close() // opened for reading: closing it can lose nothing
	}
	return f.File
}

// surer tells whether a further file with the right code is to be read: the one that was found first is not beyond doubt.
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

// patchPaths are the files that may be the lost patch at hand, the likeliest first.
func patchPaths(d disk.Reader, f Facts) []string {
	var paths []string
	add := func(path string) {
		if cache.KindOf(path) == cache.KindPatch && len(paths) < mostPackages && !slices.ContainsFunc(paths, func(p string) bool { return disk.SamePath(p, path) }) {
			paths = append(paths, path)
		}
	}
	all := func(dir string) {
		if dir = disk.FolderPath(dir); isFolder(d, dir) && !isCache(dir) { // never a share or a disc: a stick or a fixed drive only
			for _, name := range disk.ListNames(d, dir) {
				add(disk.Join(dir, name))
			}
		}
	}
	all(f.Folder.Path)
	all(disk.Join(f.Folder.Path, installersDir))
	if p := registeredPatch(f); p != nil && p.LastUsedSource != "" && p.PackageName != "" {
		if dir := disk.FolderPath(p.LastUsedSource); isFolder(d, dir) && !isCache(dir) {
			add(disk.Join(dir, disk.Base(p.PackageName)))
		}
	}
	for _, dir := range append(slices.Clone(f.About.CleanerDirs), f.Choices.Folders...) {
		all(dir)
	}
	return paths
}

// registeredPatch is the registration of the lost patch at hand.
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

// isCache tells whether a folder is a cache of Windows Installer: another computer's files are never used, whatever their code, and the own
// one is what is being repaired.
func isCache(dir string) bool {
	windows := strings.ToLower(disk.Base(disk.Dir(dir)))
	return strings.EqualFold(disk.Base(dir), "Installer") && (windows == "windows" || windows == "winnt")
}

// patchNotFound says which update the patch belongs to, and that its installer is wanted.
func patchNotFound(f Facts) screen.Problem {
	name, version := screen.Or(f.File.Name, "patch code "+f.File.Code), ""
	if f.Decision.Product != nil && f.Decision.Product.Version != "" {
		version = ", for version " + f.Decision.Product.Version
	}
	p := screen.Problem{Code: screen.CodePatchNotFound,
		Message: fmt.Sprintf("nothing at hand is the lost patch %s (%s): %s", disk.Base(f.File.Place), name, lookedAt(f.File)),
		Cure:    fmt.Sprintf("get the installer of the update %s%s, and start that one in step 6", name, version),
		Offer:   "to choose the .msp yourself"}
	for _, dir := range f.Choices.Folders {
		if isCache(dir) {
			p.Message += fmt.Sprintf("; \"%s\" is a cache of Windows Installer, and nothing out of one is ever used", dir)
			break
		}
	}
	return p
}

// lookedAt tells how many patches were looked at, and what the first one is where it stands in the way.
func lookedAt(l LostFile) string {
	for _, p := range l.Wrong {
		if p.Trouble != nil {
			return p.Trouble.Message
		}
	}
	if len(l.Wrong) == 0 {
		return "there is no .msp to look at"
	}
	return screen.Count(int64(len(l.Wrong)), "other patch lies", "other patches lie") + " there"
}

// browsePatch lets the engineer show the folder that holds the patch.
func browsePatch(f Facts) *move {
	return &move{"browse", "", func(f Facts) (Facts, next) {
		f.Choices.Browse = browseStart(f)
		return f, next{look: true}
	}}
}

// browsingPatch asks which file of the folder to look at. Its neighbours are looked at as well.
func browsingPatch(f Facts) finding {
	return browsing(f, "Choose the patch in ", func(f Facts, e Entry) Facts {
		f.Choices.Folders = append(slices.Clip(f.Choices.Folders), disk.Dir(e.Path))
		return f
	})
}
