// Package pe reads what a Windows program says of itself, from its headers alone, in three short reads. It must never
// believe a size that a file claims: such a parser can be made to take any amount of memory.
//
// An error says what is wrong with the file in lower case; the caller adds its path.
package pe

import (
	"encoding/binary"
	"errors"
	"io"
	"strings"
)

// What can be wrong with a file.
var (
	errNotProgram = errors.New("it does not begin as programs do")
	errCutOff     = errors.New("it is cut off")
	errLibrary    = errors.New("it is a library (DLL)")
	errDamaged    = errors.New("its header is damaged")
)

// The layout of the headers: https://learn.microsoft.com/windows/win32/debug/pe-format.
const (
	dosSize      = 64
	headerAt     = 0x3C // where the offset of the header stands
	headerSize   = 24   // the signature and the file header
	sectionsAt   = 6
	optionalAt   = 20 // the size of the optional header
	flagsAt      = 22
	isExecutable = 0x0002
	isLibrary    = 0x2000
	magic32      = 0x10B
	magic64      = 0x20B
	maxSections  = 96 // Windows starts no program with more
	sectionSize  = 40
	nameSize     = 8
	rawSizeAt    = 16
	rawAt        = 20
)

// Program is what a program's headers say.
type Program struct{ sections []Section }

// Section is a part of a program's file.
type Section struct {
	name         string
	Offset, Size int64 // in the file
}

// Read reads the headers of the program in r, which is size bytes long. A library is errLibrary.
func Read(r io.ReaderAt, size int64) (Program, error) {
	dos, err := piece(r, size, 0, dosSize)
	switch {
	case len(dos) >= 2 && string(dos[:2]) != "MZ", len(dos) < 2 && errors.Is(err, errCutOff):
		return Program{}, errNotProgram
	case err != nil:
		return Program{}, err
	}
	at := int64(binary.LittleEndian.Uint32(dos[headerAt:]))
	head, err := piece(r, size, at, headerSize)
	if err != nil {
		return Program{}, err
	}
	if string(head[:4]) != "PE\x00\x00" {
		return Program{}, errNotProgram
	}
	half := func(at int) int64 { return int64(binary.LittleEndian.Uint16(head[at:])) }
	count, optional, flags := half(sectionsAt), half(optionalAt), half(flagsAt)
	switch {
	case flags&isLibrary != 0:
		return Program{}, errLibrary
	case flags&isExecutable == 0 || optional < 2 || count < 1 || count > maxSections:
		return Program{}, errDamaged
	}
	rest, err := piece(r, size, at+headerSize, optional+count*sectionSize) // 64 KiB and 4 KiB at most
	if err != nil {
		return Program{}, err
	}
	if magic := binary.LittleEndian.Uint16(rest); magic != magic32 && magic != magic64 {
		return Program{}, errDamaged
	}
	return Program{sections: sections(rest[optional:])}, nil
}

// piece reads n bytes at an offset. What is there of them comes with errCutOff.
func piece(r io.ReaderAt, size, at, n int64) ([]byte, error) {
	b := make([]byte, max(0, min(n, size-at)))
	k, err := r.ReadAt(b, at)
	switch {
	case k == int(n):
		return b, nil
	case err == nil || err == io.EOF:
		err = errCutOff
	}
	return b[:k], err
}

func sections(table []byte) (list []Section) {
	for ; len(table) >= sectionSize; table = table[sectionSize:] {
		name, _, _ := strings.Cut(string(table[:nameSize]), "\x00")
		list = append(list, Section{
			name:   name,
			Offset: int64(binary.LittleEndian.Uint32(table[rawAt:])),
			Size:   int64(binary.LittleEndian.Uint32(table[rawSizeAt:])),
		})
	}
	return list
}

// Section is the first one of a name; false where there is none.
func (p Program) Section(name string) (Section, bool) {
	for _, s := range p.sections {
		if s.name == name {
			return s, true
		}
	}
	return Section{}, false
}
