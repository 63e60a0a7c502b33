package walk_test

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
	"marsfix/steps/walk/walktest"
)

// TestTheLastScreenPacksAZip walks to the end, lists what would go to Microsoft Support, declines, asks again and
// writes it, and still ends as the upgrade did.
func TestTheLastScreenPacksAZip(t *testing.T) {
	for scenario, want := range map[string]int{"missing": steps.CodeGood, "still-fails": steps.CodeFailed} {
		t.Run(scenario, func(t *testing.T) {
			e := walktest.Begin(t, scenario)
			e.Settle(e.Walk.Begin())
			for e.Walk.Screen().Step < 12 || e.Walk.Screen().State == screen.Asking {
				if !e.Press() {
					t.Fatalf("stuck at %+v", e.Walk.Screen())
				}
			}
			ended := e.Walk.Screen().State
			e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
			if sc := e.Walk.Screen(); sc.State != screen.Asking || len(sc.Rows) < 8 {
				t.Fatalf("%v with %d rows", sc.State, len(sc.Rows))
			}
			e.Settle(e.Walk.Handle(screen.Answer{Yes: false}))
			e.Settle(e.Walk.Handle(screen.Press{Key: "esc"}))
			if sc := e.Walk.Screen(); sc.Step != 12 || sc.State != ended {
				t.Fatalf("after no and back: step %d is %v, was %v", sc.Step, sc.State, ended)
			}
			if zips := zips(e); len(zips) != 0 {
				t.Fatalf("written after a no: %v", zips)
			}
			e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
			e.Settle(e.Walk.Handle(screen.Answer{Yes: true}))
			if sc := e.Walk.Screen(); sc.State != ended {
				t.Errorf("after the zip: %v, was %v: %+v", sc.State, ended, sc.Problems)
			}
			zips := zips(e)
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
			e.Walk.Handle(screen.Press{Key: "s"})
			e.Walk.Handle(screen.Interrupt{})
			e.Walk.Handle(screen.Interrupt{})
			if sc := e.Walk.Screen(); !sc.Left || sc.Code != want {
				t.Errorf("left %v with %d, want %d", sc.Left, sc.Code, want)
			}
		})
	}
}

// zips are the bundles on the computer's disk.
func zips(e *walktest.Engineer) []string {
	e.T.Helper()
	found, err := filepath.Glob(filepath.Join(e.Disk, "C", "Program Files", "marsfix", "reports", "*.zip"))
	if err != nil {
		e.T.Fatal(err)
	}
	for _, z := range found {
		if in, err := os.Stat(z); err != nil || in.Size() == 0 {
			e.T.Fatalf("%s: %v", z, err)
		}
	}
	return found
}

// A zip that could not be written is told of by nobody: the problem stands, and the summary names none.
func TestAZipThatCannotBeWrittenIsNotToldOf(t *testing.T) {
	r, e := walktest.OnRig(t, "still-fails")
	for e.Walk.Screen().Step < 12 || e.Walk.Screen().State == screen.Asking {
		if !e.Press() {
			t.Fatalf("stuck at %+v", e.Walk.Screen())
		}
	}
	e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
	e.Act(r, func(op disktest.Op, path string) error {
		if op == disktest.Write && strings.HasSuffix(path, ".part") {
			return &fs.PathError{Op: string(op), Path: path, Err: disk.ErrFull}
		}
		return nil
	})
	if sc := e.Walk.Screen(); len(sc.Problems) == 0 || slices.ContainsFunc(sc.Rows,
		func(row screen.Row) bool { return row.Label == "zip" }) {
		t.Errorf("it shows %+v, %+v", sc.Problems, sc.Rows)
	}
	if zips := zips(e); len(zips) != 0 {
		t.Errorf("written: %q", zips)
	}
	e.Quit()
	for _, line := range e.Walk.Summary() {
		if strings.HasPrefix(strings.TrimSpace(line), "zip ") {
			t.Errorf("the summary says %q", line)
		}
	}
}
