package walktest

import (
	"context"
	"errors"
	"slices"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// Asked is a computer of which a test makes questions fail, by the name of the method.
type Asked struct {
	*Rig
	Instead func([]computer.Product) ([]computer.Product, error)
	Calls   map[string]int
	Fails   func(method string, call int) bool // nil: none does
}

var ErrAsked = errors.New("the computer does not answer")

func (a *Asked) ask(method string) error {
	a.Calls[method]++
	if a.Fails != nil && a.Fails(method, a.Calls[method]) {
		return ErrAsked
	}
	return nil
}

// answer is what the computer says, or that it does not answer: then nothing beside the error counts.
func answer[T any](a *Asked, method string, ask func() (T, error)) (T, error) {
	if err := a.ask(method); err != nil {
		var none T
		return none, err
	}
	return ask()
}

func (a *Asked) About(ctx context.Context) (computer.About, error) {
	return answer(a, "About", func() (computer.About, error) { return a.Rig.About(ctx) })
}

func (a *Asked) Products(ctx context.Context) ([]computer.Product, error) {
	return answer(a, "Products", func() ([]computer.Product, error) {
		ps, err := a.Rig.Products(ctx)
		if err != nil || a.Instead == nil {
			return ps, err
		}
		return a.Instead(slices.Clone(ps))
	})
}

func (a *Asked) Wizards(ctx context.Context) ([]computer.Process, error) {
	return answer(a, "Wizards", func() ([]computer.Process, error) { return a.Rig.Wizards(ctx) })
}

func (a *Asked) Services(ctx context.Context) ([]computer.Service, error) {
	return answer(a, "Services", func() ([]computer.Service, error) { return a.Rig.Services(ctx) })
}

func (a *Asked) FileVersion(ctx context.Context, f disk.File) (string, error) {
	return answer(a, "FileVersion", func() (string, error) { return a.Rig.FileVersion(ctx, f) })
}

func (a *Asked) Signature(ctx context.Context, f disk.File) (computer.Signature, error) {
	return answer(a, "Signature", func() (computer.Signature, error) { return a.Rig.Signature(ctx, f) })
}

func (a *Asked) Busy(ctx context.Context) (bool, error) {
	return answer(a, "Busy", func() (bool, error) { return a.Rig.Busy(ctx) })
}

func (a *Asked) Start(ctx context.Context, program string) (int, error) {
	return answer(a, "Start", func() (int, error) { return a.Rig.Start(ctx, program) })
}

func (a *Asked) Follow(ctx context.Context, pid int) (computer.Run, error) {
	return answer(a, "Follow", func() (computer.Run, error) { return a.Rig.Follow(ctx, pid) })
}

// Every operation of the disk fails in tables of its own.
func (a *Asked) Disk() disk.Reader { return a.Rig.Disk() }

func (a *Asked) Writer() disk.Writer { return a.Rig.Writer() }

func NewAsked(t *testing.T, scenario string) (*Asked, *QuickClock) {
	t.Helper()
	clock := &QuickClock{At: Began}
	return &Asked{Rig: NewRig(t, scenario, MemoryDir(t), clock.Now), Calls: map[string]int{}}, clock
}
