package walk_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// restricted is a computer on which marsfix may not do all.
type restricted struct {
	*walktest.Rig
	unelevated bool
	owners     error // why owners and rights cannot be read
	shared     bool  // others may write to what is opened strictly
}

func (r restricted) About(ctx context.Context) (computer.About, error) {
	a, err := r.Rig.About(ctx)
	a.Elevated = !r.unelevated
	return a, err
}

func (r restricted) Disk() disk.Reader { return restrictedDisk{r.Rig.Disk(), r.owners, r.shared} }

type restrictedDisk struct {
	disk.Reader
	owners error
	shared bool
}

func (d restrictedDisk) Owner(path string) (disk.Owner, error) {
	if d.owners != nil {
		return disk.Owner{}, d.owners
	}
	return d.Reader.Owner(path)
}

func (d restrictedDisk) OpenPrivate(path string) (disk.PrivateReader, error) {
	if d.owners != nil {
		return nil, &fs.PathError{Op: "open", Path: path, Err: d.owners}
	}
	return d.Reader.OpenPrivate(path)
}

func (d restrictedDisk) OpenStrict(path string) (disk.File, bool, error) {
	f, shared, err := d.Reader.OpenStrict(path)
	return f, shared || d.shared, err
}

// Without an administrator's rights nothing is taken back, and the word of a journal whose owner nobody knows is not
// taken.
func TestUndoWantsRightsAndKnownOwners(t *testing.T) {
	r := walktest.Repaired(t, "missing")
	walktest.RefusesUndo(t, restricted{Rig: r, unelevated: true}, r.Dir, "needs-elevation")
	if p := walktest.RefusesUndo(t, restricted{Rig: r, owners: errors.New("the domain is away")}, r.Dir,
		"journal-unreadable"); !strings.Contains(p.Message, "the domain is away") {
		t.Errorf("the problem does not tell why: %+v", p)
	}
}

// Without an administrator's rights a walk looks and changes nothing.
func TestNothingIsChangedWithoutRights(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, restricted{Rig: r, unelevated: true}, r.Dir, clock)
	e.Settle(e.Walk.Handle(screen.Press{Key: "s"})) // look around
	before := walktest.Places(t, r.Dir)
	code := e.Run()
	if sc := e.Walk.Screen(); code != steps.CodeFailed || sc.Step != 6 || e.Problem().Code != "needs-elevation" {
		t.Errorf("the walk ended with %d at step %d: %+v", code, sc.Step, sc.Problems)
	}
	e.Walk.Close()
	walktest.Same(t, before, walktest.Places(t, r.Dir))
}

// A wizard that runs already brings a walk without rights as far as the copy, and no further.
func TestNothingIsCopiedWithoutRights(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, restricted{Rig: r, unelevated: true}, r.Dir, clock)
	e.Settle(e.Walk.Handle(screen.Press{Key: "s"})) // look around
	for e.Walk.Screen().Step < 6 && e.Press() {
		continue
	}
	if _, err := r.Machine.Start(t.Context(), walktest.Downloads); err != nil {
		t.Fatal(err)
	}
	e.Mend()
	before := walktest.CacheOf(t, r.Dir)
	code := e.Run()
	if sc := e.Walk.Screen(); code != steps.CodeFailed || sc.Step != 10 || e.Problem().Code != "needs-elevation" {
		t.Errorf("the walk ended with %d at step %d: %+v", code, sc.Step, sc.Problems)
	}
	walktest.Same(t, before, walktest.CacheOf(t, r.Dir))
}

// A source that others could write to meanwhile is copied and verified like any other, and the screen says so.
func TestASharedSourceIsTold(t *testing.T) {
	for _, shared := range []bool{true, false} {
		clock := &walktest.QuickClock{At: walktest.Began}
		r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
		e := walktest.Engage(t, restricted{Rig: r, shared: shared}, r.Dir, clock)
		e.Until("copy")
		e.Press()
		told := false
		for _, row := range e.Walk.Screen().Rows {
			told = told || strings.Contains(row.Value, "could write to the source")
		}
		if told != shared || walktest.CacheOf(t, r.Dir)[walktest.TargetName] != walktest.GoodHash(t) {
			t.Errorf("shared %v, told %v: %+v", shared, told, e.Walk.Screen().Rows)
		}
	}
}
