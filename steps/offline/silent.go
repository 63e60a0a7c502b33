package offline

import (
	"context"

	"marsfix/steps"
	"marsfix/steps/disk"
)

func (*Machine) Products(context.Context) ([]steps.Product, error) { return nil, steps.ErrSilent }

func (*Machine) Wizards(context.Context) ([]steps.Process, error) { return nil, steps.ErrSilent }

func (*Machine) Services(context.Context) ([]steps.Service, error) { return nil, steps.ErrSilent }

func (*Machine) FileVersion(context.Context, disk.File) (string, error) { return "", steps.ErrSilent }

// Signature is silent although the file is there: what signed it can be checked only by Windows, and only where its roots are.
func (*Machine) Signature(context.Context, disk.File) (steps.Signature, error) {
	return steps.Signature{}, steps.ErrSilent
}

func (*Machine) Busy(context.Context) (bool, error) { return false, steps.ErrSilent }
