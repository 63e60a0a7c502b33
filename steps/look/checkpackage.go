package look

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// CheckPackage looks at what may be copied in the place of the lost file (step 9).
func CheckPackage(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	if f.Folder.Path == "" {
		return f
	}
	if f.Choices.Browse != "" {
		return browse(l.Disk(), f, cache.KindPatch.Suffix())
	}
	if f.Start.PID != 0 {
		f = lookWizardsKept(ctx, l, f, e)
	}
	at, known := f.At, identified{}
	for i, lost := range f.Lost() {
		switch f = f.Turn(i); {
		case lost.Copied.Done:
		case lost.Kind == cache.KindPatch:
			f.File = findPatch(ctx, l, f, e, known)
		default:
			f.File = findPackage(ctx, l, f, e)
		}
	}
	if len(f.Files) > 0 {
		f = f.Turn(at)
	}
	return f
}

// findPackage reads the package that the installer has brought, and looks for another where that is not the right one.
func findPackage(ctx context.Context, l computer.Looker, f Facts, e Env) LostFile {
	f.File.Source, f.File.Others, f.File.Search = cache.Package{}, nil, Search{}
	dir := disk.Join(f.Folder.Path, InstallersDir)
	var beside []string
	if isFolder(l.Disk(), dir) {
		beside = disk.ListNames(l.Disk(), dir)
	}
	p := cache.Inspect(ctx, l, cmp.Or(f.File.Chosen, disk.Join(dir, PackageName)), e.Report)
	if f.File.Chosen == "" {
		p.Beside = slices.DeleteFunc(beside, func(name string) bool { return strings.EqualFold(name, PackageName) })
	}
	f.File.Source = p
	if p.Exists && p.Trouble == nil && !Accepted(f, p) && CodeKnown(f) {
		f.File.Others, f.File.Search = otherPackages(ctx, l, f)
	}
	return f.File
}

// CodeKnown reports whether the registered code of the current lost file is known.
func CodeKnown(f Facts) bool { return f.File.Code != "" }

// Risk is what speaks against the file for the current lost one without ruling it out, as a clause; empty: nothing
// does.
func Risk(f Facts) string {
	s, unchecked := f.File.Source.Signature, fmt.Sprintf("although its %s code could not be checked", f.File.Kind)
	switch {
	case s.Doubtful() && CodeKnown(f):
		return "although it " + s.Lacks()
	case s.Doubtful():
		return unchecked + " and it " + s.Lacks()
	case CodeKnown(f):
		return ""
	}
	return unchecked
}

// Accepted reports whether Windows Installer will take a file for the current lost one: its code is the registered one.
func Accepted(f Facts, p cache.Package) bool {
	return CodeKnown(f) && strings.EqualFold(f.File.Code, p.Code())
}

// Wrong reports whether Windows Installer will not take a file for the current lost one: the code is known, and
// another.
func Wrong(f Facts, p cache.Package) bool { return CodeKnown(f) && !Accepted(f, p) }
