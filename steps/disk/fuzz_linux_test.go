package disk

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// FuzzMapping: whatever the path, what is opened, made or found lies below the drive's folder, under names that are
// plain, and nothing changes beside it.
func FuzzMapping(f *testing.F) {
	top, err := filepath.EvalSymlinks(f.TempDir()) // opened files are asked for where they lie
	if err != nil {
		f.Fatal(err)
	}
	root := filepath.Join(top, "C")
	for _, dir := range []string{"C/Windows/Temp", "outside"} {
		if err := os.MkdirAll(filepath.Join(top, dir), 0o755); err != nil {
			f.Fatal(err)
		}
	}
	for link, target := range map[string]string{"out": "../outside", "in": "Windows", "abs": top,
		"Windows/up": "../.."} {
		if err := os.Symlink(target, filepath.Join(root, link)); err != nil {
			f.Fatal(err)
		}
	}
	for _, file := range []string{"outside/secret", "C/Windows/Temp/OBPatch.log"} {
		if err := os.WriteFile(filepath.Join(top, file), nil, 0o644); err != nil {
			f.Fatal(err)
		}
	}
	for _, path := range []string{
		`C:\Windows\Temp\OBPatch.log`, `c:\in\temp\obpatch.log`, `C:\out\secret`, `C:\abs\outside\secret`,
		`C:\Windows\up\outside\secret`,
		`C:\..\outside\secret`, `C:\Windows/../../outside`, `\\?\C:\x`, `C:\a:b`, `C:\NUL`, "C:\\\x00", `C:\new`,
		`/etc/passwd`,
	} {
		f.Add(path)
	}
	f.Fuzz(func(t *testing.T, path string) {
		if err := tryPath(root, path); err != nil {
			t.Fatalf("%q: %v", path, err)
		}
		if left, err := os.ReadDir(filepath.Join(top, "outside")); err != nil || len(left) != 1 {
			t.Fatalf("%q: outside lie %v, %v", path, left, err)
		}
		if left, err := os.ReadDir(top); err != nil || len(left) != 2 {
			t.Fatalf("%q: above lie %v, %v", path, left, err)
		}
	})
}

func tryPath(root, path string) error {
	d := NewMapped(map[byte]string{'C': root})
	m := d.m
	if s, err := m.find(path, followAll); err == nil {
		defer s.close()
		for _, name := range append(s.found, s.missing...) {
			if name == "" || name == "." || name == ".." || strings.ContainsAny(name, "/\\:\x00") {
				return fmt.Errorf("the name %q", name)
			}
		}
	}
	var made NewFile
	opened, err := d.Open(path, ShareAll)
	if errors.Is(err, fs.ErrNotExist) {
		made, err = d.Create(path)
	}
	switch {
	case err != nil:
		var at *fs.PathError
		if !errors.As(err, &at) || at.Path != path {
			return fmt.Errorf("the error %#v does not name it", err)
		}
		return nil
	case made != nil:
		info, err := made.Info()
		if err := errors.Join(err, made.Close(), d.Remove(path, info.ID)); err != nil {
			return err
		}
		return nil
	}
	where, err := os.Readlink(fmt.Sprintf("/proc/self/fd/%d", opened.(Handler).Fd()))
	if err == nil && !strings.HasPrefix(where, root+"/") {
		err = fmt.Errorf("opened %q", where)
	}
	return errors.Join(err, opened.Close())
}
