package steps_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/undo"
)

// The test binary is its own victim: with these set it walks a practice computer in this folder and is killed before the given
// operation of its disk.
const (
	victimDisk     = "STEPS_VICTIM_DISK"
	victimScenario = "STEPS_VICTIM_SCENARIO"
	victimOp       = "STEPS_VICTIM_OP"
)

// everyKill in the environment asks for a kill before every single operation of the article's story.
const everyKill = "STEPS_EVERY_KILL"

// fewestKills is how many kill points have to be survived: all of them, or those of a sample.
func fewestKills() int64 {
	if everything() {
		return 300
	}
	return 100
}

// victim walks to the end with Enter and y, unless it is killed.
func victim(t *testing.T, dir, scenario string, before disktest.Before) {
	clock := &quickClock{now: start}
	r := newRig(t, scenario, dir, clock.Now)
	if _, err := r.Machine.Disk().Stat(`C:\Windows`); err != nil { // the computer is there before marsfix is
		t.Fatal(err)
	}
	r.before = before
	e := engage(t, r, dir, clock)
	code := e.run()
	e.walk.Close()
	if code != steps.CodeGood {
		t.Fatalf("the walk ended with %d", code)
	}
}

func TestKilledBeforeEveryOperation(t *testing.T) {
	if dir := os.Getenv(victimDisk); dir != "" {
		k, err := strconv.Atoi(os.Getenv(victimOp))
		if err != nil {
			t.Fatal(err)
		}
		victim(t, dir, os.Getenv(victimScenario), disktest.At(k, disktest.Kill))
		return
	}
	var survived atomic.Int64
	t.Run("all", func(t *testing.T) {
		for _, scenario := range []string{"missing", "bad-target"} {
			var calls []call
			victim(t, memoryDir(t), scenario, recorder(&calls))
			for _, k := range worthKilling(scenario, calls) {
				t.Run(fmt.Sprintf("%s/%d %s", scenario, k, calls[k-1].op), func(t *testing.T) {
					t.Parallel()
					killed(t, scenario, k)
					survived.Add(1)
				})
			}
		}
	})
	t.Logf("%d kill points survived", survived.Load())
	if n := survived.Load(); n < fewestKills() {
		t.Errorf("%d kill points, want at least %d", n, fewestKills())
	}
}

// worthKilling are the operations of the article's story, and of the other, which sets a file aside first, those that change something
// and the one after each. Of many small reads of one file in a row the first and the last are enough, unless all are asked for. A sample
// has every operation that changes something, and of the others every eighth.
func worthKilling(scenario string, calls []call) (ks []int) {
	many := os.Getenv(everyKill) == ""
	for i, c := range calls {
		again := i > 0 && i < len(calls)-1 && calls[i-1] == c && calls[i+1] == c && c.op == disktest.Read
		if scenario != "missing" && !c.op.Changes() && (i == 0 || !calls[i-1].op.Changes()) || many && again {
			continue
		}
		if !everything() && !c.op.Changes() && i%8 != 0 {
			continue
		}
		ks = append(ks, i+1)
	}
	return ks
}

// killed lets a victim be killed before its k-th operation, looks at the disk, and starts again on it.
func killed(t *testing.T, scenario string, k int) {
	dir := memoryDir(t)
	child := exec.Command(os.Args[0], "-test.run=^TestKilledBeforeEveryOperation$")
	child.Env = append(os.Environ(), victimDisk+"="+dir, victimScenario+"="+scenario, victimOp+"="+strconv.Itoa(k))
	out, err := child.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || strings.Contains(string(out), "--- FAIL") {
		t.Fatalf("it was not killed: %v\n%s", err, out)
	}
	was := untouched(t, scenario)
	leftover := afterKill(t, dir, was)

	r, e := restart(t, scenario, dir)
	was.sameForeign(t, r.dir)
	e.untilSwept(leftover)
	if code := e.run(); code != steps.CodeGood {
		t.Errorf("started again it ended with %d: %+v", code, e.walk.Screen().Problems)
	}
	e.walk.Close()
	was.repaired(t, r.dir)
	takeBack(t, r)
	was.asBefore(t, r.dir)
}

// afterKill asserts what a killed marsfix may leave behind, and gives the names of temporary files.
func afterKill(t *testing.T, dir string, was baseline) (leftover []string) {
	t.Helper()
	was.sameForeign(t, dir)
	for name, hash := range cacheOf(t, dir) {
		switch {
		case was.cache[name] == hash, name == targetName && hash == was.good:
		case strings.HasPrefix(name, targetName+".marsfix-") && hash == was.cache[targetName]:
		case temporary(name):
			leftover = append(leftover, name)
		default:
			t.Errorf("it left %s with %s", name, hash)
		}
	}
	if len(leftover) > 1 {
		t.Errorf("it left %v", leftover)
	}
	return leftover
}

// restart begins a walk on the same computer an hour later, on the disk that was left.
func restart(t *testing.T, scenario, left string) (*rig, *engineer) {
	t.Helper()
	r := reopened(t, scenario, left)
	return r, engage(t, r, r.dir, &quickClock{now: start.Add(time.Hour)})
}

// reopened is the same computer on the disk that was left.
func reopened(t *testing.T, scenario, left string) *rig {
	t.Helper()
	clock := &quickClock{now: start.Add(time.Hour)}
	r := newRig(t, scenario, memoryDir(t), clock.Now)
	if _, err := r.Machine.Disk().Stat(`C:\Windows`); err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(r.dir, "C")
	if err := errors.Join(os.RemoveAll(own), os.Rename(filepath.Join(left, "C"), own)); err != nil {
		t.Fatal(err)
	}
	return r
}

// untilSwept walks on until leftovers are named and have been removed.
func (e *engineer) untilSwept(leftover []string) {
	e.t.Helper()
	if len(leftover) == 0 {
		return
	}
	e.until("copy")
	for _, name := range leftover {
		named := false
		for _, r := range e.walk.Screen().Rows {
			named = named || r.Label == "leftover" && strings.HasSuffix(r.Value, `\`+name)
		}
		if !named {
			e.t.Errorf("%s is not named: %+v", name, e.walk.Screen().Rows)
		}
	}
	e.sweep()
	for name := range cacheOf(e.t, e.disk) {
		if temporary(name) {
			e.t.Errorf("%s is still there after it was removed", name)
		}
	}
}

// takeBack undoes the repair: the journal knows of it whenever marsfix was killed.
func takeBack(t *testing.T, r *rig) {
	t.Helper()
	ctx, now := t.Context(), start.Add(2*time.Hour)
	u, p := undo.Find(ctx, r, now)
	if p != nil {
		t.Fatalf("there is nothing to take back: %+v", p)
	}
	if p := undo.Undo(ctx, r, u, "test", now); p != nil {
		t.Errorf("taking back came to %+v", p)
	}
}
