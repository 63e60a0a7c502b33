package steps

import (
	"context"

	"marsfix/steps/computer"
	"marsfix/steps/look"
)

// Every act first asks again what its question rested on: while the question stood, somebody may have started another
// wizard, or Windows Installer. If that cannot be asked the act is stopped too, and the problem says why.

// idle asks whether Windows Installer is idle, and reports whether it is. Its cache may be changed only then.
func idle(ctx context.Context, m computer.Machine, f Facts) (Facts, bool) {
	f = look.Busy(ctx, m, f)
	f.Trouble = f.BusyUnseen
	return f, !f.Busy && f.Trouble == nil
}

// alone asks which wizards are open, and reports whether one may be started: none is, or they were left open knowingly.
func alone(ctx context.Context, m computer.Machine, f Facts, e look.Env) (Facts, bool) {
	f = look.Wizards(ctx, m, f, e)
	f.Trouble = f.WizardsUnseen
	return f, f.Trouble == nil && (len(f.Wizards) == 0 || f.Choices.WizardLeft)
}
