//go:build linux

package winetest_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
)

// released is marsfix.exe as .ci/build builds it, in a copy of the checkout: nothing is written into the checkout
// itself.
var released = sync.OnceValues(func() (exe string, err error) {
	if _, err := exec.LookPath("git"); err != nil {
		return "", fmt.Errorf("a release needs its commit: %w", err)
	}
	dir := filepath.Join(built, "release")
	if err := copyCheckout(dir); err != nil {
		return "", err
	}
	const commit = "git init -q && git add -A && git -c user.name=test -c user.email=test@localhost commit -q -m release"
	for _, script := range []string{commit, ".ci/build"} {
		cmd := exec.Command("bash", "-c", script)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s: %w\n%s", script, err, out)
		}
	}
	return filepath.Join(dir, "marsfix.exe"), nil
})

// copyCheckout copies what is in the checkout and is not built there; an archive of it, which knows nothing of git,
// does as well.
func copyCheckout(dir string) error {
	return filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case name == ".git" && d.IsDir():
			return filepath.SkipDir
		case name == "dist" && d.IsDir():
			return filepath.SkipDir
		case name == ".git": // of a work tree
			return nil
		case slices.Contains([]string{".exe", ".syso", ".test"}, filepath.Ext(name)) || !d.IsDir() &&
			!d.Type().IsRegular():
			return nil
		case d.IsDir():
			return os.MkdirAll(filepath.Join(dir, name), 0o755)
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a file that somebody has just removed
		}
		if err != nil {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		return os.WriteFile(filepath.Join(dir, name), data, info.Mode().Perm())
	})
}
