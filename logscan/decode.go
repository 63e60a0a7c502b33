package logscan

import (
	"unicode/utf16"
	"unicode/utf8"
)

// windows1252 is what the bytes 0x80 to 0x9F mean in code page 1252; the five that mean nothing become U+FFFD.
// (https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT)
var windows1252 = [32]rune{
	'€', '\uFFFD', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\uFFFD', 'Ž', '\uFFFD',
	'\uFFFD', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\uFFFD', 'ž', 'Ÿ',
}

// decodeANSI reads bytes as Windows-1252, whatever code page wrote them: most of them are ASCII, and the rest stays
// readable.
func decodeANSI(b []byte) string {
	out := make([]byte, 0, len(b)+16)
	for _, c := range b {
		r := rune(c)
		if c >= 0x80 && c < 0xA0 {
			r = windows1252[c-0x80]
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// decodeWide reads UTF-16; half a character at the end is dropped, a lone surrogate becomes U+FFFD.
func decodeWide(b []byte, big bool) string {
	low, high := 0, 1
	if big {
		low, high = 1, 0
	}
	out := make([]byte, 0, len(b)/2+16)
	for ; len(b) >= 2; b = b[2:] {
		r := rune(b[high])<<8 | rune(b[low])
		if r < utf8.RuneSelf {
			out = append(out, byte(r))
			continue
		}
		if utf16.IsSurrogate(r) {
			pair := utf8.RuneError
			if len(b) >= 4 {
				pair = utf16.DecodeRune(r, rune(b[2+high])<<8|rune(b[2+low]))
			}
			if pair != utf8.RuneError {
				b = b[2:]
			}
			r = pair
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// decode reads a piece of a line.
func decode(b []byte, m mode, ansi bool) string {
	switch {
	case m.wide:
		return decodeWide(b, m.big)
	case ansi:
		return decodeANSI(b)
	}
	return string(b)
}

// characters are the whole characters of a narrow piece that was cut from its line at its start or its end, and how
// many bytes before them belong to one that was cut in two. A piece that is not UTF-8 is ANSI, where every byte is a
// character.
func characters(b []byte, cutStart, cutEnd bool) (text []byte, cut int, ansi bool) {
	text = b
	if cutEnd {
		text = trimCut(text)
	}
	if cutStart {
		for cut < utf8.UTFMax-1 && cut < len(text) && !utf8.RuneStart(text[cut]) {
			cut++
		}
	}
	if !utf8.Valid(text[cut:]) {
		return b, 0, true
	}
	return text[cut:], cut, false
}
