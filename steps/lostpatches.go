package steps

import (
	"fmt"
	"strings"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// lostPatches are the cached patches that are gone: those registered for the product, or without a registration those that the last
// session of the log names.
func lostPatches(f Facts, product *computer.Product) []screen.Problem {
	var ps []screen.Problem
	if product != nil {
		for _, patch := range MissingPatches(f, product) {
			ps = append(ps, lostPatch(patch.LocalPackage, product.Name))
		}
		return ps
	}
	seen := map[string]bool{}
	for _, w := range f.Patch.Patches {
		key := strings.ToLower(w.Path)
		if w.Session == f.Patch.Sessions && !f.Reading.Later && !seen[key] && (w.Path == "" || !f.present(w.Path)) {
			seen[key] = true
			ps = append(ps, lostPatch(w.Path, ""))
		}
	}
	return ps
}

// MissingPatches are a product's registered patches whose cached file is gone.
func MissingPatches(f Facts, product *computer.Product) []computer.Patch {
	var gone []computer.Patch
	if product == nil {
		return nil
	}
	for _, patch := range product.Patches {
		if patch.LocalPackage != "" && f.missing(patch.LocalPackage) {
			gone = append(gone, patch)
		}
	}
	return gone
}

// registeredPatches counts the cached patches of every registered agent, and tells of one that is lost and of one that nobody could look at.
func registeredPatches(f Facts) (lost string, unknown *screen.Problem, n int) {
	for _, p := range f.Registration.Products {
		if !computer.IsAgent(p) {
			continue
		}
		for _, patch := range p.Patches {
			n++
			switch {
			case patch.LocalPackage != "" && f.missing(patch.LocalPackage):
				lost = patch.LocalPackage
			case !f.present(patch.LocalPackage):
				unknown = patchUnseen(f, patch)
			}
		}
	}
	return lost, unknown, n
}

// patchUnseen is the problem of a registered patch of which nobody can say whether it is there.
func patchUnseen(f Facts, patch computer.Patch) *screen.Problem {
	file := f.Cache[strings.ToLower(patch.LocalPackage)]
	var p screen.Problem
	switch {
	case patch.LocalPackage == "":
		p = screen.Problem{Code: screen.CodeCorrupt, Message: fmt.Sprintf("Windows Installer has no cached file registered for the patch %s", screen.Or(patch.Name, patch.Code)),
			Cure: "ask Microsoft Support; do not delete the registration"}
	case file.Denied:
		p = computer.NeedsElevation("reading " + patch.LocalPackage)
	default:
		p = packageUnseen(patch.LocalPackage, screen.Or(file.Unseen, "nobody asked for it"))
	}
	return &p
}
