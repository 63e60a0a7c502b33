package steps_test

import (
	"archive/zip"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
)

// TestTheLastScreenPacksAZip walks to the end, lists what would go to Microsoft Support, declines, asks again and writes it, and still ends
// as the upgrade did.
func TestTheLastScreenPacksAZip(t *testing.T) {
	for scenario, want := range map[string]int{"missing": steps.CodeGood, "still-fails": steps.CodeFailed} {
		t.Run(scenario, func(t *testing.T) {
			e := begin(t, scenario)
			e.settle(e.walk.Begin())
			for e.walk.Screen().Step < 12 || e.walk.Screen().State == screen.Asking {
				if !e.press() {
					t.Fatalf("stuck at %+v", e.walk.Screen())
				}
			}
			ended := e.walk.Screen().State
			e.settle(e.walk.Handle(screen.Press{Key: "s"}))
			if sc := e.walk.Screen(); sc.State != screen.Asking || len(sc.Rows) < 8 {
				t.Fatalf("%v with %d rows", sc.State, len(sc.Rows))
			}
			e.settle(e.walk.Handle(screen.Answer{Yes: false}))
			e.settle(e.walk.Handle(screen.Press{Key: "s"}))
			if sc := e.walk.Screen(); sc.State != ended {
				t.Fatalf("after no: %v, was %v", sc.State, ended)
			}
			if zips := e.zips(); len(zips) != 0 {
				t.Fatalf("written after a no: %v", zips)
			}
			e.settle(e.walk.Handle(screen.Press{Key: "s"}))
			e.settle(e.walk.Handle(screen.Answer{Yes: true}))
			if sc := e.walk.Screen(); sc.State != ended {
				t.Errorf("after the zip: %v, was %v: %+v", sc.State, ended, sc.Problems)
			}
			zips := e.zips()
			if len(zips) != 1 {
				t.Fatalf("zips %v", zips)
			}
			z, err := zip.OpenReader(zips[0])
			if err != nil {
				t.Fatal(err)
			}
			defer z.Close()
			if len(z.File) < 8 {
				t.Errorf("%d files in it", len(z.File))
			}
			e.walk.Handle(screen.Press{Key: "s"})
			e.walk.Handle(screen.Interrupt{})
			e.walk.Handle(screen.Interrupt{})
			if sc := e.walk.Screen(); !sc.Left || sc.Code != want {
				t.Errorf("left %v with %d, want %d", sc.Left, sc.Code, want)
			}
		})
	}
}

// zips are the bundles on the computer's disk.
func (e *engineer) zips() []string {
	e.t.Helper()
	found, err := filepath.Glob(filepath.Join(e.disk, "C", "Program Files", "marsfix", "reports", "*.zip"))
	if err != nil {
		e.t.Fatal(err)
	}
	for _, z := range found {
		if in, err := os.Stat(z); err != nil || in.Size() == 0 {
			e.t.Fatalf("%s: %v", z, err)
		}
	}
	return found
}

// A zip that could not be written is told of by nobody: the problem stands, and the summary names none.
func TestAZipThatCannotBeWrittenIsNotToldOf(t *testing.T) {
	r, e := onRig(t, "still-fails")
	for e.walk.Screen().Step < 12 || e.walk.Screen().State == screen.Asking {
		if !e.press() {
			t.Fatalf("stuck at %+v", e.walk.Screen())
		}
	}
	e.settle(e.walk.Handle(screen.Press{Key: "s"}))
	e.act(r, func(op disktest.Op, path string) error {
		if op == disktest.Write && strings.HasSuffix(path, ".part") {
			return &fs.PathError{Op: string(op), Path: path, Err: disk.ErrFull}
		}
		return nil
	})
	if sc := e.walk.Screen(); len(sc.Problems) == 0 || slices.ContainsFunc(sc.Rows, func(row screen.Row) bool { return row.Label == "zip" }) {
		t.Errorf("it shows %+v, %+v", sc.Problems, sc.Rows)
	}
	if zips := e.zips(); len(zips) != 0 {
		t.Errorf("written: %q", zips)
	}
	e.quit()
	for _, line := range e.walk.Summary() {
		if strings.HasPrefix(strings.TrimSpace(line), "zip ") {
			t.Errorf("the summary says %q", line)
		}
	}
}
