package cache_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"marsfix/steps/cache"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
)

// A disk that fails says nothing of the package: neither that it is gone nor that it cannot be used.
func TestADiskThatFailsSaysNothingOfThePackage(t *testing.T) {
	const path = `C:\Windows\Installer\7b5ea8.msi`
	root := t.TempDir()
	host := filepath.Join(root, "Windows", "Installer", "7b5ea8.msi")
	if err := errors.Join(os.MkdirAll(filepath.Dir(host), 0o755),
		os.WriteFile(host, make([]byte, 4096), 0o644)); err != nil {
		t.Fatal(err)
	}
	for _, op := range []disktest.Op{disktest.Stat, disktest.Open, disktest.Info, disktest.Read} {
		for _, tt := range []struct {
			cause  error
			denied bool
		}{{syscall.EIO, false}, {disk.ErrShared, false}, {errors.New("the device is not ready"), false},
			{fs.ErrPermission, true}} {
			t.Run(fmt.Sprintf("%s, %v", op, tt.cause), func(t *testing.T) {
				d := disktest.New(disk.NewMapped(map[byte]string{'C': root}),
					disktest.Only(disktest.Fail(tt.cause), op))
				f := cache.Ask(d, path, "{1}", true)
				if f.Why != "" || f.Denied != tt.denied || (f.Unseen != "") == tt.denied {
					t.Errorf("the disk says %+v", f)
				}
			})
		}
	}
	d := disk.NewMapped(map[byte]string{'C': root})
	if f := cache.Ask(d, path, "{1}", true); !f.Present || f.Why == "" || f.Unseen != "" {
		t.Errorf("of zeros the disk says %+v", f)
	}
	disktest.Planted(t, errors.Join(os.Remove(host), os.Mkdir(filepath.Join(root, "folder"), 0o755),
		disktest.Link("../../folder", host)))
	if f := cache.Ask(d, path, "{1}", true); !f.Present || f.Why == "" || f.Unseen != "" {
		t.Errorf("of a link to a folder the disk says %+v", f)
	}
	if err := errors.Join(os.Remove(host), os.Symlink("nowhere", host)); err != nil {
		t.Fatal(err)
	}
	if f := cache.Ask(d, path, "{1}", true); f != (cache.File{}) {
		t.Errorf("of a link to nothing the disk says %+v", f)
	}
}

// A registration that names a share, or a drive that is none of this computer's, sends nobody there: nothing is known
// of such a file.
func TestOnlyOwnDrivesAreAskedForAFile(t *testing.T) {
	for _, path := range []string{`\\server\share\7b5ea8.msi`, `\\?\UNC\server\share\7b5ea8.msi`, `\\.\C:\7b5ea8.msi`,
		`Z:\7b5ea8.msi`, `7b5ea8.msi`} {
		for _, inside := range []bool{true, false} {
			var asked []string
			d := disktest.New(disk.NewMapped(map[byte]string{'C': t.TempDir()}), func(op disktest.Op, at string) error {
				if at == path {
					asked = append(asked, fmt.Sprint(op))
				}
				return nil
			})
			f := cache.Ask(d, path, "{1}", inside)
			if f.Present || f.Denied || f.Unseen == "" || asked != nil {
				t.Errorf("of %s the disk says %+v, asked to %q", path, f, asked)
			}
		}
	}
}
