package redact

import "strings"

// grouped is a code in groups joined by hyphens: the five groups of five of a product's key, and the eight groups of
// six digits of BitLocker's recovery key. It is asked at every hyphen and answers at the first one of a code.
func grouped(t text, at int) []part {
	for _, g := range []struct {
		size, count int
		of          func(byte) bool
	}{{5, 5, isUpperOrDigit}, {6, 8, isDigit}} {
		from, to := at-g.size, at-g.size+g.size*g.count+g.count-1
		if from < 0 || to > len(t.s) || !wordStart(t.s, from) || from > 0 && t.s[from-1] == '-' ||
			to < len(t.s) && (inName(t.s[to]) || t.s[to] == '-') {
			continue
		}
		if code := t.s[from:to]; groupsOf(code, g.size, g.of) && strings.Trim(code, "X-") != "" {
			return only(part{from: from, to: to})
		}
	}
	return nil
}

func isUpperOrDigit(c byte) bool { return kinds[c] == large || isDigit(c) }

func groupsOf(s string, size int, of func(byte) bool) bool {
	for i := range len(s) {
		if hyphen := i%(size+1) == size; hyphen != (s[i] == '-') || !hyphen && !of(s[i]) {
			return false
		}
	}
	return true
}
