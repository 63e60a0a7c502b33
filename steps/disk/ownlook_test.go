package disk_test

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"
	"testing"

	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
)

// What another account, a log or a process names is looked at on the computer's own drives and nowhere else: not even
// the root of another one is asked.
func TestOwnLookStaysOnOwnDrives(t *testing.T) {
	root := t.TempDir()
	folderWith(t, filepath.Join(root, "a", "b"), "file", "x")
	var asked []string
	d := disktest.New(disk.NewMapped(map[byte]string{'C': root}), func(op disktest.Op, path string) error {
		if op != disktest.Drives {
			asked = append(asked, path)
		}
		return nil
	})
	if in, err := disk.StatOwn(d, `c:\A\b\file`); err != nil || in.Size != 1 {
		t.Errorf("on the own drive it is %+v, %v", in, err)
	}
	if want := []string{`c:\A`, `c:\A\b`, `c:\A\b\file`}; !slices.Equal(asked, want) {
		t.Errorf("asked for %q, want %q", asked, want)
	}
	asked = nil
	for _, path := range []string{
		`\\server\share\a\Setup.exe`, `\\?\UNC\server\share\a`, `\\?\C:\a\b\file`, `\\.\C:\a`, `\\localhost\C$\a`,
		`\Device\Mup\server\share\a`,
		`\Device\HarddiskVolume2\a`, `Z:\a\b`, `C:a`, `C:/a`, `C:`, `a\b`, ``, `\`, `\\`, `//server/share`,
	} {
		for _, err := range []error{disk.OnOwnDrive(d, path), second(disk.StatOwn(d, path))} {
			if !errors.Is(err, disk.ErrNotOwn) || !errors.Is(err, disk.ErrNoDrive) {
				t.Errorf("%q: %v", path, err)
			}
		}
	}
	if len(asked) > 0 {
		t.Errorf("the disk was asked for %q", asked)
	}
}

func second[T any](_ T, err error) error { return err }

// Where the drives cannot be listed nobody knows which are the own ones, and nothing is looked at.
func TestOwnLookWithoutDrives(t *testing.T) {
	boom := errors.New("boom")
	d := disktest.New(disk.NewMapped(map[byte]string{'C': t.TempDir()}),
		disktest.Only(disktest.Fail(boom), disktest.Drives))
	if _, err := disk.StatOwn(d, `C:\a`); !errors.Is(err, boom) || errors.Is(err, fs.ErrNotExist) {
		t.Errorf("it came to %v", err)
	}
}

// A folder that is passed is asked for once.
func TestOwnLookRemembersFolders(t *testing.T) {
	root := t.TempDir()
	folderWith(t, filepath.Join(root, "a"), "1", "x")
	n := 0
	d := disktest.New(disk.NewMapped(map[byte]string{'C': root}), func(disktest.Op, string) error { n++; return nil })
	look := disk.NewOwnLook(d)
	for range 3 {
		if _, err := look.Stat(`C:\a\1`); err != nil {
			t.Fatal(err)
		}
		if _, err := look.Stat(`C:\none\1`); !errors.Is(err, fs.ErrNotExist) {
			t.Fatal(err)
		}
	}
	if n != 1+1+3+1 { // the drives, the folder, the file each time, the folder that is not there
		t.Errorf("%d questions", n)
	}
}
