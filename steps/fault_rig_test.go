package steps_test

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk"
)

// everything reports whether this run has to hold all there is, as before a change lands: soak loops at full length, every point of a
// table, real browsers. Other runs take samples of the same kinds, so that they end within a minute.
func everything() bool { return os.Getenv("CI") == "true" }

// rig is a practice computer with a function before every operation that marsfix does on its disk, one at a time. What the computer itself does
// to its files (its installer, its upgrade) is not asked about.
type rig struct {
	*practice.Machine
	dir    string
	hooked *disktest.Hooked
	before disktest.Before // nil: nothing happens
	one    sync.Mutex
}

func (r *rig) Disk() disk.Reader { return r.hooked }

func (r *rig) Writer() disk.Writer { return r.hooked }

// About says nothing of practice: it stands for a real computer.
func (r *rig) About(ctx context.Context) (computer.About, error) {
	a, err := r.Machine.About(ctx)
	a.Label = ""
	return a, err
}

// newRig makes the computer of a scenario on a disk of its own.
func newRig(t *testing.T, scenario, dir string, now func() time.Time) *rig {
	t.Helper()
	m, err := practice.New(practice.Options{Scenario: scenario, Keep: dir, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	r := &rig{Machine: m, dir: dir}
	r.hooked = disktest.New(m.Disk().(disk.Disk), func(op disktest.Op, path string) error {
		r.one.Lock()
		defer r.one.Unlock()
		if r.before == nil {
			return nil
		}
		return r.before(op, path)
	})
	return r
}

// host is where a path of the computer lies on this system.
func (r *rig) host(path string) string {
	return filepath.Join(r.dir, path[:1], filepath.FromSlash(strings.ReplaceAll(path[2:], `\`, "/")))
}

// engage begins a walk on a computer, settled on its first screen.
func engage(t *testing.T, m computer.Machine, dir string, clock steps.Clock) *engineer {
	t.Helper()
	w := walk.New(context.Background(), m, walk.Options{Clock: clock, Version: "test"})
	t.Cleanup(w.Close)
	e := &engineer{t: t, walk: w, disk: dir, types: true}
	e.settle(w.Begin())
	return e
}

// memoryDir is a temporary folder, in memory where this system has such a place: these tests flush thousands of times.
func memoryDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "marsfix-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// onRig is engage on a fresh computer.
func onRig(t *testing.T, scenario string) (*rig, *engineer) {
	t.Helper()
	clock := &quickClock{now: time.Now()}
	r := newRig(t, scenario, memoryDir(t), clock.Now)
	return r, engage(t, r, r.dir, clock)
}

// until walks with Enter and y to the question with this verb.
func (e *engineer) until(verb string) {
	e.t.Helper()
	for range 60 {
		sc := e.walk.Screen()
		if sc.Question != nil && sc.Question.Verb == verb {
			return
		}
		if !e.press() {
			break
		}
	}
	sc := e.walk.Screen()
	e.t.Fatalf("no question %q: step %d %s is %v: %+v %+v", verb, sc.Step, sc.Title, sc.State, sc.Problems, sc.Actions)
}

// act answers the standing question with y and does the act, with before ahead of each of its operations, the journal's included;
// then the walk goes on undisturbed until it waits.
func (e *engineer) act(r *rig, before disktest.Before) {
	e.t.Helper()
	tasks := e.walk.Handle(screen.Answer{Yes: true})
	if len(tasks) != 1 {
		e.t.Fatalf("%d tasks came of y, want 1", len(tasks))
	}
	r.before = before
	ev := tasks[0]()
	r.before = nil
	e.settle(e.walk.Handle(ev))
}

// problem is the problem that stands first on the screen; its code is empty when there is none.
func (e *engineer) problem() screen.Problem {
	if ps := e.walk.Screen().Problems; len(ps) > 0 {
		return ps[0]
	}
	return screen.Problem{}
}

// shows tells whether a problem with this code is on the screen.
func (e *engineer) shows(code string) bool {
	return slices.ContainsFunc(e.walk.Screen().Problems, func(p screen.Problem) bool { return p.Code == code })
}

// call is one operation of a disk.
type call struct {
	op   disktest.Op
	path string
}

// recorder is a Before that keeps what was asked.
func recorder(calls *[]call) disktest.Before {
	return func(op disktest.Op, path string) error {
		*calls = append(*calls, call{op, path})
		return nil
	}
}

// places are the files of a folder of this system by their relative path, with the hash of their content; a link with where
// it leads.
func places(t *testing.T, dir string) map[string]string {
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
		found[name] = hashed(content)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func hashed(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}

// cacheOf are the files of a computer's cache folder with the hash of their content.
func cacheOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	return places(t, filepath.Join(dir, "C", "Windows", "Installer"))
}

// temporary tells whether a name is that of a copy that has not got its own yet.
func temporary(name string) bool {
	ok, err := filepath.Match("marsfix-????????????????.msi", name)
	return err == nil && ok
}
