package logscan

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes text fit to be shown: what a terminal obeys and what draws nothing becomes '?', so that two texts that
// look alike are alike, and so do bytes that are no UTF-8; a tab becomes a blank. It is the one rule for that: nothing
// from a log, a name or a registration is shown, written into a report or taken for a path otherwise.
func Clean(s string) string {
	if !strings.ContainsFunc(s, unfit) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		switch {
		case r == '\t':
			b.WriteByte(' ')
		case unfit(r) || r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			b.WriteByte('?')
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// CleanMarked is Clean of a text of which a part is marked, n bytes from at on: what it becomes, and where the mark is
// then.
func CleanMarked(s string, at, n int) (clean string, cleanAt, cleanN int) {
	at = min(max(at, 0), len(s))
	end := min(max(at+n, at), len(s))
	head, mark := Clean(s[:at]), Clean(s[at:end])
	return head + mark + Clean(s[end:]), len(head), len(mark)
}

// unfit reports whether a character may not reach a screen as it is.
func unfit(r rune) bool {
	if r >= ' ' && r < 0x7F { // nearly all there is
		return false
	}
	_, found := slices.BinarySearchFunc(unfitSpans.get(), r, func(s runes, r rune) int {
		switch {
		case r < s.lo:
			return 1
		case r > s.hi:
			return -1
		}
		return 0
	})
	return found
}

// runes is a run of characters.
type runes struct{ lo, hi rune }

// unfitSpans are the characters that are unfit, in order: controls, escapes, bidirectional and zero-width characters,
// Unicode's own line ends (general categories Cc, Cf, Zl and Zp), and what draws nothing (Default_Ignorable_Code_Point,
// UAX #44: fillers, variation selectors, tags, whether assigned or not; and two that are blank by their drawing).
var unfitSpans = lazy[[]runes]{make: func() []runes {
	spans := []runes{
		{'\u2800', '\u2800'},         // a Braille pattern without a dot
		{'\U0001D159', '\U0001D159'}, // a note without a head
		{'\U000E0000', '\U000E0FFF'},
	}
	for _, t := range []*unicode.RangeTable{unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector,
		unicode.Other_Default_Ignorable_Code_Point} {
		for _, r := range t.R16 {
			spans = appendRun(spans, rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range t.R32 {
			spans = appendRun(spans, rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	slices.SortFunc(spans, func(a, b runes) int { return cmp.Compare(a.lo, b.lo) })
	joined := spans[:1]
	for _, s := range spans[1:] {
		if last := &joined[len(joined)-1]; s.lo <= last.hi+1 {
			last.hi = max(last.hi, s.hi)
		} else {
			joined = append(joined, s)
		}
	}
	return joined
}}

// appendRun appends the characters of a table's entry.
func appendRun(spans []runes, lo, hi, stride rune) []runes {
	if stride == 1 {
		return append(spans, runes{lo, hi})
	}
	for c := lo; c <= hi; c += stride {
		spans = append(spans, runes{c, c})
	}
	return spans
}
