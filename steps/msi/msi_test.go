package msi

import (
	"bytes"
	"compress/gzip"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
)

// recipe is what a .wxs says of the package that wixl makes of it.
type recipe struct {
	Product struct {
		ID      string `xml:"Id,attr"`
		Name    string `xml:"Name,attr"`
		Version string `xml:"Version,attr"`
		Package struct {
			ID string `xml:"Id,attr"`
		}
	}
}

// wantedOf reads the recipe that lies beside a package.
func wantedOf(t testing.TB, path string) Identity {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var r recipe
	if err := xml.Unmarshal(b, &r); err != nil {
		t.Fatal(err)
	}
	p := r.Product
	return Identity{PackageCode: strings.ToUpper(p.Package.ID), ProductCode: p.ID, Version: p.Version, name: p.Name}
}

// fixture is a package that wixl made; a large one lies here compressed.
func fixture(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasSuffix(path, ".gz") {
		return b
	}
	z, err := gzip.NewReader(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if b, err = io.ReadAll(z); err != nil {
		t.Fatal(err)
	}
	return b
}

func read(b []byte) (Identity, error) { return Read(bytes.NewReader(b), int64(len(b))) }

func TestReadsWhatTheRecipeSays(t *testing.T) {
	for path, source := range map[string]string{
		"testdata/agent.msi":    "testdata/agent.wxs",
		"testdata/large.msi.gz": "testdata/large.wxs",
	} {
		got, err := read(fixture(t, path))
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		if want := wantedOf(t, source); got != want {
			t.Errorf("%s is %+v, want %+v", path, got, want)
		}
	}
}

// A copy that lacks a sector is found out wherever it was cut.
func TestFindsOutEveryCut(t *testing.T) {
	whole := fixture(t, "testdata/agent.msi")
	want, err := read(whole)
	if err != nil {
		t.Fatal(err)
	}
	for n := range whole {
		got, err := read(whole[:n])
		switch {
		case err == nil && got != want:
			t.Fatalf("cut to %d bytes it reads as %+v", n, got)
		case err == nil && n <= len(whole)-512:
			t.Fatalf("cut to %d of %d bytes it passes", n, len(whole))
		case n >= 8 && err != nil && !errors.Is(err, errCutOff):
			t.Fatalf("cut to %d bytes: %v", n, err)
		}
	}
	large := fixture(t, "testdata/large.msi.gz")
	for n := 512; n < len(large)-512; n += 77_777 {
		if _, err := read(large[:n]); !errors.Is(err, errCutOff) {
			t.Fatalf("the large one cut to %d bytes: %v", n, err)
		}
	}
}

func TestSaysWhatIsWrong(t *testing.T) {
	whole := fixture(t, "testdata/agent.msi")
	change := func(from, to string) []byte {
		t.Helper()
		if bytes.Count(whole, []byte(from)) != 1 {
			t.Fatalf("%q stands in the fixture %d times", from, bytes.Count(whole, []byte(from)))
		}
		return bytes.Replace(bytes.Clone(whole), []byte(from), []byte(to), 1)
	}
	code := strings.ToLower(wantedOf(t, "testdata/agent.wxs").PackageCode) // as its recipe has it
	summary := "\x05\x00S\x00u\x00m\x00m\x00a\x00r\x00y"
	for name, c := range map[string]struct {
		bytes []byte
		want  error
	}{
		"empty":      {nil, ErrNotStorage},
		"text":       {[]byte(strings.Repeat("MZ is what a program begins with. ", 100)), ErrNotStorage},
		"no summary": {change(summary, "\x05\x00T\x00u\x00m\x00m\x00a\x00r\x00y"), errNoSummary},
		"no code":    {change(code, strings.Repeat(" ", len(code))), errNoCode},
		"half code":  {change(code, code[:20]+"\x00"+code[21:]), errNoCode},
		"format":     {change(summaryFormat, strings.Repeat("\x00", 16)), errSummary},
		"a patch": {change("\x84\x10\x0C\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46",
			"\x86\x10\x0C\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46"), ErrNotPackage},
	} {
		if _, err := read(c.bytes); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}
