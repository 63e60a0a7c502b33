package walk_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/undo"
	"marsfix/steps/walk/walktest"
)

// everyKill in the environment asks for a kill before every single operation of the article's story.
const everyKill = "STEPS_EVERY_KILL"

// fewestKills is how many kill points have to be survived: all of them, or those of a sample.
func fewestKills() int64 {
	switch {
	case walktest.Everything():
		return 300
	case testing.Short():
		return 10
	case walktest.Raced:
		return 30
	}
	return 100
}

// victim walks to the end with Enter and y, unless it is killed.
func victim(t *testing.T, dir, scenario string, before disktest.Before) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, scenario, dir, clock.Now)
	if _, err := r.Machine.Disk().Stat(`C:\Windows`); err != nil { // the computer is there before marsfix is
		t.Fatal(err)
	}
	r.Before = before
	e := walktest.Engage(t, r, dir, clock)
	code := e.Run()
	e.Walk.Close()
	if code != steps.CodeGood {
		t.Fatalf("the walk ended with %d", code)
	}
}

func TestKilledBeforeEveryOperation(t *testing.T) {
	if dir := os.Getenv(walktest.VictimDisk); dir != "" {
		k, err := strconv.Atoi(os.Getenv(walktest.VictimOp))
		if err != nil {
			t.Fatal(err)
		}
		victim(t, dir, os.Getenv(walktest.VictimScenario), disktest.At(k, disktest.Kill))
		return
	}
	var survived atomic.Int64
	t.Run("all", func(t *testing.T) {
		for _, scenario := range []string{"missing", "bad-target", "patch-missing"} {
			var calls []walktest.Call
			victim(t, walktest.MemoryDir(t), scenario, walktest.Record(&calls))
			was := walktest.Untouched(t, scenario)
			for n, k := range worthKilling(scenario, calls) {
				walktest.Row(t, fmt.Sprintf("%s/%d %s", scenario, k, calls[k-1].Op), func(t *testing.T) {
					t.Parallel()
					killed(t, scenario, was, k, walktest.Everything() || n%reallyKilled == 0)
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

// reallyKilled is how many of the kill points of a sample end a process. At the others the walk lives in this process,
// and its disk changes no more: what it would still do is not done.
const reallyKilled = 5

// worthKilling are the operations of the article's story, and of the other, which sets a file aside first, those that
// change something and the one after each. Of many small reads of one file in a row the first and the last are enough,
// unless all are asked for. A sample has every operation that changes something, and of the others every eighth.
func worthKilling(scenario string, calls []walktest.Call) (ks []int) {
	many := os.Getenv(everyKill) == ""
	for i, c := range calls {
		again := i > 0 && i < len(calls)-1 && calls[i-1] == c && calls[i+1] == c && c.Op == disktest.Read
		if scenario != "missing" && !c.Op.Changes() && (i == 0 || !calls[i-1].Op.Changes()) || many && again {
			continue
		}
		if !walktest.Everything() && !c.Op.Changes() && i%8 != 0 {
			continue
		}
		ks = append(ks, i+1)
	}
	return ks
}

// killed lets a victim be killed before its k-th operation, looks at the disk, and starts again on it.
func killed(t *testing.T, scenario string, was walktest.Baseline, k int, really bool) {
	dir := walktest.MemoryDir(t)
	if really {
		killProcess(t, dir, scenario, k)
	} else {
		cutOff(t, dir, scenario, k)
	}
	leftover := afterKill(t, dir, was)

	r, e := restart(t, scenario, dir)
	was.SameForeign(t, r.Dir)
	untilSwept(e, leftover)
	if code := e.Run(); code != steps.CodeGood {
		t.Errorf("started again it ended with %d: %+v", code, e.Walk.Screen().Problems)
	}
	e.Walk.Close()
	repaired(was, t, r.Dir)
	takeBack(t, r)
	was.AsBefore(t, r.Dir)
}

// cutOff walks until the disk answers nothing any more, from its k-th operation on.
func cutOff(t *testing.T, dir, scenario string, k int) {
	t.Helper()
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, scenario, dir, clock.Now)
	if _, err := r.Machine.Disk().Stat(`C:\Windows`); err != nil {
		t.Fatal(err)
	}
	n := 0
	r.Before = func(op disktest.Op, path string) error {
		if n++; n < k {
			return nil
		}
		return &fs.PathError{Op: string(op), Path: path, Err: errCutOff}
	}
	e := walktest.Engage(t, r, dir, clock)
	for n < k && !e.Walk.Screen().Left && e.Press() {
		continue
	}
	e.Walk.Close()
	if n < k {
		t.Fatalf("it was not cut off: %d operations", n)
	}
}

var errCutOff = errors.New("cut off")

// killProcess walks in a process of its own, which ends before the k-th operation.
func killProcess(t *testing.T, dir, scenario string, k int) {
	t.Helper()
	child := exec.Command(os.Args[0], "-test.run=^TestKilledBeforeEveryOperation$")
	child.Env = append(os.Environ(), walktest.VictimDisk+"="+dir, walktest.VictimScenario+"="+scenario,
		walktest.VictimOp+"="+strconv.Itoa(k))
	out, err := child.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || strings.Contains(string(out), "--- FAIL") {
		t.Fatalf("it was not killed: %v\n%s", err, out)
	}
}

// afterKill asserts what a killed marsfix may leave behind, and gives the names of temporary files.
func afterKill(t *testing.T, dir string, was walktest.Baseline) (leftover []string) {
	t.Helper()
	was.SameForeign(t, dir)
	for name, hash := range walktest.CacheOf(t, dir) {
		switch {
		case was.Cache[name] == hash, name == was.Target && hash == was.Good:
		case strings.HasPrefix(name, was.Target+".marsfix-") && hash == was.Cache[was.Target]:
		case walktest.Temporary(name):
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
func restart(t *testing.T, scenario, left string) (*walktest.Rig, *walktest.Engineer) {
	t.Helper()
	r := walktest.Reopened(t, scenario, left)
	return r, walktest.Engage(t, r, r.Dir, &walktest.QuickClock{At: walktest.Began.Add(time.Hour)})
}

// untilSwept walks on until leftovers are named and have been removed.
func untilSwept(e *walktest.Engineer, leftover []string) {
	e.T.Helper()
	if len(leftover) == 0 {
		return
	}
	e.Until("copy")
	for _, name := range leftover {
		named := false
		for _, r := range e.Walk.Screen().Rows {
			named = named || r.Label == "leftover" && strings.HasSuffix(r.Value, `\`+name)
		}
		if !named {
			e.T.Errorf("%s is not named: %+v", name, e.Walk.Screen().Rows)
		}
	}
	e.Sweep()
	for name := range walktest.CacheOf(e.T, e.Disk) {
		if walktest.Temporary(name) {
			e.T.Errorf("%s is still there after it was removed", name)
		}
	}
}

// takeBack undoes the repair: the journal knows of it whenever marsfix was killed.
func takeBack(t *testing.T, r *walktest.Rig) {
	t.Helper()
	ctx, now := t.Context(), walktest.Began.Add(2*time.Hour)
	u, p := undo.Find(ctx, r, now)
	if p != nil {
		t.Fatalf("there is nothing to take back: %+v", p)
	}
	if p := undo.Undo(ctx, r, u, now); p != nil {
		t.Errorf("taking back came to %+v", p)
	}
}
