package walk_test

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
	"marsfix/steps/walk/walktest"
	"marsfix/ui"
)

// killPlan in the environment makes the test below a walk in plain mode, as main walks a practice computer, over a disk
// that ends the process before the so-many-th change. "0" lets it live and prints each change.
const (
	killPlan = "MARSFIX_KILL_BEFORE_CHANGE"
	killDisk = "MARSFIX_KILL_DISK"
)

// fewestChanges is how many changes a walk makes at least: those of the copy, of the two starts, and of the journal
// around them.
const fewestChanges = 50

// breaking is a practice computer whose disk can break under marsfix, and not under the computer itself.
type breaking struct {
	*practice.Machine
	disk *disktest.Hooked
}

func (b breaking) Disk() disk.Reader { return b.disk }

func (b breaking) Writer() disk.Writer { return b.disk }

// doomed walks in plain mode with what stands on standard input, in a process that ends in the middle of it.
func doomed(t *testing.T, plan string) {
	k, err := strconv.Atoi(plan)
	if err != nil {
		t.Fatal(err)
	}
	var one sync.Mutex
	n := 0
	before := func(op disktest.Op, path string) error {
		if !op.Changes() {
			return nil
		}
		one.Lock() // operations of the walk and of its journal are counted in the order in which they come
		defer one.Unlock()
		if n++; n == k {
			return disktest.Kill(op, path)
		}
		if k == 0 {
			fmt.Fprintln(os.Stderr, op, path)
		}
		return nil
	}
	m, err := practice.New(practice.Options{Keep: os.Getenv(killDisk)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Disk().Stat(`C:\Windows`); err != nil { // the computer is there before marsfix is
		t.Error(err)
	}
	w := walk.New(t.Context(), breaking{m, disktest.New(m.Disk().(disk.Disk), before)},
		walk.Options{Clock: screen.SystemClock{}, Version: "test"})
	code, err := ui.Show(t.Context(), w, ui.Options{Plain: true, In: os.Stdin, Text: os.Stdout, OpenLog: w.Open})
	w.Close()
	told := w.SaveReport(t.Context(), "")
	if err := errors.Join(err, m.Close()); code != steps.CodeGood || len(told) != 1 || err != nil {
		t.Errorf("code %d, %v, %q", code, err, told)
	}
}

// killedCode is the exit code of a process that was killed: on Windows that of TerminateProcess, elsewhere a signal's.
var killedCode = map[bool]int{true: 1, false: -1}[runtime.GOOS == "windows"]

// walkDoomed walks the article's story to its end, or until it is killed, and gives what it said of its changes.
func walkDoomed(t *testing.T, dir string, k int) (said []byte, killed bool) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestPlainModeKilledBeforeEachChange$")
	cmd.Env = append(os.Environ(), killPlan+"="+strconv.Itoa(k), killDisk+"="+dir)
	cmd.Stdin = strings.NewReader(strings.Repeat("y\n", 12))
	said, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return said, false
	case errors.As(err, &exit) && exit.ExitCode() == killedCode:
		return said, true
	}
	t.Fatalf("%v\n%s", err, said)
	return nil, false
}

// A process that walks in plain mode, killed before each of its changes to the disk, leaves nothing, a temporary file
// or the whole package, and every other file as it was.
func TestPlainModeKilledBeforeEachChange(t *testing.T) {
	if plan := os.Getenv(killPlan); plan != "" {
		doomed(t, plan)
		return
	}
	t.Parallel()
	dir := walktest.MemoryDir(t)
	said, killed := walkDoomed(t, dir, 0)
	whole := walktest.CacheOf(t, dir)
	const target = "7b5ea8.msi"
	if killed || whole[target] == "" {
		t.Fatalf("undisturbed it came to %v\n%s", whole, said)
	}
	changes := 0
	for _, op := range []disktest.Op{disktest.Create, disktest.Append, disktest.Rename, disktest.Remove,
		disktest.MakeFolder, disktest.MakePrivate,
		disktest.RemoveFolder, disktest.Write, disktest.Sync} {
		changes += strings.Count("\n"+string(said), "\n"+string(op)+" C:")
	}
	if changes < fewestChanges {
		t.Fatalf("%d changes only:\n%s", changes, said)
	}
	for k := 1; k <= changes; k++ {
		if k%3 != 1 && !walktest.Everything() { // every change has its turn in TestKilledBeforeEveryOperation
			continue
		}
		t.Run(strconv.Itoa(k), func(t *testing.T) {
			t.Parallel()
			dir := walktest.MemoryDir(t)
			// the last may be a flush more or less of the journal
			if _, killed := walkDoomed(t, dir, k); !killed && k < changes-5 {
				t.Fatal("it was not killed")
			}
			left := 0
			now := walktest.CacheOf(t, dir)
			for name, hash := range now {
				temporary, err := filepath.Match("marsfix-????????????????.msi", name)
				switch {
				case err != nil:
					t.Fatal(err)
				case temporary:
					left++
				case hash != whole[name]:
					t.Errorf("%s is %s, want %s", name, hash, whole[name])
				}
			}
			for name := range whole {
				if now[name] == "" && name != target {
					t.Errorf("%s is gone", name)
				}
			}
			if left > 1 {
				t.Errorf("%d temporary files are left", left)
			}
		})
	}
}
