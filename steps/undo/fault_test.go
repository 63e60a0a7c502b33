package undo_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"marsfix/steps/disk/disktest"
	"marsfix/steps/undo"
	"marsfix/steps/walk/walktest"
)

// undoOps are the operations of taking back a copy for which a file was set aside.
func undoOps(t *testing.T) (calls []walktest.Call) {
	t.Helper()
	r := walktest.Repaired(t, "bad-target")
	u := walktest.FindUndo(t, r)
	r.Before = walktest.Record(&calls)
	if p := undo.Undo(t.Context(), r, u, walktest.DayAfter); p != nil {
		t.Fatal(p)
	}
	if len(calls) < 12 {
		t.Fatalf("undo does only %v", calls)
	}
	return calls
}

func TestEveryFaultOfUndo(t *testing.T) {
	was := walktest.Untouched(t, "bad-target")
	for i, c := range undoOps(t) {
		for _, w := range walktest.Ways {
			if w.Short && c.Op != disktest.Write {
				continue
			}
			walktest.Row(t, fmt.Sprintf("%d %s/%s", i+1, c.Op, w.Name), func(t *testing.T) {
				r := walktest.Repaired(t, "bad-target")
				u := walktest.FindUndo(t, r)
				var calls []walktest.Call
				r.Before = walktest.FailAt(i+1, w.Cause, w.Short, &calls)
				p := undo.Undo(t.Context(), r, u, walktest.DayAfter)
				r.Before = nil
				if p == nil && c.Op.Changes() {
					t.Errorf("%s of %s failed, and nobody was told", c.Op, c.Path)
				}
				if p != nil && (!strings.Contains(p.Message, w.Cause.Error()) || !strings.Contains(p.Message, `"C:\`)) {
					t.Errorf("the problem does not tell what failed where: %+v", p)
				}
				halfway(was, t, r.Dir)
				if u, p := undo.Find(t.Context(), r, walktest.DayAfter); p == nil {
					if p := undo.Undo(t.Context(), r, u, walktest.DayAfter); p != nil {
						t.Errorf("with the disk well again: %+v", p)
					}
				} else if unwritten := slices.Contains([]disktest.Op{disktest.Write, disktest.Append,
					disktest.MakePrivate}, c.Op) && p.Code == "not-ours"; p.Code != "nothing-to-undo" && !unwritten {
					t.Errorf("with the disk well again: %+v", p)
				}
				was.AsBefore(t, r.Dir)
				was.SameForeign(t, r.Dir)
			})
		}
	}
}

// halfway asserts that, wherever undo stopped, the copy is there whole or not at all, and what was set aside is there
// once.
func halfway(b walktest.Baseline, t *testing.T, dir string) {
	t.Helper()
	b.SameForeign(t, dir)
	kept := 0
	for name, hash := range walktest.CacheOf(t, dir) {
		switch {
		case strings.HasPrefix(name, walktest.TargetName) && hash == b.Cache[walktest.TargetName]:
			kept++
		case name == walktest.TargetName && hash == b.Good, b.Cache[name] == hash:
		default:
			t.Errorf("it left %s with %s", name, hash)
		}
	}
	if kept != 1 {
		t.Errorf("what was set aside is there %d times", kept)
	}
}

// The victim repairs a computer and takes the repair back, and is killed before the given operation of that.
func TestKilledDuringUndo(t *testing.T) {
	if dir := os.Getenv(walktest.VictimDisk); dir != "" {
		k, err := strconv.Atoi(os.Getenv(walktest.VictimOp))
		if err != nil {
			t.Fatal(err)
		}
		clock := &walktest.QuickClock{At: walktest.Began}
		r := walktest.NewRig(t, "bad-target", dir, clock.Now)
		e := walktest.Engage(t, r, dir, clock)
		e.Run()
		e.Walk.Close()
		u := walktest.FindUndo(t, r)
		r.Before = disktest.At(k, disktest.Kill)
		t.Fatalf("it outlived its undo: %+v", undo.Undo(t.Context(), r, u, walktest.DayAfter))
	}
	was := walktest.Untouched(t, "bad-target")
	for i, c := range undoOps(t) {
		walktest.Row(t, fmt.Sprintf("%d %s", i+1, c.Op), func(t *testing.T) {
			t.Parallel()
			dir := walktest.MemoryDir(t)
			child := exec.Command(os.Args[0], "-test.run=^TestKilledDuringUndo$")
			child.Env = append(os.Environ(), walktest.VictimDisk+"="+dir, walktest.VictimScenario+"=bad-target",
				walktest.VictimOp+"="+strconv.Itoa(i+1))
			out, err := child.CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || strings.Contains(string(out), "--- FAIL") {
				t.Fatalf("it was not killed: %v\n%s", err, out)
			}
			halfway(was, t, dir)
			r := walktest.Reopened(t, "bad-target", dir)
			if u, p := undo.Find(t.Context(), r, walktest.DayAfter); p == nil {
				if p := undo.Undo(t.Context(), r, u, walktest.DayAfter); p != nil {
					t.Errorf("asked for again: %+v", p)
				}
			} else if p.Code != "nothing-to-undo" {
				t.Errorf("asked for again: %+v", p)
			}
			was.AsBefore(t, r.Dir)
		})
	}
}
