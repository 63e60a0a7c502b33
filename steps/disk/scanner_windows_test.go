package disk_test

import (
	"errors"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/windows"

	"marsfix/steps/disk"
)

// A virus scanner that lets go after a while spoils neither the rename nor the look at what was written.
func TestWindowsWaitsForAScanner(t *testing.T) {
	d := disk.NewLocal()
	path := filepath.Join(t.TempDir(), "marsfix-1.msi")
	put(t, path, "package")
	same := idOf(t, d, path)
	released := scannerAt(t, path, windows.GENERIC_READ)
	if err := errors.Join(d.Rename(path, path+".named", same), <-released); err != nil {
		t.Fatal(err)
	}
	wantText(t, path+".named", "package")
	released = scannerAt(t, path+".named", windows.GENERIC_READ|windows.GENERIC_WRITE)
	f, err := d.Open(path+".named", disk.ShareRead)
	if err := errors.Join(err, <-released); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
}

// scannerAt keeps a file open for a moment, sharing nothing but reading.
func scannerAt(t *testing.T, path string, access uint32) (released <-chan error) {
	t.Helper()
	name, err := windows.UTF16PtrFromString(path)
	if err != nil {
		t.Fatal(err)
	}
	h, err := windows.CreateFile(name, access, windows.FILE_SHARE_READ, nil, windows.OPEN_EXISTING, 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	end := make(chan error, 1)
	time.AfterFunc(300*time.Millisecond, func() { end <- windows.CloseHandle(h) })
	return end
}
