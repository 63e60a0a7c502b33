package walktest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsfix/steps/disk/disktest"
)

// Extracted is what the wizard has extracted of what is to be copied, on this system.
func Extracted(t *testing.T, r *Rig) string {
	t.Helper()
	ps, err := r.Wizards(t.Context())
	if err != nil || len(ps) != 2 {
		t.Fatalf("wizards: %+v, %v", ps, err)
	}
	image := ps[1].Image
	return r.Host(image[:strings.LastIndexByte(image, '\\')] + `\Installers\` + r.Source())
}

// OnRead does something before the k-th read of a file, once.
func OnRead(k int, name string, do func() error) disktest.Before {
	n := 0
	return func(op disktest.Op, path string) error {
		if op != disktest.Read || !strings.HasSuffix(path, name) {
			return nil
		}
		if n++; n != k {
			return nil
		}
		return do()
	}
}

func WriteAt(path string, flags int, content []byte, at int64) error {
	f, err := os.OpenFile(path, flags, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(content, at)
	return errors.Join(err, f.Close())
}

// Began is when the computers of these tests begin.
var Began = time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)

const TargetName = "7b5ea8.msi"

// aboutPatch reports whether a patch is what a scenario's first copy is of.
func aboutPatch(scenario string) bool { return scenario == "patch-missing" }

// Target is the name in the cache that the first copy gets, Source that of the extracted file, and Good what it holds.
func (r *Rig) Target() string { return targetOf(r.Scenario) }

func targetOf(scenario string) string {
	if aboutPatch(scenario) {
		return PatchName
	}
	return TargetName
}

func (r *Rig) Source() string {
	if aboutPatch(r.Scenario) {
		return "KB5012345.msp"
	}
	return "OBSAGENT.msi"
}

func (r *Rig) Good(t *testing.T) []byte {
	t.Helper()
	return goodOf(t, r.Scenario)
}

func goodOf(t *testing.T, scenario string) []byte {
	t.Helper()
	if aboutPatch(scenario) {
		return GoodPatch(PatchCode)
	}
	return GoodPackage(t)
}

// GoodPackage is the package that the practice installer brings.
func GoodPackage(t *testing.T) []byte {
	t.Helper()
	for dir := "."; ; dir = filepath.Join("..", dir) { // from whichever room a test runs in
		good, err := os.ReadFile(filepath.Join(dir, "steps", "practice", "packages", "obsagent.msi"))
		if err == nil {
			return good
		}
		if _, out := os.Stat(filepath.Join(dir, "go.mod")); out == nil || !errors.Is(err, fs.ErrNotExist) ||
			len(dir) > 60 {
			t.Fatal(err)
		}
	}
}

// GoodHash is the hash of that package.
func GoodHash(t *testing.T) string {
	t.Helper()
	return Hashed(GoodPackage(t))
}
