package steps

import (
	"context"

	"marsfix/steps/computer"
	"marsfix/steps/look"
)

// An act asks again what its question rested on: while the question stood, somebody may have started another wizard, or
// Windows Installer. What nobody could look at stops the act like a no, and is told as what it is.

// idle asks whether Windows Installer leaves its cache alone just now. Only then it may be changed.
func idle(ctx context.Context, m computer.Machine, f Facts) (Facts, bool) {
	f = look.Busy(ctx, m, f)
	f.Trouble = f.BusyUnseen
	return f, !f.Busy && f.Trouble == nil
}

// alone asks whether no wizard is open beside the one that is to be started, apart from those that were left open
// knowingly.
func alone(ctx context.Context, m computer.Machine, f Facts, e look.Env) (Facts, bool) {
	f = look.Wizards(ctx, m, f, e)
	f.Trouble = f.WizardsUnseen
	return f, f.Trouble == nil && (len(f.Wizards) == 0 || f.Choices.WizardLeft)
}
