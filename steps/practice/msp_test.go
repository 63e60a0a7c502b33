package practice_test

import (
	"bytes"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/msi"
	"marsfix/steps/practice"
)

const (
	codeOne     = "{0A1B2C3D-1111-4222-8333-444455556666}"
	codeTwo     = "{0A1B2C3D-7777-4888-9999-AAAABBBBCCCC}"
	productCode = "{FFE6D16C-3F87-4192-AF94-DDBEFF165106}"
)

// A made patch reads as it was made, and no reader takes one kind of file for the other.
func TestPatchesAreReadAsTheyAreMade(t *testing.T) {
	for _, p := range []practice.Patch{
		{Code: codeOne, Targets: []string{productCode}},
		{Code: codeOne, Targets: []string{productCode}, Signature: "signature"},
		{Code: codeOne, Obsoletes: []string{codeTwo}, Targets: []string{productCode, codeTwo}, Title: "Update"},
	} {
		b := p.Bytes()
		got, err := msi.ReadPatch(bytes.NewReader(b), int64(len(b)))
		if err != nil || got.Code != p.Code || !slices.Equal(got.Obsoletes, p.Obsoletes) ||
			!slices.Equal(got.Targets, p.Targets) || got.Signed != (p.Signature != "") {
			t.Errorf("%+v reads as %+v, %v", p, got, err)
		}
		if _, err := msi.Read(bytes.NewReader(b), int64(len(b))); !errors.Is(err, msi.ErrNotPackage) {
			t.Errorf("read as a package: %v", err)
		}
		for n := range b[:len(b)-512] {
			if got, err := msi.ReadPatch(bytes.NewReader(b[:n]), int64(n)); err == nil {
				t.Fatalf("cut to %d of %d bytes it reads as %+v", n, len(b), got)
			}
		}
	}
	b := practice.Patch{Code: "{not a code}"}.Bytes()
	if _, err := msi.ReadPatch(bytes.NewReader(b), int64(len(b))); !errors.Is(err, msi.ErrNoPatchCode) {
		t.Errorf("without a code: %v", err)
	}
	agent, err := os.ReadFile("packages/obsagent.msi")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := msi.ReadPatch(bytes.NewReader(agent), int64(len(agent))); !errors.Is(err, msi.ErrNotPatch) {
		t.Errorf("a package read as a patch: %v", err)
	}
}

// A patch whose Template cannot be read to its end tells no products, and is a patch all the same.
func TestTargetsThatCannotBeRead(t *testing.T) {
	for template, want := range map[string][]string{"": nil, "*": nil, "Intel;1033": nil, productCode + ";*": nil,
		productCode + codeOne: nil, " " + strings.ToLower(productCode) + " ;" + productCode + ";": {productCode},
		productCode[:37]: nil} {
		b := practice.Patch{Code: codeOne, Targets: []string{template}}.Bytes()
		got, err := msi.ReadPatch(bytes.NewReader(b), int64(len(b)))
		if err != nil || got.Code != codeOne || !slices.Equal(got.Targets, want) {
			t.Errorf("%q reads as %+v, %v; want %v", template, got, err, want)
		}
	}
	b := practice.Patch{Code: codeOne, Targets: []string{productCode}}.Bytes()
	at := bytes.Index(b, []byte(productCode)) - 8 // its type, then its length
	if at < 0 || b[at] != 30 {
		t.Fatal("the Template's type is not where it is looked for")
	}
	b[at] = 31 // VT_LPWSTR
	if got, err := msi.ReadPatch(bytes.NewReader(b), int64(len(b))); err != nil || got.Code != codeOne ||
		got.Targets != nil {
		t.Errorf("a Template of another type reads as %+v, %v", got, err)
	}
}

// FuzzReadPatch: whatever the bytes, a patch without an error has a code, one reader at most takes the file, and a
// second reading says the same.
func FuzzReadPatch(f *testing.F) {
	f.Add(practice.Patch{Code: codeOne, Obsoletes: []string{codeTwo}, Targets: []string{productCode}}.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := msi.ReadPatch(bytes.NewReader(b), int64(len(b)))
		if err == nil != (len(got.Code) == 38) {
			t.Fatalf("%+v, %v", got, err)
		}
		if _, other := msi.Read(bytes.NewReader(b), int64(len(b))); err == nil && other == nil {
			t.Fatal("it is a package and a patch")
		}
		if again, err2 := msi.ReadPatch(bytes.NewReader(b), int64(len(b))); again.Code != got.Code ||
			(err == nil) != (err2 == nil) {
			t.Fatalf("%+v, %v and then %+v, %v", got, err, again, err2)
		}
	})
}
