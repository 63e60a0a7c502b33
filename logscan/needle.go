package logscan

import (
	"encoding/binary"
	"math/bits"
)

// needle is one of the texts that a scan looks for, all of them in one pass: ASCII, at least minNeedle characters.
type needle string

// A search looks at one word of 8 characters in every 16, the needles being so long that one of those words lies wholly
// in each. Of a longer needle the last such words count: other lines begin like it, with "Warning: " say, and seldom go
// on so. In pairs, 8 bytes would be but 4 characters, which stand in every other line.
const (
	wordSize     = 8
	narrowStride = 16 // bytes
	wideStride   = 32
	minNeedle    = narrowStride + wordSize
)

// search is a set of needles, prepared for every encoding.
//
// They are not given to bytes.Index: it leaves its fast path for needles longer than 63 bytes, which some of these are
// in UTF-16, is slow where a needle's first two bytes are common, as a letter and the zero behind it are in UTF-16, and
// would need a pass for each. Nor does bytes.IndexByte for a rare letter help: every letter stands in nearly every line
// of a log, and each stop at one costs as much as searching a kilobyte. Words of needles stand nowhere else.
type search struct {
	needles []needle
	tables  [3]lazy[*table] // narrow, little and big: most logs want but one
}

// table knows the words that a needle may show in a place that is looked at.
type table struct {
	stride int
	wide   bool
	reach  int              // how far behind a needle's beginning the last of its words may lie, in bytes
	slots  [slotCount]uint8 // by the word's hash: the first entry, counted from 1; 0 is none
	words  []word
}

// word is a word of a needle.
type word struct {
	bits   uint64
	beside uint64 // the word behind it, or before it
	before bool
	needle uint8 // index into the needles, or foreignNeedle
	offset uint8 // in the needle, in bytes
	next   uint8 // the next entry of the same slot
}

// foreignNeedle stands for a session's header in little-endian pairs, where the log is read as single bytes: it is no
// needle, but the log may be read in another mode from there on.
const foreignNeedle = 255

const (
	slotBits  = 15
	slotCount = 1 << slotBits
)

// slot hashes a word, by Fibonacci hashing.
func slot(word uint64) uint64 { return word * 0x9E3779B97F4A7C15 >> (64 - slotBits) }

func newSearch(needles ...needle) *search {
	s := &search{needles: needles}
	for i, m := range []mode{narrow, little, bigEnd} {
		s.tables[i].make = func() *table { return newTable(m, needles) }
	}
	return s
}

func newTable(m mode, needles []needle) *table {
	t := &table{stride: narrowStride, wide: m.wide}
	if m.wide {
		t.stride = wideStride
	}
	t.words = make([]word, 0, t.stride*(len(needles)+1))
	for k, n := range needles {
		t.add(m.encode(string(n)), uint8(k))
	}
	if !m.wide {
		t.add(headerLittle, foreignNeedle)
	}
	return t
}

// add takes the words of a needle as its encoding writes it.
func (t *table) add(text []byte, needle uint8) {
	first := len(text) - t.size() - t.stride + 1 // in pairs this is odd, and so is every second of the words
	t.reach = max(t.reach, first+t.stride)
	for offset := first; offset < first+t.stride; offset++ {
		w := word{bits: t.word(text[offset:]), needle: needle, offset: uint8(offset), before: offset >= t.size()}
		if w.before {
			w.beside = t.word(text[offset-t.size():])
		} else {
			w.beside = t.word(text[offset+t.size():])
		}
		known := &t.slots[slot(w.bits)]
		w.next = *known
		t.words = append(t.words, w)
		*known = uint8(len(t.words))
	}
}

// table is the one for mode m.
func (s *search) table(m mode) *table {
	switch {
	case m.big:
		return s.tables[2].get()
	case m.wide:
		return s.tables[1].get()
	}
	return s.tables[0].get()
}

// word is the word at the start of b.
func (t *table) word(b []byte) uint64 {
	if t.wide {
		return pairs(eight(b), eight(b[wordSize:]))
	}
	return eight(b)
}

// size is the bytes of a word.
func (t *table) size() int {
	if t.wide {
		return 2 * wordSize
	}
	return wordSize
}

// eight is the first eight bytes of b.
func eight(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }

// pairs makes a word of sixteen bytes: the characters of the second half take the places of the zeros of the first.
func pairs(a, b uint64) uint64 { return a ^ bits.RotateLeft64(b, 8) }

// stepSize is how much skip looks at in one step; every stride divides it.
const stepSize = 64

// skip goes through b[from:to], a multiple of stepSize, up to the first step in which a needle may stand: at is where
// that begins, or to. The bytes gone through, those of that step among them, are joined, eight at a time. It is all
// that is done with most of a log.
func (t *table) skip(b []byte, from, to int, joined uint64) (at int, _ uint64) {
	if t.wide {
		return t.skipPairs(b, from, to, joined)
	}
	le := binary.LittleEndian
	for at = from; at < to; at += stepSize {
		s := b[at : at+stepSize : at+stepSize]
		w0, w2, w4, w6 := le.Uint64(s[0:]), le.Uint64(s[16:]), le.Uint64(s[32:]), le.Uint64(s[48:])
		joined |= w0 | le.Uint64(s[8:]) | w2 | le.Uint64(s[24:]) | w4 | le.Uint64(s[40:]) | w6 | le.Uint64(s[56:])
		if t.slots[slot(w0)]|t.slots[slot(w2)]|t.slots[slot(w4)]|t.slots[slot(w6)] != 0 {
			if t.stands(b, at) {
				return at, joined
			}
		}
	}
	return to, joined
}

// skipPairs is skip in pairs: to ask in the loop which of the two it is would cost a quarter more.
func (t *table) skipPairs(b []byte, from, to int, joined uint64) (at int, _ uint64) {
	le := binary.LittleEndian
	for at = from; at < to; at += stepSize {
		s := b[at : at+stepSize : at+stepSize]
		w0, w1, w4, w5 := le.Uint64(s[0:]), le.Uint64(s[8:]), le.Uint64(s[32:]), le.Uint64(s[40:])
		joined |= w0 | w1 | le.Uint64(s[16:]) | le.Uint64(s[24:]) | w4 | w5 | le.Uint64(s[48:]) | le.Uint64(s[56:])
		if t.slots[slot(pairs(w0, w1))]|t.slots[slot(pairs(w4, w5))] != 0 {
			if t.stands(b, at) {
				return at, joined
			}
		}
	}
	return to, joined
}

// stands reports whether a word of a needle and the one beside it stand in the step at b[at:]. Other words have the
// same hash, and a needle's word may stand in every line: "g: Local" does where all begin "Warning: Local policy".
func (t *table) stands(b []byte, at int) bool {
	size := t.size()
	for i := at; i < at+stepSize; i += t.stride {
		bits := t.word(b[i:])
		for k := t.slots[slot(bits)]; k > 0; k = t.words[k-1].next {
			w := &t.words[k-1]
			beside := i + size
			if w.before {
				beside = i - size
			}
			if w.bits == bits && beside >= 0 && beside+size <= len(b) && t.word(b[beside:]) == w.beside {
				return true
			}
		}
	}
	return false
}

// matches reports whether the needle stands at the start of b, read in mode m.
func (n needle) matches(b []byte, m mode) bool {
	if !m.wide {
		return len(b) >= len(n) && string(b[:len(n)]) == string(n)
	}
	if len(b) < 2*len(n) {
		return false
	}
	low := m.low()
	for i := range len(n) {
		if b[2*i+low] != n[i] || b[2*i+1-low] != 0 {
			return false
		}
	}
	return true
}
