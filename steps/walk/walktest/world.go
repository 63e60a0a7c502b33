package walktest

import (
	"context"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// World is a computer on which other things happen while marsfix walks.
type World struct {
	*Rig
	Full    bool
	Works   int // how often Windows Installer still answers that it works
	Asked   int // how often it was asked
	Instead func([]computer.Product) ([]computer.Product, error)
}

func (w *World) Busy(ctx context.Context) (bool, error) {
	w.Asked++
	w.Works--
	if w.Works >= 0 {
		return true, nil
	}
	return w.Rig.Busy(ctx)
}

func (w *World) Products(ctx context.Context) ([]computer.Product, error) {
	ps, err := w.Rig.Products(ctx)
	if err != nil || w.Instead == nil {
		return ps, err
	}
	return w.Instead(slices.Clone(ps))
}

func (w *World) Disk() disk.Reader { return cramped{w.Rig.Disk(), &w.Full} }

// cramped is a disk that may have no room left.
type cramped struct {
	disk.Reader
	full *bool
}

func (c cramped) Free(path string) (uint64, error) {
	if *c.full {
		return 10, nil
	}
	return c.Reader.Free(path)
}

// InWorld walks a fresh computer up to a step.
func InWorld(t *testing.T, scenario string, step int, products func([]computer.Product) ([]computer.Product,
	error)) (*World, *Engineer) {
	t.Helper()
	clock := &QuickClock{At: Began}
	w := &World{Rig: NewRig(t, scenario, MemoryDir(t), clock.Now), Instead: products}
	e := Engage(t, w, w.Dir, clock)
	for e.Walk.Screen().Step < step && e.Press() {
		continue
	}
	if sc := e.Walk.Screen(); sc.Step != step {
		t.Fatalf("stopped at step %d: %+v", sc.Step, sc.Problems)
	}
	return w, e
}

// Agents changes every registration of the agent.
func Agents(change func(*computer.Product)) func([]computer.Product) ([]computer.Product, error) {
	return func(ps []computer.Product) ([]computer.Product, error) {
		for i := range ps {
			if strings.HasPrefix(ps[i].Name, "Microsoft Azure Recovery") {
				change(&ps[i])
			}
		}
		return ps, nil
	}
}
