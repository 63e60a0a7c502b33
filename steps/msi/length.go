package msi

import (
	"encoding/binary"
	"fmt"
	"io"
)

// The parts of a compound file's header that tell its length: MS-CFB 2.2,
// https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb.
const (
	headerSize  = 512
	magic       = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	shiftAt     = 30 // sector size, as a power of 2
	chainAt     = 68 // first sector of the list of allocation sectors that did not fit in the header
	chainLenAt  = 72 // how many sectors it has
	listAt      = 76 // the first 109 allocation sectors
	headEntries = (headerSize - listAt) / 4
	lastSector  = 0xFFFFFFFA
	freeSector  = 0xFFFFFFFF
	miniSector  = 64
)

// checkLength compares the file's length with the last sector that the file says is in use. A copy that was cut off often
// still has its identity at its start; Windows Installer would find out in the middle of its work.
func checkLength(r io.ReaderAt, size int64) error {
	head := make([]byte, headerSize)
	n, err := r.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return err
	}
	if n < len(magic) || string(head[:len(magic)]) != magic {
		return ErrNotStorage
	}
	if n < headerSize {
		return ErrCutOff
	}
	shift := binary.LittleEndian.Uint16(head[shiftAt:])
	if shift != 9 && shift != 12 {
		return fmt.Errorf("%w: its sectors have a size of 2 to the power of %d", ErrNotStorage, shift)
	}
	t := table{r: r, size: size, sector: 1 << shift}
	last, err := t.lastUsed(head)
	if err != nil {
		return err
	}
	// The last sector need not be whole: some writers end with its last byte in use.
	if start := (last + 1) * t.sector; start >= size {
		return fmt.Errorf("%w: it is %d bytes long and should be more than %d", ErrCutOff, size, start)
	}
	return nil
}

// table is the allocation table of a compound file.
type table struct {
	r            io.ReaderAt
	size, sector int64
}

// at reads a whole sector of numbers.
func (t table) at(number uint32) ([]byte, error) {
	off := (int64(number) + 1) * t.sector
	if number > lastSector || off+t.sector > t.size {
		return nil, ErrCutOff
	}
	buf := make([]byte, t.sector)
	if n, err := t.r.ReadAt(buf, off); n < len(buf) {
		if err == io.EOF {
			err = ErrCutOff
		}
		return nil, err
	}
	return buf, nil
}

// lastUsed is the number of the last sector in use. Allocation sectors stand in the order of what they allocate, so the last
// one with an entry in use decides.
func (t table) lastUsed(head []byte) (int64, error) {
	list, err := t.list(head)
	if err != nil {
		return 0, err
	}
	per := t.sector / 4
	for i := len(list) - 1; i >= 0; i-- {
		if list[i] == freeSector {
			continue
		}
		entries, err := t.at(list[i])
		if err != nil {
			return 0, err
		}
		for j := per - 1; j >= 0; j-- {
			if binary.LittleEndian.Uint32(entries[4*j:]) != freeSector {
				return int64(i)*per + j, nil
			}
		}
	}
	return 0, fmt.Errorf("%w: it allocates nothing", ErrNotStorage)
}

// list is the numbers of the allocation sectors: those in the header, then those in a chain of sectors of their own.
func (t table) list(head []byte) ([]uint32, error) {
	list := numbers(nil, head[listAt:])
	next := binary.LittleEndian.Uint32(head[chainAt:])
	for count := binary.LittleEndian.Uint32(head[chainLenAt:]); count > 0 && next <= lastSector; count-- {
		if int64(len(list)) > headEntries+t.size/t.sector { // more allocation than file: a chain that bites its tail
			return nil, errTooMuch
		}
		buf, err := t.at(next)
		if err != nil {
			return nil, err
		}
		list = numbers(list, buf[:len(buf)-4])
		next = binary.LittleEndian.Uint32(buf[len(buf)-4:])
	}
	return list, nil
}

func numbers(list []uint32, b []byte) []uint32 {
	for ; len(b) >= 4; b = b[4:] {
		list = append(list, binary.LittleEndian.Uint32(b))
	}
	return list
}
