package logscan

import (
	"encoding/binary"
	"unicode/utf16"
	"unicode/utf8"
)

// windows1252 is what the bytes 0x80 to 0x9F mean in code page 1252; the five that mean nothing become U+FFFD.
// (https://www.unicode.org/Public/MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT)
const windows1252 = "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD" + "\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ"

// ansiTable is windows1252 by byte, from 0x80.
var ansiTable = [32]rune([]rune(windows1252))

// decodeANSI reads bytes as Windows-1252, whatever code page wrote them: most of them are ASCII, and the rest stays readable.
func decodeANSI(b []byte) string {
	out := make([]byte, 0, len(b)+16)
	for _, c := range b {
		r := rune(c)
		if c >= 0x80 && c < 0xA0 {
			r = ansiTable[c-0x80]
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out)
}

// decodeWide reads UTF-16; half a character at the end is dropped, a lone surrogate becomes U+FFFD.
func decodeWide(b []byte, big bool) string {
	var order binary.ByteOrder = binary.LittleEndian
	if big {
		order = binary.BigEndian
	}
	out := make([]byte, 0, len(b)/2+16)
	for ; len(b) >= 2; b = b[2:] {
		r := rune(order.Uint16(b))
		if utf16.IsSurrogate(r) {
			pair := utf8.RuneError
			if len(b) >= 4 {
				pair = utf16.DecodeRune(r, rune(order.Uint16(b[2:])))
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

// decode reads a piece of a line in two parts, so that the place between them is known in the text as well. A narrow piece
// that is not UTF-8 is read as ANSI; characters cut in two where the piece is cut from its line are dropped first.
func decode(before, after []byte, m mode, cutStart, cutEnd bool) (pre, post string, ansi bool) {
	if m.wide {
		return decodeWide(before, m.big), decodeWide(after, m.big), false
	}
	head, tail := before, after
	if cutEnd {
		tail = trimCut(tail)
	}
	if cutStart {
		head = trimStart(head)
	}
	if utf8.Valid(head) && utf8.Valid(tail) {
		return string(head), string(tail), false
	}
	return decodeANSI(before), decodeANSI(after), true
}

// trimStart takes off the end of a UTF-8 character whose beginning is missing.
func trimStart(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && len(b) > 0 && !utf8.RuneStart(b[0]); i++ {
		b = b[1:]
	}
	return b
}
