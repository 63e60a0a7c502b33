package steps

import (
	"context"

	"marsfix/steps/computer"
	"marsfix/steps/look"
)

// doRun starts the installer for the upgrade itself, after noting what to compare with.
func doRun(ctx context.Context, m computer.Machine, f Facts, e look.Env) Facts {
	f, ok := alone(ctx, m, f, e)
	if ok {
		f, ok = idle(ctx, m, f)
	}
	if !ok {
		return f // the step shows what has changed, and asks again if it must
	}
	u, trouble := look.NoteUpgrade(ctx, m, f)
	if trouble != nil {
		f.Trouble = trouble
		return f
	}
	f, l := start(ctx, m, f, f.Installers[0], e)
	if f.Trouble != nil {
		return f
	}
	u.Begun, u.PID, u.At, u.Origin, u.Left = true, l.PID, e.Now, l.Origin, f.Wizards
	f.Upgrade = u
	return f
}
