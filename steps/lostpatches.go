package steps

import "strings"

// lostPatches are the cached patches that are gone: those registered for the product, or without a registration those that the last
// session of the log names.
func lostPatches(f Facts, product *Product) []Problem {
	var ps []Problem
	if product != nil {
		for _, patch := range product.Patches {
			if patch.LocalPackage != "" && f.missing(patch.LocalPackage) {
				ps = append(ps, lostPatch(patch.LocalPackage, product.Name))
			}
		}
		return ps
	}
	seen := map[string]bool{}
	for _, w := range f.Patch.Patches {
		key := strings.ToLower(w.Path)
		if w.Session == f.Patch.Sessions && !seen[key] && (w.Path == "" || !f.present(w.Path)) {
			seen[key] = true
			ps = append(ps, lostPatch(w.Path, ""))
		}
	}
	return ps
}
