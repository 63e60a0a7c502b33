package cache_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"marsfix/steps/cache"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
)

// A link or a folder that bears the name of an interrupted copy was put there by somebody: it is not offered for
// removal.
func TestOnlyFilesAreLeftovers(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "Windows", "Installer")
	theirs := filepath.Join(root, "theirs")
	disktest.Planted(t, errors.Join(os.MkdirAll(filepath.Join(dir, "marsfix-0000000000000001.msi"), 0o755),
		os.WriteFile(theirs, nil, 0o644),
		disktest.Link(theirs, filepath.Join(dir, "marsfix-0000000000000002.msi")),
		disktest.Link("nowhere", filepath.Join(dir, "marsfix-0000000000000003.msi")),
		os.WriteFile(filepath.Join(dir, "marsfix-0000000000000004.msi"), nil, 0o644)))
	left := cache.Leftovers(disk.NewMapped(map[byte]string{'C': root}), `C:\Windows\Installer`)
	if len(left) != 1 || left[0].Path != `C:\Windows\Installer\marsfix-0000000000000004.msi` {
		t.Errorf("offered are %+v", left)
	}
}
