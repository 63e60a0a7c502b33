package look

import (
	"fmt"
	"slices"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/disk"
)

// NotIt is a patch that was looked at and is not the lost one.
type NotIt struct {
	Path string
	Code string // its patch code
	Why  string // what else keeps it out: it cannot be used, or is for other products; empty: its code alone
}

// notIt says why a patch is not the current lost one; nil when it may be, or does not exist.
func notIt(f Facts, p cache.Package) *NotIt {
	not := &NotIt{Path: p.Path, Code: p.Code()}
	switch {
	case p.Trouble != nil && !p.Exists && !p.Unseen:
		return nil
	case p.Trouble != nil:
		not.Why = p.Trouble.Message
	case !Accepted(f, p):
	case foreign(f, p):
		not.Why = fmt.Sprintf("the patch code is right, but it is for %s, and not for %s", products(p.Patch.Targets),
			f.Decision.Product.ProductCode)
	default:
		return nil
	}
	return not
}

// foreign reports whether a patch says which products it is for, and the product in question is none of them: Windows
// Installer does not accept it there, whatever its patch code.
// https://learn.microsoft.com/windows/win32/msi/template-summary
func foreign(f Facts, p cache.Package) bool {
	to := f.Decision.Product
	return p.Kind == cache.KindPatch && len(p.Patch.Targets) > 0 && to != nil && to.ProductCode != "" &&
		!slices.ContainsFunc(p.Patch.Targets, func(code string) bool { return strings.EqualFold(code, to.ProductCode) })
}

// products names some product codes, and counts the rest: a patch may list hundreds.
func products(codes []string) string {
	switch n := len(codes); n {
	case 1:
		return "the product " + codes[0]
	case 2:
		return fmt.Sprintf("the products %s and %s", codes[0], codes[1])
	default:
		return fmt.Sprintf("the products %s, %s and %d more", codes[0], codes[1], n-2)
	}
}

// Aimless says of a patch that it does not tell the products that it is for; empty when it does, or is none. Nothing
// speaks against such a patch.
func Aimless(p cache.Package) string {
	if p.Kind != cache.KindPatch || len(p.Patch.Targets) > 0 {
		return ""
	}
	return "; the file does not say which products it is for"
}

// LookedAt tells what was found instead of a patch: one that stands in the way, or others.
func (l LostFile) LookedAt() string {
	for _, w := range l.Wrong {
		switch {
		case strings.Contains(w.Why, w.Path):
			return w.Why
		case w.Why != "":
			return fmt.Sprintf("\"%s\": %s", w.Path, w.Why)
		}
	}
	switch n := len(l.Wrong); n {
	case 0:
		return "there is no .msp file here"
	case 1:
		return disk.Base(l.Wrong[0].Path) + " is another patch"
	default:
		return fmt.Sprintf("the %d .msp files here are other patches", n)
	}
}
