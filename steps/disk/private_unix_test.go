//go:build unix

package disk_test

import (
	"errors"
	"os"
	"testing"

	"marsfix/steps/disk"
)

func TestMakesPrivateFolders(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		private := p.path("data" + p.sep + "marsfix")
		for range 2 {
			if err := p.disk.MakePrivate(private); err != nil {
				t.Fatal(err)
			}
		}
		info, err := os.Lstat(p.onHost("data/marsfix"))
		if err != nil || info.Mode().Perm() != 0o700 {
			t.Fatalf("the folder is %v, %v", info.Mode(), err)
		}
		if err := os.Chmod(p.onHost("data/marsfix"), 0o777); err != nil {
			t.Fatal(err)
		}
		put(t, p.onHost("file"), "")
		if err := os.Symlink("data", p.onHost("link")); err != nil {
			t.Fatal(err)
		}
		for path, flaw := range map[string]disk.Flaw{
			private:        disk.OpenToOthers,
			p.path("file"): disk.NotFolder,
			p.path("link"): disk.FolderLink,
		} {
			var not *disk.NotPrivateError
			if err := p.disk.MakePrivate(path); !errors.As(err, &not) || not.Flaw != flaw {
				t.Errorf("MakePrivate(%s) is %v", path, err)
			}
		}
		wantCause(t, p.disk.MakePrivate(p.path("link")), disk.ErrLink, p.path("link"))
	})
}
