package msi

import (
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"testing"
)

// endless is a storage of half a gigabyte that is nothing but directory, each entry the left neighbour of the one
// before: a reader that believed it would hold millions of entries and recurse as deep. Its sectors are made as they
// are read.
type endless struct{}

const (
	endlessSector = 4096
	endlessTables = 109
	endlessCount  = endlessTables * endlessSector / 4
	endlessSize   = (endlessCount + 1) * endlessSector
)

func (endless) ReadAt(p []byte, off int64) (int, error) {
	for n := range p {
		at := off + int64(n)
		if at >= endlessSize {
			return n, io.EOF
		}
		p[n] = endlessByte(at/endlessSector-1, at%endlessSector)
	}
	return len(p), nil
}

func endlessByte(sector, at int64) byte {
	var word uint32
	switch {
	case sector < 0:
		return endlessHeader()[at]
	case sector < endlessTables:
		word = uint32(sector*endlessSector/4 + at/4 + 1) // each sector is followed by the next
	case at%128 == 66:
		return 1 // a folder
	case at%128/4 == 17: // left neighbour
		word = uint32((sector-endlessTables)*endlessSector/128 + at/128 + 1)
	case at%128/4 == 18, at%128/4 == 19:
		word = 0xFFFFFFFF
	}
	return byte(word >> (8 * (at % 4)))
}

func endlessHeader() []byte {
	head := make([]byte, endlessSector)
	copy(head, magic)
	binary.LittleEndian.PutUint16(head[versionAt:], 4)
	binary.LittleEndian.PutUint16(head[orderAt:], 0xFFFE)
	binary.LittleEndian.PutUint16(head[miniShiftAt:], 6)
	binary.LittleEndian.PutUint32(head[cutoffAt:], miniCutoff)
	binary.LittleEndian.PutUint16(head[shiftAt:], 12)
	binary.LittleEndian.PutUint32(head[44:], endlessTables)
	binary.LittleEndian.PutUint32(head[48:], endlessTables) // the directory begins behind the tables
	binary.LittleEndian.PutUint32(head[chainAt:], 0xFFFFFFFE)
	for i := range endlessTables {
		binary.LittleEndian.PutUint32(head[listAt+4*i:], uint32(i))
	}
	return head
}

func TestStopsAtAnEndlessDirectory(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err := Read(endless{}, endlessSize)
	runtime.ReadMemStats(&after)
	if !errors.Is(err, errTooMuch) {
		t.Fatalf("%v", err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 256<<20 {
		t.Fatalf("it took %d MiB to find out", used>>20)
	}
}
