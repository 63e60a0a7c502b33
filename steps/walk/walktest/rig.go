package walktest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"hash/crc32"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/practice"
	"marsfix/steps/walk"
)

// Everything reports whether this run has to hold all there is, as before a change lands: soak loops at full length,
// every point of a table. Other runs take samples of the same kinds, so that they end within a minute.
// The race detector watches samples only, which go the same ways: with it a row takes five times as long.
func Everything() bool { return os.Getenv("CI") == "true" && !Raced }

// These tests make hundreds of small computers that live for a moment: collecting four times as rarely saves a third of
// their processor time, and they hold 370 MB at most instead of 150.
func init() { debug.SetGCPercent(400) }

// Row runs a row of a long table as a subtest. With -short one row in thirteen stands for the others, the same ones
// each time: Wine runs these tests too, and takes six times as long for each. Under the race detector it is one in
// three.
func Row(t *testing.T, name string, f func(t *testing.T)) {
	t.Helper()
	oneIn := uint32(1)
	switch {
	case testing.Short():
		oneIn = 13
	case Raced:
		oneIn = 3
	}
	if crc32.ChecksumIEEE([]byte(name))%oneIn != 0 {
		return
	}
	t.Run(name, f)
}

// Rig is a practice computer with a function before every operation that marsfix does on its disk, one at a time. What
// the computer itself does to its files (its installer, its upgrade) is not asked about.
type Rig struct {
	*practice.Machine
	Scenario string
	Dir      string
	hooked   *disktest.Hooked
	Before   disktest.Before // nil: nothing happens
	one      sync.Mutex
}

func (r *Rig) Disk() disk.Reader { return r.hooked }

func (r *Rig) Writer() disk.Writer { return r.hooked }

// About says nothing of practice: it stands for a real computer.
func (r *Rig) About(ctx context.Context) (computer.About, error) {
	a, err := r.Machine.About(ctx)
	a.Label = ""
	return a, err
}

// Computer is a practice computer of the article's story, its disk made, and the folder that this lies in.
func Computer(t *testing.T) (m *practice.Machine, dir string) {
	t.Helper()
	dir = MemoryDir(t)
	m = practise(t, practice.Options{Keep: dir, Now: time.Now})
	if _, err := m.Products(t.Context()); err != nil { // makes its disk
		t.Fatal(err)
	}
	return m, dir
}

// practise is a practice computer that is closed with the test.
func practise(t *testing.T, o practice.Options) *practice.Machine {
	t.Helper()
	m, err := practice.New(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	return m
}

// NewRig makes the computer of a scenario on a disk of its own.
func NewRig(t *testing.T, scenario, dir string, now func() time.Time) *Rig {
	t.Helper()
	m := practise(t, practice.Options{Scenario: scenario, Keep: dir, Now: now})
	r := &Rig{Machine: m, Scenario: scenario, Dir: dir}
	r.hooked = disktest.New(m.Disk().(disk.Disk), func(op disktest.Op, path string) error {
		r.one.Lock()
		defer r.one.Unlock()
		if r.Before == nil {
			return nil
		}
		return r.Before(op, path)
	})
	return r
}

// Host is where a path of the computer lies on this system.
func (r *Rig) Host(path string) string {
	return filepath.Join(r.Dir, path[:1], filepath.FromSlash(strings.ReplaceAll(path[2:], `\`, "/")))
}

// Engage begins a walk on a computer, settled on its first screen.
func Engage(t *testing.T, m computer.Machine, dir string, clock walk.Clock) *Engineer {
	t.Helper()
	w := walk.New(context.Background(), m, walk.Options{Clock: clock, Version: "test"})
	t.Cleanup(w.Close)
	e := &Engineer{T: t, Walk: w, Disk: dir, Types: true}
	e.Settle(w.Begin())
	return e
}

// memory is where this system keeps files in memory; a container may have 64 MB of it, too little for all at once.
const memory, enough = "/dev/shm", 512 << 20

// MemoryDir is a temporary folder, in memory where this system has such a place: these tests flush thousands of times.
func MemoryDir(t *testing.T) string {
	t.Helper()
	free, err := disk.NewLocal().Free(memory)
	if err != nil || free < enough {
		return t.TempDir()
	}
	dir, err := os.MkdirTemp(memory, "marsfix-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		// What a walk leaves to others when it is left may still hold a folder, which Windows then does not remove.
		err := os.RemoveAll(dir)
		for end := time.Now().Add(Hanging); err != nil && runtime.GOOS == "windows" &&
			time.Now().Before(end); err = os.RemoveAll(dir) {
			time.Sleep(50 * time.Millisecond)
		}
		if err != nil {
			t.Error(err)
		}
	})
	return dir
}

// OnRig is engage on a fresh computer.
func OnRig(t *testing.T, scenario string) (*Rig, *Engineer) {
	t.Helper()
	clock := &QuickClock{At: time.Now()}
	r := NewRig(t, scenario, MemoryDir(t), clock.Now)
	return r, Engage(t, r, r.Dir, clock)
}

// Call is one operation of a disk.
type Call struct {
	Op   disktest.Op
	Path string
}

// Record is a Before that keeps what was asked.
func Record(calls *[]Call) disktest.Before {
	return func(op disktest.Op, path string) error {
		*calls = append(*calls, Call{op, path})
		return nil
	}
}

// Places are the files of a folder of this system by their relative path, with the hash of their content; a link with
// where it leads.
func Places(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		if d.Type()&fs.ModeSymlink != 0 {
			to, err := os.Readlink(path)
			found[name] = "-> " + to
			return err
		}
		content, err := os.ReadFile(path)
		found[name] = Hashed(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func Hashed(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// CacheOf are the files of a computer's cache folder with the hash of their content.
func CacheOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	return Places(t, filepath.Join(dir, "C", "Windows", "Installer"))
}

// Temporary reports whether a name is that of a copy that has not got its own yet.
func Temporary(name string) bool {
	ok, err := filepath.Match("marsfix-????????????????.ms[ip]", name)
	return err == nil && ok
}

// Hanging is when a test gives up on something that should need no time at all.
const Hanging = 20 * time.Second
