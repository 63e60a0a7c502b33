package pe

import (
	"bytes"
	"debug/pe"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// program builds a small real one.
func program(t *testing.T, arch string) []byte {
	t.Helper()
	if _, err := exec.LookPath("go"); err != nil { // never where these tests are run with go test
		t.Skip(err)
	}
	dir := t.TempDir()
	source := filepath.Join(dir, "main.go")
	if err := os.WriteFile(source, []byte("package main\n\nfunc main() {}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	exe := filepath.Join(dir, "main.exe")
	build := exec.Command("go", "build", "-ldflags", "-s -w", "-o", exe, source)
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH="+arch, "CGO_ENABLED=0", "GOFLAGS=")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	b, err := os.ReadFile(exe)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func read(b []byte) (Program, error) { return Read(bytes.NewReader(b), int64(len(b))) }

// The sections of real programs are those that another reader finds.
func TestReadsRealPrograms(t *testing.T) {
	for _, arch := range []string{"386", "amd64", "arm64"} {
		b := program(t, arch)
		p, err := read(b)
		if err != nil {
			t.Fatal(arch, err)
		}
		other, err := pe.NewFile(bytes.NewReader(b))
		if err != nil {
			t.Fatal(arch, err)
		}
		for _, s := range other.Sections {
			if got, ok := p.Section(s.Name); !ok || got.Offset != int64(s.Offset) || got.Size != int64(s.Size) {
				t.Errorf("%s: section %s is %+v, %v; want %d bytes at %d", arch, s.Name, got, ok, s.Size, s.Offset)
			}
		}
		if _, ok := p.Section(".nothing"); ok || len(p.sections) != len(other.Sections) {
			t.Errorf("%s: %d sections, want %d", arch, len(p.sections), len(other.Sections))
		}
	}
}

// counting counts what is read of a file that has a size of any kind, with zeros behind its beginning.
type counting struct {
	begin        []byte
	reads, bytes int
}

func (c *counting) ReadAt(p []byte, off int64) (int, error) {
	c.reads++
	c.bytes += len(p)
	clear(p)
	if off < int64(len(c.begin)) {
		copy(p, c.begin[off:])
	}
	return len(p), nil
}

func TestSaysWhatIsWrongInThreeReads(t *testing.T) {
	whole := program(t, "amd64")
	at := int(binary.LittleEndian.Uint32(whole[headerAt:]))
	change := func(at int, to ...byte) []byte {
		b := bytes.Clone(whole[:4096])
		copy(b[at:], to)
		return b
	}
	for name, c := range map[string]struct {
		begin []byte
		size  int64
		want  error
	}{
		"a program":                   {whole[:4096], int64(len(whole)), nil},
		"a program of 64 GB":          {whole[:4096], 64 << 30, nil},
		"nothing":                     {nil, 0, errNotProgram},
		"one byte":                    {[]byte("M"), 1, errNotProgram},
		"text":                        {bytes.Repeat([]byte("no program "), 100), 1100, errNotProgram},
		"zeros of 64 GB":              {nil, 64 << 30, errNotProgram},
		"MZ":                          {[]byte("MZ"), 2, errCutOff},
		"a program of DOS":            {change(at, 'N', 'E'), int64(len(whole)), errNotProgram},
		"a header beyond the end":     {change(headerAt, 0xFF, 0xFF, 0xFF, 0xFF), int64(len(whole)), errCutOff},
		"cut off in its header":       {whole[:at+10], int64(at + 10), errCutOff},
		"cut off in its sections":     {whole[:at+300], int64(at + 300), errCutOff},
		"a library":                   {change(at+flagsAt, 0x22, 0x20), int64(len(whole)), errLibrary},
		"an object":                   {change(at+flagsAt, 0, 0), int64(len(whole)), errDamaged},
		"65,535 sections":             {change(at+sectionsAt, 0xFF, 0xFF), 64 << 30, errDamaged},
		"an optional header of 64 KB": {change(at+optionalAt, 0xFF, 0xFF), 64 << 30, nil},
		"no optional header":          {change(at+optionalAt, 0, 0), int64(len(whole)), errDamaged},
		"another magic":               {change(at+headerSize, 7, 7), int64(len(whole)), errDamaged},
		"a string table of 700 MB":    {change(at+12, 0, 4, 0, 0, 1), 64 << 30, nil},
	} {
		r := &counting{begin: c.begin}
		if _, err := Read(r, c.size); !errors.Is(err, c.want) || (err == nil) != (c.want == nil) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
		if r.reads > 3 || r.bytes > 128<<10 {
			t.Errorf("%s: %d reads of %d bytes", name, r.reads, r.bytes)
		}
	}
}

func TestKeepsTheErrorOfReading(t *testing.T) {
	if _, err := Read(broken{}, 1<<20); !errors.Is(err, io.ErrClosedPipe) {
		t.Error(err)
	}
}

type broken struct{}

func (broken) ReadAt([]byte, int64) (int, error) { return 0, io.ErrClosedPipe }

// FuzzRead: whatever the bytes, nothing beyond the file is believed to be there.
func FuzzRead(f *testing.F) {
	f.Add([]byte("MZ"))
	f.Add(append(append([]byte("MZ"), make([]byte, 58)...), "\x40\x00\x00\x00PE\x00\x00\x64\x86\x01\x00"...))
	f.Fuzz(func(t *testing.T, b []byte) {
		p, err := read(b)
		if err != nil && len(p.sections) > 0 || err == nil && len(p.sections)*sectionSize > len(b) {
			t.Fatalf("%d sections of %d bytes, %v", len(p.sections), len(b), err)
		}
	})
}
