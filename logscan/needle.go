package logscan

import "encoding/binary"

// needle is one of the texts that a scan looks for, all of them in one pass: ASCII, at least minNeedle characters.
type needle string

// A search looks at one word of 8 bytes in every stride, the needles being so long that one of those words lies wholly in each.
const (
	wordSize     = 8
	narrowStride = 16
	wideStride   = 32
	minNeedle    = narrowStride + wordSize - 1
)

// search is a set of needles, prepared for every encoding.
//
// They are not given to bytes.Index: it leaves its fast path for needles longer than 63 bytes, which some of these are in UTF-16, is
// slow where a needle's first two bytes are common, as a letter and the zero behind it are in UTF-16, and would need a pass for each.
// Nor does bytes.IndexByte for a rare letter help: every letter stands in nearly every line of a log, and each stop at one costs as
// much as searching a kilobyte. Words of needles stand nowhere else.
type search struct {
	needles []needle
	tables  [3]table // narrow, little and big
}

// table knows the words that a needle may show in a place that is looked at.
type table struct {
	stride int
	slots  [slotCount]uint8 // by the word's hash: the first entry, counted from 1; 0 is none
	words  []word
}

// word is a word of a needle.
type word struct {
	bits   uint64
	needle uint8 // index into the needles
	offset uint8 // in the needle, in bytes
	next   uint8 // the next entry of the same slot
}

const (
	slotBits  = 13
	slotCount = 1 << slotBits
)

// slot hashes a word, by Fibonacci hashing.
func slot(bits uint64) uint64 { return bits * 0x9E3779B97F4A7C15 >> (64 - slotBits) }

func newSearch(needles ...needle) *search {
	s := &search{needles: needles}
	for i, m := range []mode{narrow, little, bigEnd} {
		t := &s.tables[i]
		t.stride = narrowStride
		if m.wide {
			t.stride = wideStride
		}
		for k, n := range needles {
			text := m.encode(string(n))
			for offset := range t.stride {
				t.add(binary.LittleEndian.Uint64(text[offset:]), k, offset)
			}
		}
	}
	return s
}

func (t *table) add(bits uint64, needle, offset int) {
	first := &t.slots[slot(bits)]
	t.words = append(t.words, word{bits, uint8(needle), uint8(offset), *first})
	*first = uint8(len(t.words))
}

// table is the one for mode m.
func (s *search) table(m mode) *table {
	switch {
	case m.big:
		return &s.tables[2]
	case m.wide:
		return &s.tables[1]
	}
	return &s.tables[0]
}

// next returns the first place among i, i+stride, … before end at which a needle's word may stand, or end.
func (t *table) next(b []byte, i, end int) int {
	step := t.stride
	end = min(end, len(b)-wordSize+1)
	for ; i+3*step < end; i += 4 * step {
		a := t.slots[slot(binary.LittleEndian.Uint64(b[i:]))] | t.slots[slot(binary.LittleEndian.Uint64(b[i+step:]))]
		c := t.slots[slot(binary.LittleEndian.Uint64(b[i+2*step:]))] | t.slots[slot(binary.LittleEndian.Uint64(b[i+3*step:]))]
		if a|c != 0 {
			break
		}
	}
	for ; i < end; i += step {
		if t.slots[slot(binary.LittleEndian.Uint64(b[i:]))] != 0 {
			return i
		}
	}
	return end
}

// matches tells whether the needle stands at the start of b, read in mode m.
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
