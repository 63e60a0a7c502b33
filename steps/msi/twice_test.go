package msi

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/richardlehane/mscfb"
)

// forged is a package whose directory can be written to.
type forged struct {
	t     *testing.T
	bytes []byte
	s     *storage
}

func forge(t *testing.T) *forged {
	t.Helper()
	b := bytes.Clone(fixture(t, "testdata/agent.msi"))
	s, err := open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return &forged{t, b, s}
}

// entry is the directory's entry of a number, to be written to.
func (f *forged) entry(id int) []byte {
	per := int(f.s.sector / entrySize)
	return f.bytes[int(f.s.offset(f.s.entries[id/per]))+id%per*entrySize:][:entrySize]
}

// number is the entry that has a name.
func (f *forged) number(name string) int {
	f.t.Helper()
	for id := range len(f.s.entries) * int(f.s.sector) / entrySize {
		if k, err := nameKey(f.entry(id)); err == nil && k == key(name) {
			return id
		}
	}
	f.t.Fatalf("no entry %q", name)
	return 0
}

func (f *forged) rename(id int, name string) {
	e := f.entry(id)
	clear(e[:nameMost])
	for i, c := range utf16.Encode([]rune(name)) {
		binary.LittleEndian.PutUint16(e[2*i:], c)
	}
	binary.LittleEndian.PutUint16(e[lengthAt:], uint16(2*len(utf16.Encode([]rune(name)))+2))
}

// open is a stream's entry, but the one given, from which nothing leads to the left.
func (f *forged) open(but int) int {
	f.t.Helper()
	for id := range len(f.s.entries) * int(f.s.sector) / entrySize {
		if e := f.entry(id); id != but && e[typeAt] == isStream && word(e[leftAt:]) == noEntry {
			return id
		}
	}
	f.t.Fatal("every entry leads on")
	return 0
}

// What two readers of a storage could read differently is refused.
func TestRefusesWhatReadersCouldReadDifferently(t *testing.T) {
	put := binary.LittleEndian.PutUint32
	for name, c := range map[string]struct {
		forge func(f *forged, summary, other int)
		want  error
	}{
		"two summaries": {func(f *forged, _, other int) { f.rename(other, summaryStream) }, errTwice},
		"a summary in capitals": {func(f *forged, _,
			other int) {
			f.rename(other, strings.ToUpper(summaryStream))
		}, errTwice},
		"a letter that folds": {func(f *forged, _,
			other int) {
			f.rename(other, "\x05\u017FummaryInformation")
		}, errTwice},
		"a storage of its name": {func(f *forged, _,
			other int) {
			f.rename(other, summaryStream)
			f.entry(other)[typeAt] = isStorage
		}, errTwice},
		"two streams of any name": {func(f *forged, _, other int) { f.rename(other, streamName("Property")) },
			errTwice},
		"an entry of no kind": {func(f *forged, _, other int) { f.entry(other)[typeAt] = 0 }, errTree},
		"an entry in two places": {func(f *forged, summary,
			other int) {
			put(f.entry(other)[leftAt:], uint32(summary))
		}, errTree},
		"an entry below itself": {func(f *forged, _, other int) { put(f.entry(other)[leftAt:], uint32(other)) },
			errTree},
		"the root below an entry": {func(f *forged, _, other int) { put(f.entry(other)[leftAt:], 0) }, errTree},
		"beyond the directory": {func(f *forged, _, other int) { put(f.entry(other)[leftAt:], 1<<20) },
			errTree},
		"beside the root": {func(f *forged, _, other int) { put(f.entry(0)[leftAt:], uint32(other)) },
			errTree},
		"a zero in a name": {func(f *forged, _, other int) { f.rename(other, summaryStream+"\x00x") },
			errTree},
		"no zero behind a name": {func(f *forged, _, other int) { f.entry(other)[lengthAt] -= 2 }, errTree},
		"half a letter":         {func(f *forged, _, other int) { f.entry(other)[lengthAt]-- }, errTree},
		"another cutoff":        {func(f *forged, _, _ int) { put(f.bytes[cutoffAt:], 64) }, ErrNotStorage},
		"another small sector":  {func(f *forged, _, _ int) { f.bytes[miniShiftAt] = 7 }, ErrNotStorage},
		"another version":       {func(f *forged, _, _ int) { f.bytes[versionAt] ^= 7 }, ErrNotStorage},
		"a directory that bites": {func(f *forged, _,
			_ int) {
			f.link(f.s.entries[len(f.s.entries)-1], f.s.entries[0])
		}, errTooMuch},
		"a directory that ends nowhere": {func(f *forged, _, _ int) { f.link(f.s.entries[0], freeSector) }, errChains},
	} {
		f := forge(t)
		summary := f.number(summaryStream)
		c.forge(f, summary, f.open(summary))
		if id, err := read(f.bytes); !errors.Is(err, c.want) || id != (Identity{}) {
			t.Errorf("%s: %+v, %v; want %v", name, id, err, c.want)
		}
	}
}

