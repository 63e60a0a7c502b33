package steps

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/msi"
)

// CachedFile is what the disk says of one cached package or patch.
type CachedFile struct {
	Present bool
	Denied  bool   // access was denied
	Unseen  string // why else nobody could look: that is no word about the file
	Why     string // why Windows Installer will not take it; empty: it will, or nobody looked inside
}

// missing tells whether the disk was asked for a cached file and has none.
func (f Facts) missing(path string) bool {
	c, asked := f.Cache[strings.ToLower(path)]
	return asked && !c.Present && !c.Denied && c.Unseen == ""
}

// present tells whether the disk was asked for a cached file and has it.
func (f Facts) present(path string) bool { return f.Cache[strings.ToLower(path)].Present }

// lookCache asks the disk for every cached file that log or registration speaks of. Where only a part of a disk was collected, without the
// cache's folder, there is nothing to ask, as without a disk.
func lookCache(d disk.Reader, f Facts) map[string]CachedFile {
	if f.About.DiskSilent || f.About.Root != "" && isAbsent(d, disk.Join(f.About.WindowsDir, "Installer")) {
		return nil
	}
	cache := map[string]CachedFile{}
	ask := func(path, code string, live bool) {
		key := strings.ToLower(path)
		if _, asked := cache[key]; path != "" && !asked {
			cache[key] = askCached(d, path, code, live)
		}
	}
	live := f.About.Root == ""
	for _, p := range f.Registration.Products {
		ask(p.LocalPackage, p.PackageCode, live && computer.IsAgent(p))
		if computer.IsAgent(p) {
			for _, patch := range p.Patches {
				ask(patch.LocalPackage, "", false)
			}
		}
	}
	for _, w := range lastNames(f) {
		ask(cached(f.About.WindowsDir, w.ID), "", live)
	}
	for _, w := range f.Patch.Patches {
		if disk.SamePath(disk.Dir(w.Path), disk.Join(f.About.WindowsDir, "Installer")) {
			ask(w.Path, "", false)
		}
	}
	return cache
}

// isAbsent reports whether there is nothing under a name, for sure.
func isAbsent(d disk.Reader, path string) bool {
	_, err := d.Stat(path)
	return errors.Is(err, fs.ErrNotExist)
}

// askCached asks for one file; inside tells whether to look into it as Windows Installer would: its package code must be readable
// and the registered one.
func askCached(d disk.Reader, path, code string, inside bool) CachedFile {
	info, err := d.Stat(path)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return CachedFile{Denied: true}
	case errors.Is(err, fs.ErrNotExist), errors.Is(err, disk.ErrBadPath):
		return CachedFile{}
	case err != nil:
		return CachedFile{Unseen: disk.Cause(err).Error()}
	case info.Dir:
		return CachedFile{Present: true, Why: "is a folder"}
	case !inside && info.Link:
		return askBehind(d, path)
	case !inside:
		return CachedFile{Present: true}
	}
	why, err := refusal(d, path, code)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return CachedFile{Present: true, Denied: true}
	case errors.Is(err, disk.ErrShared):
		return CachedFile{Present: true, Unseen: disk.Cause(err).Error()}
	}
	return CachedFile{Present: true, Why: why}
}

// askBehind asks for the file to which a link leads: Windows Installer follows it. A link that leads out of the disk says nothing.
func askBehind(d disk.Reader, path string) CachedFile {
	file, err := d.Open(path, disk.ShareAll)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return CachedFile{Denied: true}
	case errors.Is(err, fs.ErrNotExist):
		return CachedFile{}
	case err != nil:
		return CachedFile{Unseen: disk.Cause(err).Error()}
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	return CachedFile{Present: true}
}

// refusal says why Windows Installer will not take the package at path, empty when it will.
func refusal(d disk.Reader, path, code string) (string, error) {
	file, err := d.Open(path, disk.ShareAll)
	if err != nil {
		return "cannot be opened: " + disk.Cause(err).Error(), err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	info, err := file.Info()
	if err != nil {
		return "cannot be read: " + disk.Cause(err).Error(), err
	}
	id, err := msi.Read(file, info.Size)
	switch {
	case err != nil:
		return "is no readable package: " + err.Error(), nil
	case code != "" && !strings.EqualFold(id.PackageCode, code):
		return fmt.Sprintf("has package code %s, registered is %s", id.PackageCode, code), nil
	}
	return "", nil
}

// othersMissing are the products, other than the one in question, whose cached package is gone as well.
func othersMissing(f Facts) []computer.Product {
	var ps []computer.Product
	for _, p := range f.Registration.Products {
		if own := f.Decision.Product; own != nil && own.ProductCode == p.ProductCode && disk.SamePath(own.LocalPackage, p.LocalPackage) {
			continue
		}
		if p.LocalPackage != "" && f.missing(p.LocalPackage) {
			ps = append(ps, p)
		}
	}
	return ps
}
