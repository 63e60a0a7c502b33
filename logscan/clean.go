package logscan

import (
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
	set := unfitRunes.get()
	return int(r)/64 < len(set) && set[r/64]>>(r%64)&1 != 0
}

// unfitRunes are the characters that are unfit, 64 a word, since a log may be full of what has to be looked up:
// controls, escapes, bidirectional and zero-width characters, Unicode's own line ends (general categories Cc, Cf, Zl
// and Zp), and what draws nothing (Default_Ignorable_Code_Point, UAX #44: fillers, variation selectors, tags, whether
// assigned or not; and two that are blank by their drawing).
var unfitRunes = lazy[[]uint64]{make: func() []uint64 {
	const end = 0xE1000 // none lies behind
	set := make([]uint64, end/64)
	add := func(lo, hi, stride rune) {
		for r := lo; r <= hi; r += stride {
			set[r/64] |= 1 << (r % 64)
		}
	}
	add('\u2800', '\u2800', 1)         // a Braille pattern without a dot
	add('\U0001D159', '\U0001D159', 1) // a note without a head
	add('\U000E0000', '\U000E0FFF', 1)
	for _, t := range []*unicode.RangeTable{unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp, unicode.Variation_Selector,
		unicode.Other_Default_Ignorable_Code_Point} {
		for _, r := range t.R16 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
		for _, r := range t.R32 {
			add(rune(r.Lo), rune(r.Hi), rune(r.Stride))
		}
	}
	return set
}}
