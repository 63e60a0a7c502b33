//go:build linux

package winetest

import (
	"os"
	"path/filepath"
	"strings"
)

// Path is where the file with a Windows path lies. Case does not matter, as on Windows; what is not there yet keeps the case given.
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

// Exists tells whether there is a file or folder.
func (c *Computer) Exists(win string) bool {
	c.t.Helper()
	_, err := os.Lstat(c.Path(win))
	return err == nil
}

// Read is what a file holds.
func (c *Computer) Read(win string) []byte {
	c.t.Helper()
	data, err := os.ReadFile(c.Path(win))
	if err != nil {
		c.t.Fatal(err)
	}
	return data
}

// Write puts a file there, with the folders above it.
func (c *Computer) Write(win string, data []byte) {
	c.t.Helper()
	path := c.Path(win)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		c.t.Fatal(err)
	}
}

// Put copies a file of this machine there.
func (c *Computer) Put(from, win string) {
	c.t.Helper()
	data, err := os.ReadFile(from)
	if err != nil {
		c.t.Fatal(err)
	}
	c.Write(win, data)
}

// Remove deletes a file that has to be there.
func (c *Computer) Remove(win string) {
	c.t.Helper()
	if err := os.Remove(c.Path(win)); err != nil {
		c.t.Fatal(err)
	}
}

// List names what is in a folder.
func (c *Computer) List(win string) []string {
	c.t.Helper()
	entries, err := os.ReadDir(c.Path(win))
	if err != nil {
		c.t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
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
