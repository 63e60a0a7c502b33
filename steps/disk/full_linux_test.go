package disk_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
)

// A disk that is really full: what was begun can be taken away again, and nothing has the final name.
func TestTellsAFullDisk(t *testing.T) {
	dir := disktest.Small(t, "128k")
	for name, d := range map[string]place{
		"local":  {disk: disk.NewLocal(), at: dir, sep: "/"},
		"mapped": {disk: disk.NewMapped(map[byte]string{'C': dir}), at: `C:`, sep: `\`},
	} {
		f, err := d.disk.Create(d.path("package"))
		if err != nil {
			t.Fatal(err)
		}
		n, err := f.Write(bytes.Repeat([]byte("x"), 1<<20))
		wantCause(t, err, disk.ErrFull, d.path("package"))
		info, statErr := f.Info()
		if n == 0 || n >= 1<<20 || statErr != nil || info.Size != int64(n) {
			t.Errorf("%s: %d bytes written, %d there, %v", name, n, info.Size, statErr)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if free, err := d.disk.Free(d.path("package")); err != nil || free != 0 {
			t.Errorf("%s: %d bytes are free, %v", name, free, err)
		}
		if err := d.disk.Remove(d.path("package"), info.ID); err != nil {
			t.Fatal(err)
		}
		if left, err := os.ReadDir(filepath.Clean(dir)); err != nil || len(left) != 0 {
			t.Errorf("%s: left are %v, %v", name, left, err)
		}
	}
}
