package cache_test

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// blinded makes one kind of operation on the package's name fail.
func blinded(op disktest.Op, cause error) disktest.Before {
	return func(o disktest.Op, path string) error {
		if o == op && strings.HasSuffix(path, `\Installer\`+walktest.TargetName) {
			return &fs.PathError{Op: string(op), Path: path, Err: cause}
		}
		return nil
	}
}

// blind are ways in which nobody can look at the package's name, and the problem that says so at steps 5 and 10.
var blind = []struct {
	op             disktest.Op
	strictly       disktest.Op // the same at step 10
	cause          error
	noteID, copied screen.Code
}{
	{disktest.Open, disktest.OpenStrict, disk.ErrShared, "package-locked", "package-locked"},
	{disktest.Open, disktest.OpenStrict, fs.ErrPermission, "access-denied", "access-denied"},
	{disktest.Stat, disktest.Stat, fs.ErrPermission, "access-denied", "access-denied"},
	{disktest.Stat, disktest.Stat, errors.New("the cable was pulled"), "package-locked", "package-unreadable"},
}

// That nobody could look is no word about the package: it is neither gone nor unusable, and nothing is set aside.
func TestNobodyCanLookAtThePackage(t *testing.T) {
	for _, b := range blind {
		t.Run(fmt.Sprintf("step 5, %s, %v", b.op, b.cause), func(t *testing.T) {
			r, e := walktest.OnRig(t, "healthy")
			r.Before = blinded(b.op, b.cause)
			if code := e.Run(); code != steps.CodeFailed {
				t.Errorf("the walk ended with %d", code)
			}
			sc := e.Walk.Screen()
			if sc.Step != 5 || e.Problem().Code != b.noteID {
				t.Errorf("step %d: %+v", sc.Step, sc.Problems)
			}
			wantNoWord(t, sc)
		})
		t.Run(fmt.Sprintf("step 10, %s, %v", b.strictly, b.cause), func(t *testing.T) {
			w, e := walktest.InWorld(t, "bad-target", 9, nil)
			before := walktest.CacheOf(t, w.Dir)
			w.Before = blinded(b.strictly, b.cause)
			e.Press()
			sc := e.Walk.Screen()
			if sc.Step != 10 || sc.State != screen.Failed || e.Problem().Code != b.copied {
				t.Errorf("step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
			}
			wantNoWord(t, sc)
			walktest.Same(t, before, walktest.CacheOf(t, w.Dir))
			w.Before = nil
			e.Mend()
			if code := e.Run(); code != steps.CodeGood {
				t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
			}
		})
	}
}

func wantNoWord(t *testing.T, sc screen.Screen) {
	t.Helper()
	for _, r := range sc.Rows {
		if strings.Contains(r.Note, "not exist") || strings.Contains(r.Note, "unusable") ||
			strings.Contains(r.Value, "repair-needed") {
			t.Errorf("a row says %+v", r)
		}
	}
	for _, w := range sc.Witnesses {
		if w.Who == "disk" && w.View != screen.Silent {
			t.Errorf("the disk says %+v", w)
		}
	}
}
