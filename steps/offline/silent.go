package offline

import (
	"context"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

func (*Machine) Products(context.Context) ([]computer.Product, error) { return nil, computer.ErrSilent }

func (*Machine) Wizards(context.Context) ([]computer.Process, error) { return nil, computer.ErrSilent }

func (*Machine) Services(context.Context) ([]computer.Service, error) { return nil, computer.ErrSilent }

func (*Machine) FileVersion(context.Context, disk.File) (string, error) {
	return "", computer.ErrSilent
}

// Signature is silent although the file is there: what signed it can be checked only by Windows, and only where its
// roots are.
func (*Machine) Signature(context.Context, disk.File) (computer.Signature, error) {
	return computer.Signature{}, computer.ErrSilent
}

func (*Machine) Busy(context.Context) (bool, error) { return false, computer.ErrSilent }
