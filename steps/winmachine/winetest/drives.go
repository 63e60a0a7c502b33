//go:build linux

package winetest

import (
	"os"
	"path/filepath"
	"strings"
)

// Path is where the file with a Windows path lies. Case does not matter, as on Windows; what is not there yet keeps the
// case given.
func (c *Computer) Path(win string) string {
	c.t.Helper()
	if len(win) < 3 || win[1:3] != `:\` {
		c.t.Fatalf("%q is not an absolute path on a drive letter", win)
	}
	at, err := filepath.EvalSymlinks(filepath.Join(c.prefix, "dosdevices", strings.ToLower(win[:2])))
	if err != nil {
		c.t.Fatal(err)
	}
	for _, name := range strings.FieldsFunc(win[3:], func(r rune) bool { return r == '\\' }) {
		at = filepath.Join(at, onDisk(at, name))
	}
	return at
}

// onDisk is a name as the folder has it.
func onDisk(dir, name string) string {
	if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
		return name
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return name
	}
	for _, e := range entries {
		if strings.EqualFold(e.Name(), name) {
			return e.Name()
		}
	}
	return name
}

// AddDrive gives the computer another fixed drive. It has to be switched off for that: what runs on it ends.
func (c *Computer) AddDrive(letter byte) {
	c.t.Helper()
	c.SwitchOff()
	dir := filepath.Join(c.prefix, "drive_"+strings.ToLower(string(letter)))
	if err := os.Mkdir(dir, 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.Symlink(dir, filepath.Join(c.prefix, "dosdevices", strings.ToLower(string(letter))+":")); err != nil {
		c.t.Fatal(err)
	}
}
