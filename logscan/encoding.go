package logscan

import (
	"bytes"
	"unicode/utf8"
)

// String is the encoding's name as people write it.
func (e Encoding) String() string {
	return [...]string{"UTF-8", "UTF-16LE", "UTF-16BE", "ANSI"}[e&3]
}

// mode is how the bytes at a place are read: as single bytes, or as pairs that begin at even or at odd offsets of the
// file.
type mode struct {
	wide bool // UTF-16
	big  bool // its high byte comes first
	odd  bool // its pairs begin at odd offsets
}

var (
	narrow = mode{}
	little = mode{wide: true}
	bigEnd = mode{wide: true, big: true}
)

// at returns the mode with its pairs beginning at offset.
func (m mode) at(offset int64) mode {
	m.odd = m.wide && offset&1 == 1
	return m
}

// width is the bytes of one unit.
func (m mode) width() int {
	if m.wide {
		return 2
	}
	return 1
}

// starts reports whether a unit begins at offset.
func (m mode) starts(offset int64) bool { return !m.wide || m.odd == (offset&1 == 1) }

// low is the index in a unit of the byte that is not zero in plain text.
func (m mode) low() int {
	if m.big {
		return 1
	}
	return 0
}

// encode writes ASCII text in the mode.
func (m mode) encode(text string) []byte {
	if !m.wide {
		return []byte(text)
	}
	b := make([]byte, 2*len(text))
	for i := range len(text) {
		b[2*i+m.low()] = text[i]
	}
	return b
}

var (
	bomLittle = []byte{0xFF, 0xFE}
	bomBig    = []byte{0xFE, 0xFF}
	bomNarrow = []byte{0xEF, 0xBB, 0xBF}
)

// headSize is how much of a log's start is looked at to know its encoding.
const headSize = 64 << 10

// detect tells how to read a log whose first bytes are head: by its byte order mark, otherwise by the places of the
// zeros in its first characters. It looks at more only if those leave it open, since a part in another encoding may
// follow soon.
func detect(head []byte) mode {
	switch {
	case bytes.HasPrefix(head, bomLittle):
		return little
	case bytes.HasPrefix(head, bomBig):
		return bigEnd
	case bytes.HasPrefix(head, bomNarrow):
		return narrow
	}
	text := len(head) - len(bytes.TrimLeft(head, "\x00"))
	head = head[text&^1:]
	first := head[:min(len(head), 64)]
	if m, sure := weigh(first, 0); sure && (m.wide || mostlyPlain(first)) {
		return m
	}
	m, _ := weigh(head[:min(len(head), 4<<10)], 0)
	return m
}

// weigh guesses the mode of a sample at offset from its zeros: in UTF-16 nearly every ASCII character is a byte and a
// zero. sure is false where there is too little of either to tell.
func weigh(sample []byte, offset int64) (m mode, sure bool) {
	var zero [2]int // pairs at even offsets with a zero in just this half
	pairs := 0
	for i := int(offset & 1); i+1 < len(sample); i += 2 {
		lo, hi := sample[i] == 0, sample[i+1] == 0
		if lo && hi {
			continue
		}
		pairs++
		if lo {
			zero[0]++
		}
		if hi {
			zero[1]++
		}
	}
	switch {
	case zero[1]*2 > pairs && zero[1] > 4*zero[0]:
		return little, true
	case zero[0]*2 > pairs && zero[0] > 4*zero[1]:
		return bigEnd, true
	}
	return narrow, pairs > 8 && zero[0]+zero[1] == 0
}

// mostlyPlain reports whether nine of ten bytes are plain ASCII text.
func mostlyPlain(b []byte) bool {
	n := 0
	for _, c := range b {
		if plain(c) {
			n++
		}
	}
	return n*10 >= len(b)*9
}

// encodingOf names the encoding of a log that starts with head and is read in mode m.
func encodingOf(head []byte, m mode) Encoding {
	switch {
	case m.wide && m.big:
		return UTF16BE
	case m.wide:
		return UTF16LE
	case !utf8.Valid(trimCut(head)):
		return ANSI
	}
	return UTF8
}

// trimCut takes off the beginning of a UTF-8 character whose rest is missing.
func trimCut(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if c >= utf8.RuneSelf && !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			return b
		}
	}
	return b
}
