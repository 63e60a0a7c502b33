package look

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// lostFiles are the files of the product in question that Windows Installer has lost: the package first, then its
// patches in the order of the registration. The problems are of those whose place cannot be composed.
func lostFiles(f Facts) (files []LostFile, ps []screen.Problem) {
	c := f.Decision
	if c.Verdict != RepairNeeded {
		return nil, nil
	}
	if !c.Usable {
		l := LostFile{ID: c.ID, Place: c.Path}
		if c.Product != nil {
			l.Code, l.Name = c.Product.PackageCode, c.Product.Name
		}
		files = append(files, l)
	}
	for _, patch := range MissingPatches(f, c.Product) {
		id := cache.ID(f.About.WindowsDir, patch.LocalPackage, cache.KindPatch)
		if id == "" || slices.ContainsFunc(files,
			func(l LostFile) bool { return disk.SamePath(l.Place, patch.LocalPackage) }) {
			ps = append(ps, suspiciousPatch(patch))
			continue
		}
		files = append(files, LostFile{Kind: cache.KindPatch, ID: id,
			Place: cache.Path(f.About.WindowsDir, id, cache.KindPatch), Code: patch.Code,
			Name: patch.Name, State: patch.State})
	}
	return files, ps
}

// suspiciousPatch is the problem of a patch whose registered file is none that Windows Installer makes.
func suspiciousPatch(p computer.Patch) screen.Problem {
	return screen.Problem{Code: screen.CodeSuspiciousReg,
		Message: fmt.Sprintf("Windows Installer has \"%s\" registered as the cached file of the patch %s: "+
			"no path in its own folder, or that of another patch", p.LocalPackage, called(p)),
		Cure: "ask Microsoft Support; do not change the registration"}
}

// called is a patch by the name that people know, or by its code.
func called(p computer.Patch) string { return cmp.Or(p.Name, p.Code) }

// about is a patch's name with its state, where that is no plain one.
func about(p computer.Patch) string {
	if p.State == computer.PatchSuperseded || p.State == computer.PatchObsoleted {
		return called(p) + ", " + string(p.State)
	}
	return called(p)
}

// needed reports whether Windows Installer needs a patch's cached file. Of superseded and obsoleted patches it does
// too: they are "applied to this product instance", https://learn.microsoft.com/windows/win32/msi/patch-state, and the
// files of patches are required "during repair and future patch scenarios" until the patch is uninstalled,
// https://devblogs.microsoft.com/setup/the-patch-cache-and-freeing-space. One that is registered and not applied has
// none.
func needed(p computer.Patch) bool { return p.State != computer.PatchRegistered }

// lostPatches are the cached patches that are gone: those registered for the product, or, where no registration tells
// the product's package, those that are registered for an agent and those that a log names after which no session went
// through.
func lostPatches(f Facts, product *computer.Product) []screen.Problem {
	var ps []screen.Problem
	if product != nil {
		for _, patch := range MissingPatches(f, product) {
			ps = append(ps, lostPatch(f, patch, product.Name))
		}
		return ps
	}
	seen := map[string]bool{}
	for _, alone := range patchesAlone(f) {
		seen[strings.ToLower(alone.patch.LocalPackage)] = true
		ps = append(ps, alonePatch(lostPatch(f, alone.patch, alone.product)))
	}
	for _, w := range f.patches() {
		key := strings.ToLower(w.Path)
		if !f.superseded(w) && !seen[key] && !f.whollyThere(w.Path) {
			seen[key] = true
			ps = append(ps, f.loggedPatch(w.Path))
		}
	}
	return ps
}

// loggedPatch is the problem of a patch that only a log names, and that the disk does not have as it should.
func (f *Facts) loggedPatch(path string) screen.Problem {
	switch file := f.Cache[strings.ToLower(path)]; {
	case file.Denied:
		return computer.NeedsElevation("reading " + path)
	case file.Unseen != "":
		return packageUnseen(path, file.Unseen)
	}
	return UnknownPatch(path, f.Unusable(path))
}

// patchAlone is a lost patch of an agent whose registration does not tell its own package, with the agent's name.
type patchAlone struct {
	patch   computer.Patch
	product string
}

func patchesAlone(f Facts) (alone []patchAlone) {
	for _, p := range f.Registration.Products {
		if !computer.IsAgent(p) || p.LocalPackage != "" {
			continue
		}
		for _, patch := range MissingPatches(f, &p) {
			alone = append(alone, patchAlone{patch, p.Name})
		}
	}
	return alone
}

// MissingPatches are a product's registered patches whose cached file is gone, or cannot be used.
func MissingPatches(f Facts, product *computer.Product) []computer.Patch {
	var gone []computer.Patch
	if product == nil {
		return nil
	}
	for _, patch := range product.Patches {
		if f.lost(patch) {
			gone = append(gone, patch)
		}
	}
	return gone
}

// lost reports whether the disk has no file for a registered patch that Windows Installer would take.
func (f *Facts) lost(p computer.Patch) bool {
	return needed(p) && p.LocalPackage != "" && (f.missing(p.LocalPackage) || f.Unusable(p.LocalPackage) != "")
}

// registeredPatches counts the cached patches of every registered agent. lost is a sentence about the first that is
// lost, unknown the problem of one that could not be examined.
func registeredPatches(f Facts) (lost string, unknown *screen.Problem, n int) {
	for _, p := range f.Registration.Products {
		if !computer.IsAgent(p) {
			continue
		}
		for _, patch := range p.Patches {
			if !needed(patch) {
				continue
			}
			n++
			switch why := f.Unusable(patch.LocalPackage); {
			case f.lost(patch) && p.LocalPackage == "":
				alone := alonePatch(lostPatch(f, patch, p.Name))
				unknown = &alone
			case f.lost(patch) && lost == "" && why != "":
				lost = fmt.Sprintf("The cached patch %s exists but cannot be used: it %s.", patch.LocalPackage, why)
			case f.lost(patch) && lost == "":
				lost = fmt.Sprintf("The cached patch %s is missing, and Windows Installer expects it.",
					patch.LocalPackage)
			case !f.seen(patch.LocalPackage):
				unknown = patchUnseen(f, patch)
			}
		}
	}
	return lost, unknown, n
}

// unseenPatches are the problems of a product's patches that could not be examined: they may be lost as well.
func unseenPatches(f Facts, product *computer.Product) (ps []screen.Problem) {
	if product == nil || f.Cache == nil {
		return nil
	}
	for _, patch := range product.Patches {
		if needed(patch) && !f.lost(patch) && !f.seen(patch.LocalPackage) {
			ps = append(ps, *patchUnseen(f, patch))
		}
	}
	return ps
}

// patchUnseen is the problem of a registered patch that could not be examined.
func patchUnseen(f Facts, patch computer.Patch) *screen.Problem {
	file := f.Cache[strings.ToLower(patch.LocalPackage)]
	var p screen.Problem
	switch {
	case patch.LocalPackage == "":
		p = screen.Problem{Code: screen.CodeCorrupt,
			Message: fmt.Sprintf("Windows Installer has no cached file registered for the patch %s", called(patch)),
			Cure:    "ask Microsoft Support; do not delete the registration"}
	case cache.ID(f.About.WindowsDir, patch.LocalPackage, cache.KindPatch) == "":
		p = suspiciousPatch(patch)
	case file.Denied:
		p = computer.NeedsElevation("reading " + patch.LocalPackage)
	default:
		p = packageUnseen(patch.LocalPackage, cmp.Or(file.Unseen, "nobody asked for it"))
	}
	return &p
}
