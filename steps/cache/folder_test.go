//go:build unix

package cache_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps/cache"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// Who may write to the cache folder is told, also where it is a junction: then it is the folder behind that counts.
func TestACacheFolderThatOthersWriteToIsTold(t *testing.T) {
	const dir = `C:\Windows\Installer`
	for name, tt := range map[string]struct {
		mode   os.FileMode
		linked bool
		code   screen.Code
	}{
		"as it should be":      {0o755, false, ""},
		"everybody's":          {0o777, false, screen.CodeCacheOpen},
		"a junction":           {0o755, true, ""},
		"a junction to theirs": {0o777, true, screen.CodeCacheOpen},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			at := filepath.Join(root, "Windows", "Installer")
			real := at
			if tt.linked {
				real = filepath.Join(root, "Elsewhere")
			}
			err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.Mkdir(real, 0o755), os.Chmod(real, tt.mode))
			if tt.linked {
				err = errors.Join(err, os.Symlink("../Elsewhere", at))
			}
			if err != nil {
				t.Fatal(err)
			}
			p := cache.FolderProblem(disk.NewMapped(map[byte]string{'C': root}), dir)
			if (p != nil) != (tt.code != "") || p != nil && (p.Code != tt.code ||
				!strings.Contains(p.Message, `"`+dir+`" can be written to by`)) {
				t.Errorf("told is %+v", p)
			}
		})
	}
	if p := cache.FolderProblem(disk.NewMapped(map[byte]string{'C': t.TempDir()}), dir); p != nil {
		t.Errorf("of a folder that is not there is told %+v", p)
	}
}

// Behind a junction to a folder that others may write to nothing is believed: they could exchange the file between two
// looks at it.
func TestAJunctionToAFolderOfEverybodysIsNotFollowed(t *testing.T) {
	r, clock := linked(t, "bad-target")
	if err := os.Chmod(r.Host(`C:\Elsewhere`), 0o777); err != nil {
		t.Fatal(err)
	}
	before := walktest.Places(t, r.Host(`C:\Elsewhere`))
	e := walktest.Engage(t, r, r.Dir, clock)
	e.Run()
	sc := e.Walk.Screen()
	if p := e.Problem(); sc.Step != 10 || p.Code != screen.CodeLinkInPath ||
		!strings.Contains(p.Message, "can be written to by") {
		t.Errorf("it came to step %d: %+v", sc.Step, sc.Problems)
	}
	walktest.Same(t, before, walktest.Places(t, r.Host(`C:\Elsewhere`)))
}
