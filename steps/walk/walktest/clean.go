package walktest

import (
	"testing"
	"unicode"
	"unicode/utf8"
)

// WantClean asserts that a text holds nothing that a terminal obeys or does not show: no control, escape or
// bidirectional character, no line end, no bytes that are no UTF-8.
func WantClean(t *testing.T, where, text string) {
	t.Helper()
	if !utf8.ValidString(text) {
		t.Errorf("%s is no UTF-8: %q", where, text)
	}
	for _, r := range text {
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) {
			t.Errorf("%s holds %U: %q", where, r, text)
			return
		}
	}
}
