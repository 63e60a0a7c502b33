package winmachine

import (
	"bytes"
	"debug/pe"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/windows"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/winmachine/winetest"
)

// signedFiles is a folder with files that real vendors have signed: fetched on a computer made for tests, where nobody
// has done so before.
func signedFiles(t *testing.T) string {
	t.Helper()
	if dir := os.Getenv(winetest.EnvSigned); dir != "" {
		whole, err := filepath.Abs(dir) // of the machine's own path one with a drive
		if err != nil {
			t.Fatal(err)
		}
		return whole
	}
	scratch(t)
	dir := t.TempDir()
	if err := winetest.Signed(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Microsoft's own signature is trusted, and so is nobody else's; with one byte changed it is broken.
func TestWindowsRealSignatures(t *testing.T) {
	m, dir := machine(t), signedFiles(t)
	look := func(path string) (computer.Signature, finding) {
		t.Helper()
		f, err := m.Disk().Open(path, disk.ShareRead)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		s, err := m.Signature(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		return s, verify(windows.Handle(f.(disk.Handler).Fd()), path, false)
	}
	for _, c := range []struct {
		name, signer string
		trusted      bool
	}{
		{winetest.ByMicrosoft, microsoft, true},
		{winetest.ByMicrosoftToo, microsoft, true},
		{winetest.ByAnotherVendor, "Krzysztof Kowalczyk", false},
	} {
		path := filepath.Join(dir, c.name)
		s, found := look(path)
		trusted := s.State == computer.SignTrusted || s.State == computer.SignTrustedOff
		// A Windows gets other vendors' roots from its maker when they are first wanted, and here nothing is fetched.
		foreign := s.State == computer.SignOther || s.State == computer.SignUntrusted
		if s.Signer != c.signer || trusted != c.trusted || foreign == c.trusted {
			t.Errorf("%s reads %+v", c.name, s)
		}
		if c.trusted && found.code != trustOK || found.microsoftRoot != c.trusted {
			t.Errorf("%s verifies as %+v", c.name, found)
		}
		for where, changed := range broken(t, path) {
			if s, _ := look(changed); s.State != computer.SignBroken {
				t.Errorf("%s with a byte of its %s changed reads %+v", c.name, where, s)
			}
		}
	}
}

// broken are copies of a program with one byte changed, by where.
func broken(t *testing.T, path string) map[string]string {
	t.Helper()
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	p, err := pe.NewFile(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	first, last := p.Sections[0], p.Sections[len(p.Sections)-1]
	copies := map[string]string{}
	for where, at := range map[string]uint32{"code": first.Offset + first.Size/2,
		"last section": last.Offset + last.Size/2} {
		changed := bytes.Clone(whole)
		changed[at] ^= 1
		copies[where] = filepath.Join(t.TempDir(), filepath.Base(path))
		err = errors.Join(err, os.WriteFile(copies[where], changed, 0o600))
	}
	if err != nil {
		t.Fatal(err)
	}
	return copies
}
