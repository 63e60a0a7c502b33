package steps_test

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
)

// restricted is a computer on which marsfix may not do all.
type restricted struct {
	*rig
	unelevated bool
	owners     error // why owners and rights cannot be read
	shared     bool  // others may write to what is opened strictly
}

func (r restricted) About(ctx context.Context) (computer.About, error) {
	a, err := r.rig.About(ctx)
	a.Elevated = !r.unelevated
	return a, err
}

func (r restricted) Disk() disk.Reader { return restrictedDisk{r.rig.Disk(), r.owners, r.shared} }

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

// Without an administrator's rights nothing is taken back, and the word of a journal whose owner nobody knows is not taken.
func TestUndoWantsRightsAndKnownOwners(t *testing.T) {
	r := repaired(t, "missing")
	refused(t, restricted{rig: r, unelevated: true}, r.dir, "needs-elevation")
	if p := refused(t, restricted{rig: r, owners: errors.New("the domain is away")}, r.dir, "journal-unreadable"); !strings.Contains(p.Message, "the domain is away") {
		t.Errorf("the problem does not tell why: %+v", p)
	}
}

// Without an administrator's rights a walk looks and changes nothing.
func TestNothingIsChangedWithoutRights(t *testing.T) {
	clock := &quickClock{now: start}
	r := newRig(t, "missing", memoryDir(t), clock.Now)
	e := engage(t, restricted{rig: r, unelevated: true}, r.dir, clock)
	e.settle(e.walk.Handle(screen.Press{Key: "s"})) // look around
	before := places(t, r.dir)
	code := e.run()
	if sc := e.walk.Screen(); code != steps.CodeFailed || sc.Step != 6 || e.problem().Code != "needs-elevation" {
		t.Errorf("the walk ended with %d at step %d: %+v", code, sc.Step, sc.Problems)
	}
	e.walk.Close()
	same(t, before, places(t, r.dir))
}

// A wizard that runs already brings a walk without rights as far as the copy, and no further.
func TestNothingIsCopiedWithoutRights(t *testing.T) {
	clock := &quickClock{now: start}
	r := newRig(t, "missing", memoryDir(t), clock.Now)
	e := engage(t, restricted{rig: r, unelevated: true}, r.dir, clock)
	e.settle(e.walk.Handle(screen.Press{Key: "s"})) // look around
	for e.walk.Screen().Step < 6 && e.press() {
		continue
	}
	if _, err := r.Machine.Start(t.Context(), downloads); err != nil {
		t.Fatal(err)
	}
	e.mend()
	before := cacheOf(t, r.dir)
	code := e.run()
	if sc := e.walk.Screen(); code != steps.CodeFailed || sc.Step != 10 || e.problem().Code != "needs-elevation" {
		t.Errorf("the walk ended with %d at step %d: %+v", code, sc.Step, sc.Problems)
	}
	same(t, before, cacheOf(t, r.dir))
}

// A source that others could write to meanwhile is copied and verified like any other, and the screen says so.
func TestASharedSourceIsTold(t *testing.T) {
	for _, shared := range []bool{true, false} {
		clock := &quickClock{now: start}
		r := newRig(t, "missing", memoryDir(t), clock.Now)
		e := engage(t, restricted{rig: r, shared: shared}, r.dir, clock)
		e.until("copy")
		e.press()
		told := false
		for _, row := range e.walk.Screen().Rows {
			told = told || strings.Contains(row.Value, "could not be closed to writers")
		}
		if told != shared || cacheOf(t, r.dir)[targetName] != goodHash(t) {
			t.Errorf("shared %v, told %v: %+v", shared, told, e.walk.Screen().Rows)
		}
	}
}
