package msi

import (
	"errors"
	"fmt"
	"io"
)

// storage is an opened compound file. What Windows could read otherwise than this reader, or in another order, is
// refused: a package must not show one package code here and another one there.
type storage struct {
	r         io.ReaderAt
	size      int64
	version   uint16
	sector    int64
	table     []uint32 // the sectors of the allocation table
	directory uint32   // first sector of the directory
	entries   []uint32 // the sectors of the directory
	miniTable uint32   // first sector of the allocation table of small streams
	held      map[uint32][]byte
	class     string            // what it is the storage of, {…}
	streams   map[string]stream // those that do not lie in a storage of their own, by their names' keys
	small     *smallStreams     // once one was read
}

// smallStreams is where streams lie that are too small for sectors of their own.
type smallStreams struct {
	sectors []uint32 // of the stream that they are pieces of
	table   []uint32 // sectors of their allocation table
}

// stream is where a stream begins, and its length in bytes.
type stream struct {
	start uint32
	size  int64
}

// Classes of the storages of Windows Installer that are no packages: a patch and a transform.
const (
	patchClass     = "{000C1086-0000-0000-C000-000000000046}"
	transformClass = "{000C1082-0000-0000-C000-000000000046}"
)

// Bounds of what is read of a storage beside its streams. Windows Installer's own databases stay far below.
const (
	maxEntries = 1 << 17 // of the directory
	maxSmall   = 64 << 20
	maxHeld    = 16 << 20 // bytes of sectors that are kept to be read once
)

var (
	errTooMuch = errors.New("the storage is larger than any package's")
	errChains  = errors.New("the storage cannot be followed: its sectors do not lead where they should")
	errTree    = errors.New("the storage cannot be followed: its directory is damaged")
)

// signed reports whether the storage has the stream in which signatures lie. Without it there is none to be checked.
// https://learn.microsoft.com/windows/win32/msi/digital-signatures-and-windows-installer
func (s *storage) signed() bool { return s.streams[key(signatureStream)].size > 0 }

// at reads a whole sector. What is read is not to be changed.
func (s *storage) at(number uint32) ([]byte, error) {
	if b, ok := s.held[number]; ok {
		return b, nil
	}
	if number > lastSector {
		return nil, errCutOff
	}
	b := make([]byte, s.sector)
	if err := s.readFull(b, s.offset(number)); err != nil {
		return nil, err
	}
	if int64(len(s.held)+1)*s.sector > maxHeld {
		clear(s.held)
	}
	s.held[number] = b
	return b, nil
}

func (s *storage) offset(number uint32) int64 { return (int64(number) + 1) * s.sector }

// readFull fills b from an offset of the file. Beyond its end the file is cut off, also where it became shorter just
// now.
func (s *storage) readFull(b []byte, off int64) error {
	if off+int64(len(b)) > s.size {
		return errCutOff
	}
	n, err := s.r.ReadAt(b, off)
	switch {
	case n == len(b):
		return nil
	case err == io.EOF || err == nil:
		return errCutOff
	}
	return err
}

// entry is the number that an allocation table, whose sectors are given, has for a sector.
func (s *storage) entry(table []uint32, number uint32) (uint32, error) {
	per := uint32(s.sector / 4)
	if i := number / per; int64(i) < int64(len(table)) && table[i] <= lastSector {
		b, err := s.at(table[i])
		if err != nil {
			return 0, err
		}
		return word(b[4*(number%per):]), nil
	}
	return 0, errChains
}

// chain is the sectors that follow each other from start to the chain's end, which are no more than most.
func (s *storage) chain(start uint32, most int64) (list []uint32, err error) {
	for n := start; n != endOfChain; {
		switch {
		case n > lastSector:
			return nil, errChains
		case int64(len(list)) >= most:
			return nil, errTooMuch
		}
		list = append(list, n)
		if n, err = s.entry(s.table, n); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// read returns a stream of at most most bytes. Memory grows with what the file really holds, not with what it claims.
func (s *storage) read(f stream, most int64) ([]byte, error) {
	switch {
	case f.size > most:
		return nil, fmt.Errorf("a stream of the package claims %d bytes, more than any package has there", f.size)
	case f.size > s.size:
		return nil, errCutOff
	case f.size == 0:
		return nil, nil
	case f.size < miniCutoff:
		return s.readSmall(f)
	}
	list, err := s.first(s.table, f.start, (f.size+s.sector-1)/s.sector)
	if err != nil {
		return nil, err
	}
	return s.join(list, f.size, s.sector, func(n uint32) (int64, error) { return s.offset(n), nil })
}

// first is the first count numbers of a chain that has as many.
func (s *storage) first(table []uint32, start uint32, count int64) ([]uint32, error) {
	var list []uint32
	for n := start; ; {
		if n > lastSector {
			return nil, errChains
		}
		if list = append(list, n); int64(len(list)) == count {
			return list, nil
		}
		var err error
		if n, err = s.entry(table, n); err != nil {
			return nil, err
		}
	}
}

// join reads pieces one behind the other; those that lie so in the file at once.
func (s *storage) join(list []uint32, size, piece int64, offset func(uint32) (int64, error)) ([]byte, error) {
	all := make([]byte, size)
	for done := int64(0); done < size; {
		off, err := offset(list[0])
		if err != nil {
			return nil, err
		}
		n := piece
		for list = list[1:]; len(list) > 0; list = list[1:] {
			next, err := offset(list[0])
			if err != nil {
				return nil, err
			}
			if next != off+n {
				break
			}
			n += piece
		}
		n = min(n, size-done)
		if err := s.readFull(all[done:done+n], off); err != nil {
			return nil, err
		}
		done += n
	}
	return all, nil
}

// readSmall reads a stream that is a piece of the one of small streams.
func (s *storage) readSmall(f stream) ([]byte, error) {
	if s.small == nil {
		root, err := s.directoryEntry(0)
		if err != nil {
			return nil, err
		}
		sectors, err := s.chain(root.start, maxSmall/s.sector)
		if err != nil {
			return nil, err
		}
		table, err := s.chain(s.miniTable, maxSmall/miniSector*4/s.sector)
		if err != nil {
			return nil, err
		}
		s.small = &smallStreams{sectors: sectors, table: table}
	}
	list, err := s.first(s.small.table, f.start, (f.size+miniSector-1)/miniSector)
	if err != nil {
		return nil, err
	}
	return s.join(list, f.size, miniSector, func(n uint32) (int64, error) {
		at := int64(n) * miniSector
		if at/s.sector >= int64(len(s.small.sectors)) {
			return 0, errChains
		}
		return s.offset(s.small.sectors[at/s.sector]) + at%s.sector, nil
	})
}
