package steps_test

import (
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// plugged is a computer with nothing but sticks.
type plugged struct{ *walktest.Rig }

type stick struct{ disk.Reader }

func (p plugged) Disk() disk.Reader { return stick{p.Rig.Disk()} }

func (stick) Removable(string) (bool, error) { return true, nil }

// That the extraction folder lies on a drive that can be taken out is said, and stops nothing.
func TestARemovableDriveIsSaid(t *testing.T) {
	for _, removable := range []bool{false, true} {
		clock := &walktest.QuickClock{At: walktest.Began}
		r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
		var m computer.Machine = r
		if removable {
			m = plugged{r}
		}
		e := walktest.Engage(t, m, r.Dir, clock)
		e.UntilStep(8)
		said := slices.ContainsFunc(e.Walk.Screen().Rows, func(r screen.Row) bool {
			return r.Label == "temp path" && strings.Contains(r.Note, "removable")
		})
		if said != removable {
			t.Errorf("on a stick: %v, and step 8 shows %+v", removable, e.Walk.Screen().Rows)
		}
		if code := e.Run(); code != steps.CodeGood {
			t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
		}
	}
}
