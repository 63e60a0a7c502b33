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

// mostNoted is how many files of each kind are kept: those that have another code, and those that something else keeps
// out, which come first.
const mostNoted = 20

// noted is a list with one more, unless it has enough of that kind.
func noted(list []NotIt, not NotIt) []NotIt {
	plain := slices.IndexFunc(list, func(n NotIt) bool { return n.Why == "" })
	if plain < 0 {
		plain = len(list)
	}
	switch {
	case not.Why == "" && len(list)-plain < mostNoted:
		return append(list, not)
	case not.Why != "" && plain < mostNoted:
		return slices.Insert(list, plain, not)
	}
	return list
}

// Besides is what is to be known of the file that was found, in words that follow others: nothing of it speaks against
// it. Empty when there is nothing.
func (l LostFile) Besides() (says string) {
	if l.Source.Kind == cache.KindPatch && len(l.Source.Patch.Targets) == 0 {
		says = "; the file does not say which products it is for"
	}
	if l.Search.Passed > 0 {
		says += fmt.Sprintf("; the signatures of %d more were not checked: too large", l.Search.Passed)
	}
	return says
}

// NotFound says that no file was found for it, and no more than that is known.
func (l LostFile) NotFound() string {
	if l.Search.Cut() || len(l.Search.Unlisted) > 0 {
		return "not found so far"
	}
	return "not found"
}

// Limits says what of the places could not be looked at, in words that follow others; empty when all was.
func (l LostFile) Limits() (says string) {
	if s := l.Search; s.Cut() {
		says = fmt.Sprintf("; only the first %d of %d %s files were looked at", s.Looked, s.There, l.Kind.Suffix())
	}
	for _, why := range l.Search.Unlisted {
		says += "; " + why
	}
	return says
}

// LookedAt tells what was found instead of a patch, one that stands in the way before others, and what was not looked
// at.
func (l LostFile) LookedAt() string {
	var says []string
	for _, w := range l.Wrong[:min(len(l.Wrong), 1)] {
		switch {
		case strings.Contains(w.Why, w.Path):
			says = append(says, w.Why)
		case w.Why != "":
			says = append(says, fmt.Sprintf("\"%s\": %s", w.Path, w.Why))
		}
	}
	switch s := l.Search; {
	case s.Cut():
	case s.There == 0:
		says = append(says, "there is no .msp file here")
	case s.Differs == 1:
		says = append(says, disk.Base(l.Wrong[len(l.Wrong)-1].Path)+" is another patch")
	case s.Differs > 1 && len(says) == 0:
		says = append(says, fmt.Sprintf("the %d .msp files here are other patches", s.Differs))
	case s.Differs > 1:
		says = append(says, fmt.Sprintf("the other %d .msp files here are other patches", s.Differs))
	}
	return strings.TrimPrefix(strings.Join(says, "; ")+l.Limits(), "; ")
}
