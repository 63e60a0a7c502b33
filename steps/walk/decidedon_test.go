package walk_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// What a copy was decided on is read again before it: where a code, or a patch's state, has become another, or cannot
// be read any more, the cache holds nothing new.
func TestWhatTheCopyWasDecidedOnIsReadAgain(t *testing.T) {
	const other = "{0A7D5E2F-0000-4C3F-8000-7B5EA8D09169}"
	patch := func(change func(p *computer.Patch)) func(p *computer.Product) {
		return func(p *computer.Product) {
			p.Patches = slices.Clone(p.Patches)
			for i := range p.Patches {
				change(&p.Patches[i])
			}
		}
	}
	const changed, unreadable = screen.CodeRegistrationChanged, "registration-unreadable"
	for _, c := range []struct {
		name, scenario string
		change         func(p *computer.Product)
		code           screen.Code
	}{
		{"another package code", "missing", func(p *computer.Product) { p.PackageCode = other }, changed},
		{"no package code", "missing", func(p *computer.Product) { p.PackageCode = "" }, unreadable},
		{"a package code that cannot be read", "missing", func(p *computer.Product) {
			p.PackageCode, p.Err = "", "PackageCode: access denied"
		}, unreadable},
		{"another patch code", "patch-missing", patch(func(p *computer.Patch) { p.Code = other }), changed},
		{"another state of the patch", "patch-missing",
			patch(func(p *computer.Patch) { p.State = computer.PatchSuperseded }), changed},
		{"a patch whose state cannot be read", "patch-missing",
			patch(func(p *computer.Patch) { p.State, p.Err = "", "State: access denied" }), unreadable},
		{"another place of the patch", "patch-missing",
			patch(func(p *computer.Patch) { p.LocalPackage = `C:\Windows\Installer\abc1.msp` }), changed},
	} {
		for _, asked := range []bool{false, true} {
			walktest.Row(t, fmt.Sprintf("%s, asked: %v", c.name, asked), func(t *testing.T) {
				w, e := walktest.InWorld(t, c.scenario, 9, nil)
				before := walktest.CacheOf(t, w.Dir)
				if asked {
					e.Until("copy")
					w.Instead = walktest.Agents(c.change)
					e.Act(w.Rig, nil)
				} else {
					w.Instead = walktest.Agents(c.change)
					e.Press()
				}
				if sc := e.Walk.Screen(); sc.Step != 10 || sc.Question != nil || e.Problem().Code != c.code {
					t.Errorf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Question, sc.Problems)
				}
				walktest.Same(t, before, walktest.CacheOf(t, w.Dir))
			})
		}
	}
}

// Where several files are lost and one is copied already, what stops the next copy is said of that file.
func TestTheFileThatWasNotCopiedIsNamed(t *testing.T) {
	w, e := walktest.InWorld(t, "cache-emptied", 9, nil)
	e.Until("copy")
	e.Act(w.Rig, nil)
	w.Instead = func([]computer.Product) ([]computer.Product, error) { return nil, errors.New("access denied") }
	copied := walktest.CacheOf(t, w.Dir)
	e.Act(w.Rig, nil)
	sc := e.Walk.Screen()
	if sc.State != screen.Failed || e.Problem().Code != "registration-unreadable" ||
		sc.Finding != "KB5012345.msp was not copied." {
		t.Errorf("step %d, %q, is %v and says %q: %+v", sc.Step, sc.Title, sc.State, sc.Finding, sc.Problems)
	}
	walktest.Same(t, copied, walktest.CacheOf(t, w.Dir))
	want(t, w.Dir, "7b5ea8.msi")
}
