package selfcheck_test

import (
	"context"
	"errors"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/practice"
)

var errAsked = errors.New("the computer does not answer")

// fails is a practice computer of which one question, by its method's name, comes to an error or to no end.
type fails struct {
	*practice.Machine
	method string
	ask    func(context.Context) error
	hooked *disktest.Hooked
}

func (f *fails) at(ctx context.Context, method string) error {
	if f.method == method {
		return f.ask(ctx)
	}
	return nil
}

func (f *fails) Wizards(ctx context.Context) ([]computer.Process, error) {
	if err := f.at(ctx, "Wizards"); err != nil {
		return nil, err
	}
	return f.Machine.Wizards(ctx)
}

func (f *fails) Busy(ctx context.Context) (bool, error) {
	if err := f.at(ctx, "Busy"); err != nil {
		return false, err
	}
	return f.Machine.Busy(ctx)
}

func (f *fails) Services(ctx context.Context) ([]computer.Service, error) {
	if err := f.at(ctx, "Services"); err != nil {
		return nil, err
	}
	return f.Machine.Services(ctx)
}

func (f *fails) Products(ctx context.Context) ([]computer.Product, error) {
	if err := f.at(ctx, "Products"); err != nil {
		return nil, err
	}
	return f.Machine.Products(ctx)
}

func (f *fails) Signature(ctx context.Context, file disk.File) (computer.Signature, error) {
	if err := f.at(ctx, "Signature"); err != nil {
		return computer.Signature{}, err
	}
	return f.Machine.Signature(ctx, file)
}

func (f *fails) FileVersion(ctx context.Context, file disk.File) (string, error) {
	if err := f.at(ctx, "FileVersion"); err != nil {
		return "", err
	}
	return f.Machine.FileVersion(ctx, file)
}

func (f *fails) Disk() disk.Reader { return f.hooked }

// newFails is a computer whose disk does before ahead of each operation.
func newFails(t *testing.T, method string, ask func(context.Context) error, before disktest.Before) (*fails, string) {
	t.Helper()
	dir := t.TempDir()
	m, err := practice.New(practice.Options{Keep: dir})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	if before == nil {
		before = func(disktest.Op, string) error { return nil }
	}
	return &fails{Machine: m, method: method, ask: ask, hooked: disktest.New(m.Disk().(disk.Disk), before)}, dir
}
