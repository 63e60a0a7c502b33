package practice

import (
	"bytes"
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf16"
)

// Patch is a patch package to be made: the smallest that a real Windows Installer opens. It changes nothing of the
// product.
type Patch struct {
	Code      string   // patch code, {…}
	Obsoletes []string // patch codes
	Targets   []string // product codes
	Title     string
	Signature string // what lies where a signature does, less than 4,096 bytes; empty: none
}

// patchStorage is the class of a patch's storage, as its bytes lie.
const patchStorage = "\x86\x10\x0C\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"

// Bytes are the file: a compound file of version 3 with a summary information and an empty string pool.
// https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb
func (p Patch) Bytes() []byte {
	summary := summaryInformation(map[uint32]any{
		1: int16(1252), 2: "Patch", 3: p.Title, 4: "marsfix practice",
		7: strings.Join(p.Targets, ";"), 8: ":T1", 9: p.Code + strings.Join(p.Obsoletes, ""), 14: int32(200),
		15: int32(4)})
	streams := []stream{
		{"\x05SummaryInformation", summary},
		{tableName("_StringPool"), []byte{0xE4, 4, 0, 0}}, // code page 1252, no strings
		{tableName("_StringData"), nil},
	}
	if p.Signature != "" {
		streams = append(streams, stream{"\x05DigitalSignature", []byte(p.Signature)})
	}
	return compoundFile(patchStorage, streams)
}