// link makes a sector follow another.
func (f *forged) link(sector, next uint32) {
	per := uint32(f.s.sector / 4)
	binary.LittleEndian.PutUint32(f.bytes[f.s.offset(f.s.table[sector/per])+int64(4*(sector%per)):], next)
}

// A second property of a number and a second set are refused as well.
func TestRefusesTwoPackageCodes(t *testing.T) {
	f := forge(t)
	b, err := f.s.summary()
	if err != nil {
		t.Fatal(err)
	}
	code, err := summaryText(b, revisionNumber)
	if err != nil || code == "" {
		t.Fatal(code, err)
	}
	two := bytes.Clone(b)
	binary.LittleEndian.PutUint32(two[countAt:], 2)
	if _, err := summaryText(two, revisionNumber); !errors.Is(err, errSummary) {
		t.Errorf("two sets: %v", err)
	}
	again := bytes.Clone(b)
	entries := again[word(again[formatAt+16:])+8:]
	for i := 0; ; i += 8 {
		if word(entries[i:]) != revisionNumber {
			binary.LittleEndian.PutUint32(entries[i:], revisionNumber)
			break
		}
	}
	if _, err := summaryText(again, revisionNumber); !errors.Is(err, errSummary) {
		t.Errorf("two properties of a number: %v", err)
	}
}

// hole is a file of a size, nothing but zeros behind its beginning, that counts what is read of it.
type hole struct {
	begin []byte
	size  int64
	reads int
	bytes int64
}

func (h *hole) ReadAt(p []byte, off int64) (int, error) {
	h.reads++
	h.bytes += int64(len(p))
	n := int(min(int64(len(p)), h.size-off))
	clear(p[:n])
	if off < int64(len(h.begin)) {
		copy(p[:n], h.begin[off:])
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// A file that claims to be large is not read for it, whatever its beginning says.
func TestLargeFilesAreNotRead(t *testing.T) {
	whole := fixture(t, "testdata/agent.msi")
	tables := bytes.Clone(whole)
	binary.LittleEndian.PutUint32(tables[chainAt:], 1)
	binary.LittleEndian.PutUint32(tables[chainLenAt:], 1<<31)
	chains := slices.Concat(whole[:headerSize], make([]byte, 1<<20))
	for name, h := range map[string]*hole{
		"64 GB, a package's beginning": {begin: whole, size: 64 << 30},
		"64 GB of zeros":               {size: 64 << 30},
		"2 GB, a package's beginning":  {begin: whole, size: maxSize},
		"2 GB of zeros":                {size: maxSize},
		"2 GB, a list without end":     {begin: tables, size: maxSize},
		"2 GB, a header before zeros":  {begin: chains, size: maxSize},
	} {
		_, err := Read(h, h.size)
		if h.size > maxSize && (!errors.Is(err, errTooLarge) || h.reads > 0) {
			t.Errorf("%s: %v after %d reads", name, err, h.reads)
		}
		if h.reads > 40_000 || h.bytes > 20<<20 {
			t.Errorf("%s: %v after %d reads of %d bytes", name, err, h.reads, h.bytes)
		}
	}
}

// otherReader is the package code as another reader of storages finds it; false where it finds none.
func otherReader(b []byte) (code string, ok bool) {
	defer func() {
		if recover() != nil {
			code, ok = "", false
		}
	}()
	doc, err := mscfb.New(bytes.NewReader(b))
	if err != nil {
		return "", false
	}
	for f, err := doc.Next(); err == nil; f, err = doc.Next() {
		if f.Initial != 5 || key(f.Name) != key(summaryStream[1:]) || len(f.Path) > 0 || f.Size > summaryMost {
			continue
		}
		summary := make([]byte, f.Size)
		if _, err := io.ReadFull(f, summary); err != nil {
			return "", false
		}
		text, err := summaryText(summary, revisionNumber)
		if err != nil {
			return "", false
		}
		return firstGUID(text)
	}
	return "", false
}

func TestReadsWhatAnotherReaderReads(t *testing.T) {
	for _, path := range []string{"testdata/agent.msi", "testdata/large.msi.gz"} {
		b := fixture(t, path)
		other, ok := otherReader(b)
		if id, err := read(b); err != nil || !ok || id.PackageCode != other {
			t.Errorf("%s: %+v, %v; the other reads %q", path, id, err, other)
		}
	}
}
