package walktest

import (
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/journal"
	"marsfix/steps/screen"
	"marsfix/steps/undo"
)

// DayAfter is when undo is asked for.
var DayAfter = Began.Add(24 * time.Hour)

// Repaired is a computer on which a walk has gone through.
func Repaired(t *testing.T, scenario string) *Rig {
	t.Helper()
	clock := &QuickClock{At: Began}
	r := NewRig(t, scenario, MemoryDir(t), clock.Now)
	e := Engage(t, r, r.Dir, clock)
	if code := e.Run(); code != steps.CodeGood {
		t.Fatalf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
	}
	e.Walk.Close()
	return r
}

// FindUndo looks for what can be taken back.
func FindUndo(t *testing.T, m computer.Looker) undo.Undoable {
	t.Helper()
	u, p := undo.Find(t.Context(), m, DayAfter)
	if p != nil {
		t.Fatalf("nothing can be taken back: %+v", p)
	}
	return u
}

// RefusesUndo asserts that undo finds nothing, with this code, and that the cache folder stays as it is.
func RefusesUndo(t *testing.T, m computer.Looker, dir string, code screen.Code) *screen.Told {
	t.Helper()
	before := Places(t, dir)
	u, p := undo.Find(t.Context(), m, DayAfter)
	if p == nil || p.Code != code || p.Hint == "" {
		t.Fatalf("undo came to %+v, %+v, want %s", u, p, code)
	}
	Same(t, before, Places(t, dir))
	return p
}

// Same asserts that two looks at files tell the same.
func Same(t *testing.T, before, now map[string]string) {
	t.Helper()
	for name, hash := range before {
		if now[name] != hash {
			t.Errorf("%s was %s and is %q", name, hash, now[name])
		}
	}
	for name := range now {
		if _, was := before[name]; !was {
			t.Errorf("%s is new", name)
		}
	}
}

// Records are those of a journal whose lines are all whole.
func Records(t *testing.T, r *Rig) (rs []journal.Record) {
	t.Helper()
	content, err := os.ReadFile(r.Host(OwnJournal))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
		var rec journal.Record
		if err := json.Unmarshal([]byte(line), &rec); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		rs = append(rs, rec)
	}
	return rs
}

// Foreign is a computer on which some paths belong to somebody else.
type Foreign struct {
	*Rig
	Paths string
}

type foreignDisk struct {
	disk.Reader
	paths string
}

func (f Foreign) Disk() disk.Reader { return foreignDisk{f.Rig.Disk(), f.Paths} }

func (d foreignDisk) Owner(path string) (disk.Owner, error) {
	if strings.HasSuffix(path, d.paths) {
		return disk.Owner{Name: `SRV\intern`, Trust: disk.NotAdmin}, nil
	}
	return d.Reader.Owner(path)
}

func (d foreignDisk) OpenPrivate(path string) (disk.PrivateReader, error) {
	if strings.HasSuffix(path, d.paths) {
		return nil, theirs(path)
	}
	dir, err := d.Reader.OpenPrivate(path)
	if err != nil {
		return nil, err
	}
	return foreignFolder{dir, d.paths}, nil
}

type foreignFolder struct {
	disk.PrivateReader
	paths string
}

func (f foreignFolder) Open(name string) (disk.File, error) {
	if path := f.Path() + `\` + name; strings.HasSuffix(path, f.paths) {
		return nil, theirs(path)
	}
	return f.PrivateReader.Open(name)
}

// theirs is what is said of something that belongs to somebody else.
func theirs(path string) error {
	return &fs.PathError{Op: "open", Path: path, Err: &disk.NotPrivateError{Flaw: disk.ForeignOwner, Who: `SRV\intern`}}
}
