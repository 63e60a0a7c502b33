package practice

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"unicode/utf16"

	"marsfix/steps/disk"
	"marsfix/steps/pe"
)

// Layout of the programs that the practice computer has: headers, a section of code that returns 0, and one of
// resources with the version. (Microsoft: "PE Format"; "VS_VERSIONINFO structure".)
const (
	sector     = 0x200
	codeAt     = 0x1000 // addresses in memory
	resourceAt = 0x2000
	imageSize  = 0x3000
)

// fileHeader, optionalHeader and sectionHeader are IMAGE_FILE_HEADER, IMAGE_OPTIONAL_HEADER64 and IMAGE_SECTION_HEADER.
// debug/pe has them too, with tables of what debuggers need, which every start of marsfix would fill.
type fileHeader struct {
	Machine, Sections        uint16
	Time, Symbols, SymbolLen uint32
	OptionalSize, Flags      uint16
}

type optionalHeader struct {
	Magic                                              uint16
	Linker                                             [2]uint8
	CodeSize, DataSize, BSSSize, Entry, CodeAt         uint32
	ImageBase                                          uint64
	SectionAlignment, FileAlignment                    uint32
	System, Image, Subsystem                           [2]uint16
	Reserved, ImageSize, HeadersSize, Checksum         uint32
	SubsystemKind, DLLFlags                            uint16
	StackReserve, StackCommit, HeapReserve, HeapCommit uint64
	LoaderFlags, Directories                           uint32
	Export, Import                                     [2]uint32
	Resource                                           struct{ At, Size uint32 }
	Others                                             [13][2]uint32
}

type sectionHeader struct {
	Name                       [8]byte
	Size, At, RawSize, RawAt   uint32
	Relocations, Lines         uint32
	RelocationCount, LineCount uint16
	Flags                      uint32
}

// What the flags of those headers mean.
const (
	amd64       = 0x8664
	executable  = 0x0002
	largeMemory = 0x0020
	windowsGUI  = 2
	isCode      = 0x00000020
	isData      = 0x00000040
	isRun       = 0x20000000
	isRead      = 0x40000000
)

// buildProgram makes a small Windows program that carries a version.
func buildProgram(version [4]uint16) []byte {
	resources := versionResource(version)
	var b bytes.Buffer
	b.WriteString("MZ")
	b.Write(make([]byte, 0x3c-2))
	put(&b, uint32(0x40)) // where the header below begins
	b.WriteString("PE\x00\x00")
	put(&b, fileHeader{Machine: amd64, Sections: 2, OptionalSize: 240, Flags: executable | largeMemory})
	optional := optionalHeader{
		Magic: 0x20b, CodeSize: sector, DataSize: sector, Entry: codeAt, CodeAt: codeAt, ImageBase: 0x140000000,
		SectionAlignment: 0x1000,
		FileAlignment:    sector, System: [2]uint16{6, 0}, Subsystem: [2]uint16{6, 0}, ImageSize: imageSize,
		HeadersSize:   sector,
		SubsystemKind: windowsGUI, StackReserve: 1 << 20, StackCommit: 1 << 12, HeapReserve: 1 << 20,
		HeapCommit: 1 << 12, Directories: 16,
	}
	optional.Resource.At, optional.Resource.Size = resourceAt, uint32(len(resources))
	put(&b, optional)
	put(&b, sectionHeader{Name: [8]byte([]byte(".text\x00\x00\x00")), Size: 3, At: codeAt, RawSize: sector,
		RawAt: sector, Flags: isCode | isRun | isRead})
	put(&b, sectionHeader{Name: [8]byte([]byte(".rsrc\x00\x00\x00")), Size: uint32(len(resources)), At: resourceAt,
		RawSize: sector, RawAt: 2 * sector, Flags: isData | isRead})
	pad(&b, sector)
	b.Write([]byte{0x31, 0xc0, 0xc3}) // xor eax, eax; ret
	pad(&b, 2*sector)
	b.Write(resources)
	pad(&b, 3*sector)
	return b.Bytes()
}

// systemProgram is a file that Windows ships, signed: marsfix tries its check of signatures on it.
func systemProgram() string {
	return string(buildProgram([4]uint16{10, 0, 20348, 1})) + "practice: the signature of Windows\r\n"
}

// put writes a value of fixed size as it stands in the file; into a buffer that cannot fail.
func put(b *bytes.Buffer, v any) {
	if err := binary.Write(b, binary.LittleEndian, v); err != nil {
		panic(fmt.Sprintf("practice: %T has no fixed size: %v", v, err))
	}
}

func pad(b *bytes.Buffer, to int) { b.Write(make([]byte, to-b.Len())) }

// fixedMagic begins VS_FIXEDFILEINFO.
const fixedMagic = 0xFEEF04BD

// versionResource is a resource section that holds one version, in the three levels that Windows wants: kind, name,
// language.
func versionResource(v [4]uint16) []byte {
	const (
		kindVersion, firstName, english = 16, 1, 1033
		deeper                          = 1 << 31 // the entry leads to another level
		level                           = 24      // a level with one entry
	)
	var b bytes.Buffer
	for i, id := range []uint32{kindVersion, firstName, english} {
		next := uint32(i+1) * level
		if i < 2 {
			next |= deeper
		}
		put(&b, struct {
			Characteristics, Time, Version uint32
			Named, Numbered                uint16
			ID, Offset                     uint32
		}{Numbered: 1, ID: id, Offset: next})
	}
	info := versionInfo(v)
	put(&b, [4]uint32{resourceAt + 3*level + 16, uint32(len(info)), 0, 0})
	b.Write(info)
	return b.Bytes()
}

func versionInfo(v [4]uint16) []byte {
	key := utf16.Encode([]rune("VS_VERSION_INFO\x00"))
	high, low := uint32(v[0])<<16|uint32(v[1]), uint32(v[2])<<16|uint32(v[3])
	const fixed = 52
	head := 6 + 2*len(key)
	gap := -head & 3
	var b bytes.Buffer
	put(&b, [3]uint16{uint16(head + gap + fixed), fixed, 0})
	put(&b, key)
	b.Write(make([]byte, gap))
	put(&b, [13]uint32{fixedMagic, 0x10000, high, low, high, low, 0x3f, 0, 0x40004, 1})
	return b.Bytes()
}

// FileVersion reads the version that a program carries, empty where it has none.
func (m *Machine) FileVersion(ctx context.Context, f disk.File) (string, error) {
	info, err := f.Info()
	if err != nil {
		return "", fmt.Errorf("read the version of \"%s\": %w", f.Path(), err)
	}
	program, err := pe.Read(f, info.Size)
	if err != nil {
		return "", fmt.Errorf("read the version of \"%s\": it is not a Windows program: %w", f.Path(), err)
	}
	resources, ok := program.Section(".rsrc")
	if !ok {
		return "", ctx.Err()
	}
	content := make([]byte, min(resources.Size, 1<<20)) // a version stands well before that
	n, err := f.ReadAt(content, resources.Offset)
	if err != nil && n < len(content) {
		return "", fmt.Errorf("read the version of \"%s\": %w", f.Path(), err)
	}
	at := bytes.Index(content, binary.LittleEndian.AppendUint32(nil, fixedMagic))
	if at < 0 || len(content) < at+16 {
		return "", ctx.Err()
	}
	high, low := binary.LittleEndian.Uint32(content[at+8:]), binary.LittleEndian.Uint32(content[at+12:])
	return fmt.Sprintf("%d.%d.%d.%d", high>>16, high&0xffff, low>>16, low&0xffff), ctx.Err()
}
