package logscan

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes text fit to be shown: control, escape and bidirectional characters, and bytes that are no UTF-8, become '?';
// a tab becomes a blank. So do all other characters that a terminal does not show or obeys: zero width, tags, Unicode's own line
// ends (general categories Cc, Cf, Zl and Zp).
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

// unfit tells whether a character may not reach a screen as it is. The tags include those that are not assigned.
func unfit(r rune) bool {
	if r >= ' ' && r < 0x7F { // nearly all there is
		return false
	}
	return unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || r >= 0xE0000 && r <= 0xE007F
}
