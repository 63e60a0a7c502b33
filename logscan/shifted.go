package logscan

import (
	"bytes"
	"unicode/utf8"
)

// shiftedRun is how many characters in a row make it certain that text is read a byte off: in no language do so many
// have a zero for their low byte.
const shiftedRun = 8

// kana is the high byte of hiragana and katakana, of which many may follow each other.
const kana = 0x30

// isShifted reports whether a line holds ASCII text that is misread: a byte off, as pairs although it is single bytes,
// with a NUL behind each character, or with the same other character for each zero of its pairs.
func isShifted(text string) bool {
	off, alike, nuls, plainBefore := 0, 0, 0, false
	var before rune
	var pairs []byte
	for _, r := range text {
		switch {
		case r == before: // a rule, "────", is no text
		case r >= 0x100 && r&0xFF == 0 && plain(byte(r>>8)):
			if off++; off >= shiftedRun {
				return true
			}
		case r != '\u0A0D' && r != '\u0D0A':
			off = 0
		}
		switch high := r >> 8; {
		case r == before:
		case high != before>>8 || high < ' ' || high > '~' || high == kana || !plain(byte(r)):
			alike = 0
		default:
			if alike++; alike >= 2*shiftedRun {
				return true
			}
		}
		before = r
		switch {
		case r == 0 && plainBefore:
			if nuls++; nuls >= shiftedRun {
				return true
			}
		case r != 0 && plainBefore:
			nuls = 0
		}
		plainBefore = r < utf8.RuneSelf && r != 0
		if r >= 0x2020 && r <= 0x7E7E {
			pairs = append(pairs, byte(r), byte(r>>8))
		}
	}
	for _, words := range []string{"MSI (", "EngineThread", "=== "} {
		if bytes.Contains(pairs, []byte(words)) || bytes.Contains(swapped(pairs), []byte(words)) {
			return true
		}
	}
	return false
}

// swapped changes the places of the bytes of each pair.
func swapped(pairs []byte) []byte {
	out := bytes.Clone(pairs)
	for i := 0; i+1 < len(out); i += 2 {
		out[i], out[i+1] = out[i+1], out[i]
	}
	return out
}
