//go:build linux || windows

package winetest

import (
	"os"
	"path/filepath"
)

// Exists reports whether there is a file or folder.
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
