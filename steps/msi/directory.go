package msi

import (
	"errors"
	"fmt"
	"unicode"
	"unicode/utf16"
)

// An entry of the directory: MS-CFB 2.6.1.
const (
	entrySize  = 128
	nameMost   = 64 // bytes, with the zero behind it
	lengthAt   = 64
	typeAt     = 66
	leftAt     = 68
	rightAt    = 72
	childAt    = 76
	classAt    = 80
	startAt    = 116
	streamAt   = 120
	noEntry    = 0xFFFFFFFF
	isStorage  = 1
	isStream   = 2
	isRoot     = 5
	classBytes = 16
)

var errTwice = errors.New("the storage has two streams of one name, and nobody can tell which one Windows Installer reads")

// entry is what the directory says of a stream or storage.
type entry struct {
	key                string
	kind               byte
	left, right, child uint32
	class              string
	stream
}

// readDirectory notes the streams that do not lie in a storage of their own: an embedded transform or patch has streams
// of the same names.
func (s *storage) readDirectory() error {
	sectors, err := s.chain(s.directory, maxEntries*entrySize/s.sector)
	if err != nil {
		return err
	}
	s.entries = sectors
	root, err := s.directoryEntry(0)
	if err != nil {
		return err
	}
	if root.kind != isRoot || root.left != noEntry || root.right != noEntry {
		return errTree
	}
	s.class = root.class
	s.streams = map[string]stream{}
	names := map[string]bool{}
	seen := map[uint32]bool{0: true}
	for open := []uint32{root.child}; len(open) > 0; {
		id := open[len(open)-1]
		open = open[:len(open)-1]
		if id == noEntry {
			continue
		}
		if seen[id] {
			return errTree // an entry that stands in two places: which one counts is the reader's choice
		}
		seen[id] = true
		e, err := s.directoryEntry(id)
		switch {
		case err != nil:
			return err
		case e.kind != isStorage && e.kind != isStream:
			return errTree
		case names[e.key]:
			return errTwice
		}
		names[e.key] = true
		if e.kind == isStream {
			s.streams[e.key] = e.stream
		}
		open = append(open, e.left, e.right)
	}
	return nil
}

// directoryEntry reads an entry by its number.
func (s *storage) directoryEntry(id uint32) (e entry, err error) {
	per := uint32(s.sector / entrySize)
	if int64(id/per) >= int64(len(s.entries)) {
		return entry{}, errTree
	}
	b, err := s.at(s.entries[id/per])
	if err != nil {
		return entry{}, err
	}
	b = b[id%per*entrySize:][:entrySize]
	e = entry{kind: b[typeAt], left: word(b[leftAt:]), right: word(b[rightAt:]), child: word(b[childAt:]),
		class: classOf(b[classAt:])}
	e.start, e.size = word(b[startAt:]), int64(word(b[streamAt:]))
	if s.version > 3 { // before, the upper half may hold anything
		e.size |= int64(word(b[streamAt+4:])) << 32
	}
	if e.size < 0 {
		return entry{}, errTree
	}
	e.key, err = nameKey(b)
	return e, err
}

// nameKey is an entry's name as names are compared.
func nameKey(b []byte) (string, error) {
	length := int(half(b[lengthAt:]))
	if length%2 != 0 || length < 4 || length > nameMost {
		return "", errTree
	}
	var name []uint16
	for i := 0; i < length; i += 2 {
		name = append(name, half(b[i:]))
	}
	for i, c := range name {
		if c == 0 != (i == len(name)-1) { // a reader that ends names at a zero would read another one
			return "", errTree
		}
	}
	return key(string(utf16.Decode(name[:len(name)-1]))), nil
}

// key is a name as names are compared: without case. Letters that are one letter to anybody are one here, which is more
// than what Windows takes for one.
func key(name string) string {
	runes := []rune(name)
	for i, r := range runes {
		r = unicode.ToUpper(r)
		runes[i] = r
		for f := unicode.SimpleFold(r); f != r; f = unicode.SimpleFold(f) {
			runes[i] = min(runes[i], f)
		}
	}
	return string(runes)
}

// classOf writes a class as GUIDs are written.
func classOf(b []byte) string {
	return fmt.Sprintf("{%08X-%04X-%04X-%X-%X}", word(b), half(b[4:]), half(b[6:]), b[8:10], b[10:classBytes])
}
