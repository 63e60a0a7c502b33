package steps_test

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
)

// undoOps are the operations of taking back a copy for which a file was set aside.
func undoOps(t *testing.T) (calls []call) {
	t.Helper()
	r := repaired(t, "bad-target")
	u := find(t, r)
	r.before = recorder(&calls)
	if p := undo.Undo(t.Context(), r, u, "test", after); p != nil {
		t.Fatal(p)
	}
	if len(calls) < 12 {
		t.Fatalf("undo does only %v", calls)
	}
	return calls
}

func TestEveryFaultOfUndo(t *testing.T) {
	was := untouched(t, "bad-target")
	for i, c := range undoOps(t) {
		for _, w := range ways {
			if w.short && c.op != disktest.Write {
				continue
			}
			t.Run(fmt.Sprintf("%d %s/%s", i+1, c.op, w.name), func(t *testing.T) {
				r := repaired(t, "bad-target")
				u := find(t, r)
				var calls []call
				r.before = failing(i+1, w.cause, w.short, &calls)
				p := undo.Undo(t.Context(), r, u, "test", after)
				r.before = nil
				if p == nil && c.op.Changes() {
					t.Errorf("%s of %s failed, and nobody was told", c.op, c.path)
				}
				if p != nil && (!strings.Contains(p.Message, w.cause.Error()) || !strings.Contains(p.Message, `"C:\`)) {
					t.Errorf("the problem does not tell what failed where: %+v", p)
				}
				was.halfway(t, r.dir)
				if u, p := undo.Find(t.Context(), r, after); p == nil {
					if p := undo.Undo(t.Context(), r, u, "test", after); p != nil {
						t.Errorf("with the disk well again: %+v", p)
					}
				} else if unwritten := slices.Contains([]disktest.Op{disktest.Write, disktest.Append, disktest.MakePrivate}, c.op) && p.Code == "not-ours"; p.Code != "nothing-to-undo" && !unwritten {
					t.Errorf("with the disk well again: %+v", p)
				}
				was.asBefore(t, r.dir)
				was.sameForeign(t, r.dir)
			})
		}
	}
}

// halfway asserts that, wherever undo stopped, the copy is there whole or not at all, and what was set aside is there once.
func (b baseline) halfway(t *testing.T, dir string) {
	t.Helper()
	b.sameForeign(t, dir)
	kept := 0
	for name, hash := range cacheOf(t, dir) {
		switch {
		case strings.HasPrefix(name, targetName) && hash == b.cache[targetName]:
			kept++
		case name == targetName && hash == b.good, b.cache[name] == hash:
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
	if dir := os.Getenv(victimDisk); dir != "" {
		k, err := strconv.Atoi(os.Getenv(victimOp))
		if err != nil {
			t.Fatal(err)
		}
		clock := &quickClock{now: start}
		r := newRig(t, "bad-target", dir, clock.Now)
		e := engage(t, r, dir, clock)
		e.run()
		e.walk.Close()
		u := find(t, r)
		r.before = disktest.At(k, disktest.Kill)
		t.Fatalf("it outlived its undo: %+v", undo.Undo(t.Context(), r, u, "test", after))
	}
	was := untouched(t, "bad-target")
	for i, c := range undoOps(t) {
		t.Run(fmt.Sprintf("%d %s", i+1, c.op), func(t *testing.T) {
			t.Parallel()
			dir := memoryDir(t)
			child := exec.Command(os.Args[0], "-test.run=^TestKilledDuringUndo$")
			child.Env = append(os.Environ(), victimDisk+"="+dir, victimScenario+"=bad-target", victimOp+"="+strconv.Itoa(i+1))
			out, err := child.CombinedOutput()
			var exit *exec.ExitError
			if !errors.As(err, &exit) || strings.Contains(string(out), "--- FAIL") {
				t.Fatalf("it was not killed: %v\n%s", err, out)
			}
			was.halfway(t, dir)
			r := reopened(t, "bad-target", dir)
			if u, p := undo.Find(t.Context(), r, after); p == nil {
				if p := undo.Undo(t.Context(), r, u, "test", after); p != nil {
					t.Errorf("asked for again: %+v", p)
				}
			} else if p.Code != "nothing-to-undo" {
				t.Errorf("asked for again: %+v", p)
			}
			was.asBefore(t, r.dir)
		})
	}
}
