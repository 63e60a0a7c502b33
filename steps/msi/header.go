package msi

import (
	"encoding/binary"
	"fmt"
	"io"
)

// maxSize is what is believed at most of a package's or a patch's size, in bytes: what the streams of a compound file
// with the usual sectors can hold (MS-CFB 2.6.3).
const maxSize = 2 << 30

// The header of a compound file: MS-CFB 2.2, https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb.
const (
	headerSize  = 512
	magic       = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
	versionAt   = 26
	orderAt     = 28 // 0xFFFE
	shiftAt     = 30 // sector size, as a power of 2
	miniShiftAt = 32
	directoryAt = 48
	cutoffAt    = 56 // a stream of this size and more has sectors of its own
	miniTableAt = 60
	chainAt     = 68 // first sector of the list of allocation sectors that did not fit in the header
	chainLenAt  = 72 // how many sectors it has
	listAt      = 76 // the first 109 allocation sectors

	lastSector = 0xFFFFFFFA
	endOfChain = 0xFFFFFFFE
	freeSector = 0xFFFFFFFF
	miniSector = 64
	miniCutoff = 4096
)

// readHeader opens the file as a storage: its header, and where its allocation table lies.
func readHeader(r io.ReaderAt, size int64) (*storage, error) {
	if size > maxSize {
		return nil, errTooLarge
	}
	head := make([]byte, headerSize)
	n, err := r.ReadAt(head[:min(headerSize, size)], 0)
	if err != nil && err != io.EOF {
		return nil, err
	}
	if n < len(magic) || string(head[:len(magic)]) != magic {
		return nil, ErrNotStorage
	}
	if n < headerSize {
		return nil, errCutOff
	}
	version, shift := half(head[versionAt:]), half(head[shiftAt:])
	if version != 3 && version != 4 || version == 3 && shift != 9 || version == 4 && shift != 12 {
		return nil, fmt.Errorf("%w: its sectors have a size of 2 to the power of %d in version %d", ErrNotStorage,
			shift, version)
	}
	// Another reader might go by what every writer leaves as it is, and read something else.
	if half(head[orderAt:]) != 0xFFFE || half(head[miniShiftAt:]) != 6 || word(head[cutoffAt:]) != miniCutoff {
		return nil, fmt.Errorf("%w: its header is damaged", ErrNotStorage)
	}
	s := &storage{
		r: r, size: size, version: version, sector: 1 << shift, held: map[uint32][]byte{},
		directory: word(head[directoryAt:]), miniTable: word(head[miniTableAt:]),
	}
	return s, s.listTable(head)
}

// listTable notes the sectors of the allocation table: those in the header, then those in a chain of sectors of their
// own.
func (s *storage) listTable(head []byte) error {
	s.table = numbers(nil, head[listAt:])
	most := int64(len(s.table)) + 2*s.size/s.sector/(s.sector/4) + s.sector // no table needs twice what the file needs
	next := word(head[chainAt:])
	for count := word(head[chainLenAt:]); count > 0 && next <= lastSector; count-- {
		if int64(len(s.table)) > most {
			return errTooMuch // a chain that bites its tail
		}
		buf, err := s.at(next)
		if err != nil {
			return err
		}
		s.table = numbers(s.table, buf[:len(buf)-4])
		next = word(buf[len(buf)-4:])
	}
	return nil
}

func numbers(list []uint32, b []byte) []uint32 {
	for ; len(b) >= 4; b = b[4:] {
		list = append(list, word(b))
	}
	return list
}

// checkLength compares the file's length with the last sector that the file says is in use. A copy that was cut off
// often still has its identity at its start; Windows Installer would find out in the middle of its work.
func (s *storage) checkLength() error {
	last, err := s.lastUsed()
	if err != nil {
		return err
	}
	// The last sector need not be whole: some writers end with its last byte in use.
	if start := (last + 1) * s.sector; start >= s.size {
		return fmt.Errorf("%w: it is %d bytes long and should be more than %d", errCutOff, s.size, start)
	}
	return nil
}

// lastUsed is the number of the last sector in use. Allocation sectors stand in the order of what they allocate, so the
// last one with an entry in use decides.
func (s *storage) lastUsed() (int64, error) {
	per := s.sector / 4
	for i := len(s.table) - 1; i >= 0; i-- {
		if s.table[i] == freeSector {
			continue
		}
		entries, err := s.at(s.table[i])
		if err != nil {
			return 0, err
		}
		for j := per - 1; j >= 0; j-- {
			if word(entries[4*j:]) != freeSector {
				return int64(i)*per + j, nil
			}
		}
	}
	return 0, fmt.Errorf("%w: it allocates nothing", ErrNotStorage)
}

func word(b []byte) uint32 { return binary.LittleEndian.Uint32(b) }

func half(b []byte) uint16 { return binary.LittleEndian.Uint16(b) }