// summaryInformation is a property set of the one kind that Windows Installer reads (MS-OLEPS 2.21).
func summaryInformation(properties map[uint32]any) []byte {
	le := binary.LittleEndian
	var ids []uint32
	for id := range properties {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	var index, values []byte
	for _, id := range ids {
		index = le.AppendUint32(le.AppendUint32(index, id), uint32(8+8*len(ids)+len(values)))
		switch v := properties[id].(type) {
		case int16:
			values = le.AppendUint32(le.AppendUint32(values, 2), uint32(v)) // VT_I2
		case int32:
			values = le.AppendUint32(le.AppendUint32(values, 3), uint32(v)) // VT_I4
		case string:
			values = le.AppendUint32(le.AppendUint32(values, 30), uint32(len(v)+1)) // VT_LPSTR
			values = append(append(values, v...), make([]byte, 4-len(v)%4)...)
		}
	}
	set := le.AppendUint32(nil, uint32(8+len(index)+len(values)))
	set = slices.Concat(le.AppendUint32(set, uint32(len(ids))), index, values)
	head := append([]byte{0xFE, 0xFF, 0, 0, 0x0A, 0, 0, 0}, make([]byte, 16)...)
	head = append(le.AppendUint32(head, 1), "\xE0\x85\x9F\xF2\xF9\x4F\x68\x10\xAB\x91\x08\x00\x2B\x27\xB3\xD9"...)
	return append(le.AppendUint32(head, 48), set...)
}

// tableName is how Windows Installer packs the name of a table: two characters of its alphabet in one.
func tableName(name string) string {
	const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz._"
	packed := []rune{0x4840}
	for len(name) > 1 {
		packed = append(packed, rune(0x3800+strings.IndexByte(alphabet, name[0])+
			strings.IndexByte(alphabet, name[1])<<6))
		name = name[2:]
	}
	if name != "" {
		packed = append(packed, rune(0x4800+strings.IndexByte(alphabet, name[0])))
	}
	return string(packed)
}

// stream is a stream below the root, shorter than 4,096 bytes.
type stream struct {
	name    string
	content []byte
}

const (
	sectorLen = 512
	miniLen   = 64
	entryLen  = 128
	endChain  = 0xFFFFFFFE
	free      = 0xFFFFFFFF
)

// compoundFile lays out: header, the table of sectors, the table of small sectors, the directory, the small sectors.
func compoundFile(class string, streams []stream) []byte {
	var small []byte
	var smallTable []uint32
	starts := make([]uint32, len(streams))
	for i, s := range streams {
		starts[i] = endChain
		if len(s.content) > 0 {
			starts[i] = uint32(len(smallTable))
			smallTable = chain(smallTable, rounded(len(s.content), miniLen)/miniLen)
			small = padded(append(small, s.content...), miniLen)
		}
	}
	small = padded(small, sectorLen)
	entries := rounded((len(streams)+1)*entryLen, sectorLen) / sectorLen
	table := chain(chain([]uint32{0xFFFFFFFD, endChain}, entries), len(small)/sectorLen)
	dir := directory(dirEntry{name: "Root Entry", kind: 5, right: free, class: class, start: uint32(2 + entries),
		size: len(small)}, streams, starts)
	return slices.Concat(header(), sectorOf(table), sectorOf(smallTable), padded(dir, sectorLen), small)
}

// chain appends a run of so many sectors to a table.
func chain(table []uint32, sectors int) []uint32 {
	for range sectors {
		table = append(table, uint32(len(table)+1))
	}
	table[len(table)-1] = endChain
	return table
}

func rounded(n, to int) int { return (n + to - 1) / to * to }

func padded(b []byte, to int) []byte { return append(b, make([]byte, rounded(len(b), to)-len(b))...) }

// sectorOf is a table of up to 128 numbers as its sector.
func sectorOf(table []uint32) []byte {
	var b []byte
	for len(table) < sectorLen/4 {
		table = append(table, free)
	}
	for _, n := range table {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	return b
}

func header() []byte {
	le := binary.LittleEndian
	b := append([]byte("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), make([]byte, 16)...)
	for _, n := range []uint16{0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0} { // versions, byte order, sizes of sectors, reserved
		b = le.AppendUint16(b, n)
	}
	// Sectors of the directory (none counted), of the table, where the directory begins, transaction, where small
	// streams end, the small table, more.
	for _, n := range []uint32{0, 1, 2, 0, 4096, 1, 1, endChain, 0, 0} {
		b = le.AppendUint32(b, n)
	}
	for len(b) < sectorLen {
		b = le.AppendUint32(b, free)
	}
	return b
}

// directory has the streams under the root in a list to the right, in the order that a search wants: shorter names
// first, then by upper case.
func directory(root dirEntry, streams []stream, starts []uint32) []byte {
	order := make([]int, len(streams))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := utf16.Encode([]rune(strings.ToUpper(streams[a].name))),
			utf16.Encode([]rune(strings.ToUpper(streams[b].name)))
		if len(x) != len(y) {
			return len(x) - len(y)
		}
		return slices.Compare(x, y)
	})
	next := make([]uint32, len(streams))
	for i, at := range order {
		next[at] = free
		if i+1 < len(order) {
			next[at] = uint32(order[i+1] + 1)
		}
	}
	root.child = uint32(order[0] + 1)
	b := root.bytes()
	for i, s := range streams {
		b = append(b, dirEntry{name: s.name, kind: 2, right: next[i], child: free, start: starts[i],
			size: len(s.content)}.bytes()...)
	}
	return b
}

// dirEntry is an entry of the directory.
type dirEntry struct {
	name         string
	kind         byte   // 2: a stream; 5: the root
	right, child uint32 // the next entries of the tree; free: none
	class        string // its CLSID, 16 bytes; empty: none
	start        uint32 // its first sector
	size         int    // bytes
}

func (e dirEntry) bytes() []byte {
	le := binary.LittleEndian
	var b []byte
	for _, u := range utf16.Encode([]rune(e.name)) {
		b = le.AppendUint16(b, u)
	}
	length := len(b) + 2
	b = append(b, make([]byte, 64-len(b))...)
	b = append(le.AppendUint16(b, uint16(length)), e.kind, 1) // black
	for _, n := range []uint32{free, e.right, e.child} {
		b = le.AppendUint32(b, n)
	}
	b = append(b, bytes.Repeat([]byte{0}, 16-len(e.class))...)
	b = append(append(b, e.class...), make([]byte, 20)...) // state and times
	return le.AppendUint64(le.AppendUint32(b, e.start), uint64(e.size))
}
