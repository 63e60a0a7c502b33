package look

import (
	"maps"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// missing reports whether the disk was asked for a cached file and has none.
func (f *Facts) missing(path string) bool {
	c, asked := f.Cache[strings.ToLower(path)]
	return asked && !c.Present && !c.Denied && c.Unseen == ""
}

// Unusable says why Windows Installer will not take a cached file that is there; empty where it will, or where the file
// could not be examined.
func (f *Facts) Unusable(path string) string {
	if c := f.Cache[strings.ToLower(path)]; c.Present && !c.Denied && c.Unseen == "" {
		return c.Why
	}
	return ""
}

// seen reports whether the disk was asked for a cached file and has told.
func (f *Facts) seen(path string) bool {
	c, asked := f.Cache[strings.ToLower(path)]
	return path != "" && asked && !c.Denied && c.Unseen == ""
}

// present reports whether the disk was asked for a cached file and has it.
func (f *Facts) present(path string) bool { return f.Cache[strings.ToLower(path)].Present }

// whollyThere reports whether the disk has a cached file, and Windows Installer will take it.
func (f *Facts) whollyThere(path string) bool {
	return f.seen(path) && f.present(path) && f.Unusable(path) == ""
}

// noCache reports whether there is no cache to ask: no disk is here, or only a part of one was collected, without the
// cache's folder.
func noCache(d disk.Reader, f Facts) bool {
	return f.About.DiskSilent || f.About.Root != "" && cache.IsAbsent(d, disk.Join(f.About.WindowsDir, "Installer"))
}

// lookNamed asks the disk for the packages that the log names, beside what was asked before.
func lookNamed(d disk.Reader, f Facts) map[string]cache.File {
	if noCache(d, f) {
		return nil
	}
	files := map[string]cache.File{}
	maps.Copy(files, f.Cache)
	for _, w := range LastNames(f) {
		path := cache.Path(f.About.WindowsDir, w.ID, cache.KindPackage)
		files[strings.ToLower(path)] = cache.Ask(d, path, "", true)
	}
	return files
}

// lookCache asks the disk for every cached file that log or registration speaks of.
func lookCache(d disk.Reader, f Facts) map[string]cache.File {
	if noCache(d, f) {
		return nil
	}
	files := map[string]cache.File{}
	ask := func(path, code string, inside bool) {
		key := strings.ToLower(path)
		if _, asked := files[key]; path != "" && !asked {
			files[key] = cache.Ask(d, path, code, inside)
		}
	}
	for _, p := range f.Registration.Products {
		ask(p.LocalPackage, p.PackageCode, computer.IsAgent(p))
		if computer.IsAgent(p) {
			for _, patch := range p.Patches {
				ask(patch.LocalPackage, patch.Code, true)
			}
		}
	}
	for _, w := range append(LastNames(f), Names(f)...) {
		ask(cache.Path(f.About.WindowsDir, w.ID, cache.KindPackage), "", true)
	}
	if c := f.Reading.File; disk.SamePath(disk.Dir(c), disk.Join(f.About.WindowsDir, "Installer")) {
		ask(c, "", true)
	}
	for _, w := range f.patches() {
		if disk.SamePath(disk.Dir(w.Path), disk.Join(f.About.WindowsDir, "Installer")) {
			ask(w.Path, "", true)
		}
	}
	return files
}

// OthersMissing are the products, other than the one in question, whose cached package is gone as well.
func OthersMissing(f Facts) []computer.Product {
	var ps []computer.Product
	for _, p := range f.Registration.Products {
		if own := f.Decision.Product; own != nil && own.ProductCode == p.ProductCode &&
			disk.SamePath(own.LocalPackage, p.LocalPackage) {
			continue
		}
		if p.LocalPackage != "" && f.missing(p.LocalPackage) {
			ps = append(ps, p)
		}
	}
	return ps
}
