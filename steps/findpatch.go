package steps

import (
	"cmp"
	"fmt"
	"slices"

	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// patchNotFound says which update the patch belongs to, and that its installer is wanted.
func patchNotFound(f Facts) screen.Problem {
	name, version := cmp.Or(updateName(f, f.File), "code "+f.File.Code), ""
	if f.Decision.Product != nil && f.Decision.Product.Version != "" {
		version = " for version " + f.Decision.Product.Version
	}
	p := screen.Problem{Code: screen.CodePatchNotFound,
		Message: fmt.Sprintf("%s, %s, was %s: %s", disk.Base(f.File.Place), name,
			f.File.NotFound(), f.File.LookedAt()),
		Cure: fmt.Sprintf("keep this installer for step 12 and get that update's installer%s (%s)", version,
			look.OfferedAt(f.File)),
		Offer: "to choose the .msp"}
	for _, dir := range f.Choices.Folders {
		if look.IsCache(dir) {
			p.Message += fmt.Sprintf("; \"%s\" is a cache of Windows Installer, and nothing out of one is ever used",
				dir)
			break
		}
	}
	return p
}

// browsingPatch asks which file of the folder to look at. Its neighbours are looked at as well.
func browsingPatch(f Facts) finding {
	fd := browsing(f, "Choose the patch in ", func(f *Facts, e look.Entry) {
		f.Choices.Patches = append(slices.Clip(f.Choices.Patches), e.Path)
		f.Choices.Folders = append(slices.Clip(f.Choices.Folders), disk.Dir(e.Path))
	})
	fd.says = "Choose the file of the lost patch."
	return fd
}
