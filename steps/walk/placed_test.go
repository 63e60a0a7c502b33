package walk_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// placed is a computer that keeps more places in which a patch may lie, and judges its signature.
type placed struct {
	*walktest.World
	cleaners []string
	signs    *computer.Signature // of every .msp; nil: as it is
}

func (c placed) About(ctx context.Context) (computer.About, error) {
	a, err := c.World.About(ctx)
	a.CleanerDirs = c.cleaners
	return a, err
}

func (c placed) Signature(ctx context.Context, f disk.File) (computer.Signature, error) {
	if c.signs != nil && strings.HasSuffix(f.Path(), ".msp") {
		return *c.signs, nil
	}
	return c.World.Signature(ctx, f)
}

// walkPlaced begins a walk on the computer of a scenario, changed before anybody looks.
func walkPlaced(t *testing.T, scenario string, change func(c *placed)) (*placed, *walktest.Engineer) {
	t.Helper()
	return walkOn(t, scenario, change, func(c *placed) computer.Machine { return c })
}

// walkOn is walkPlaced on a computer that answers otherwise in something.
func walkOn(t *testing.T, scenario string, change func(c *placed),
	other func(c *placed) computer.Machine) (*placed, *walktest.Engineer) {
	t.Helper()
	clock := &walktest.QuickClock{At: walktest.Began}
	c := &placed{World: &walktest.World{Rig: walktest.NewRig(t, scenario, walktest.MemoryDir(t), clock.Now)}}
	if change != nil {
		change(c)
	}
	e := walktest.Engage(t, other(c), c.Dir, clock)
	e.Types = false
	return c, e
}

// want asserts what the cache holds of the lost files: each as the bytes that it has to be, or not at all.
func want(t *testing.T, dir string, names ...string) {
	t.Helper()
	now := walktest.CacheOf(t, dir)
	for name, hash := range map[string]string{"7b5ea8.msi": walktest.GoodHash(t),
		walktest.PatchName:  walktest.Hashed(walktest.GoodPatch(walktest.PatchCode)),
		walktest.HotfixName: walktest.Hashed(walktest.GoodPatch(walktest.HotfixCode))} {
		switch has, wanted := now[name], slices.Contains(names, name); {
		case wanted && has != hash:
			t.Errorf("%s is %q", name, has)
		case !wanted && has != "":
			t.Errorf("%s was put there", name)
		}
	}
	for name := range now {
		if walktest.Temporary(name) || strings.HasPrefix(name, disk.LeftoverPrefix) {
			t.Errorf("%s was left behind", name)
		}
	}
}

func answer(e *walktest.Engineer, a screen.Answer) {
	e.T.Helper()
	e.Settle(e.Walk.Handle(a))
}

func press(e *walktest.Engineer, key string) {
	e.T.Helper()
	if !slices.ContainsFunc(e.Walk.Screen().Actions, func(a screen.Action) bool { return a.Key == key }) {
		e.T.Fatalf("step %d does not offer %s: %+v", e.Walk.Screen().Step, key, e.Walk.Screen().Actions)
	}
	e.Settle(e.Walk.Handle(screen.Press{Key: key}))
}

// asks asserts which copy is asked about.
func asks(e *walktest.Engineer, question string) {
	e.T.Helper()
	if sc := e.Walk.Screen(); sc.Question == nil || !strings.HasPrefix(sc.Question.Prompt, question) {
		e.T.Fatalf("step %d asks %+v, want %q: %+v", sc.Step, sc.Question, question, sc.Problems)
	}
}

func says(rows []screen.Row, value, note string) bool {
	return slices.ContainsFunc(rows, func(r screen.Row) bool {
		return strings.Contains(r.Value, value) &&
			strings.HasSuffix(r.Note, note)
	})
}
