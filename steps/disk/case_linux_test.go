package disk_test

import (
	"errors"
	"path/filepath"
	"testing"

	"marsfix/steps/disk"
)

// Two names that Windows would take for one can lie on other systems.
func TestPrefersTheExactName(t *testing.T) {
	root := t.TempDir()
	for _, name := range []string{"b.msi", "B.MSI", "B.msi"} {
		put(t, filepath.Join(root, name), name)
	}
	d := disk.NewMapped(map[byte]string{'C': root})
	for asked, want := range map[string]string{"b.msi": "b.msi", "B.MSI": "B.MSI", "B.msi": "B.msi", "b.MSI": "B.MSI"} {
		f, err := d.Open(`C:\`+asked, disk.ShareAll)
		if err != nil {
			t.Fatal(err)
		}
		text := make([]byte, 5)
		_, err = f.ReadAt(text, 0)
		if err := errors.Join(err, f.Close()); err != nil || string(text) != want {
			t.Errorf("%s opens %s, %v", asked, text, err)
		}
	}
}
