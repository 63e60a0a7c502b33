package steps

import (
	"context"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// doRun starts the installer for the upgrade itself, after noting what to compare with.
func doRun(ctx context.Context, m computer.Machine, f Facts, e Env) Facts {
	f, ok := alone(ctx, m, f, e)
	if ok {
		f, ok = idle(ctx, m, f)
	}
	if !ok {
		return f // the step looks at that, and asks again where it has to
	}
	u, trouble := noteUpgrade(ctx, m, f)
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

// noteUpgrade notes what to compare with once the upgrade has ended. Of a log that nobody could read nobody could tell afterwards what is
// new in it.
func noteUpgrade(ctx context.Context, l computer.Looker, f Facts) (Upgrade, *screen.Problem) {
	lf := lookPatchLog(ctx, l, f)
	tail, err := logTail(l.Disk(), lf, lf.Info.Size)
	switch {
	case lf.unread() != nil:
		return Upgrade{}, lf.unread()
	case err != nil:
		return Upgrade{}, logProblem(lf.Path, PatchLogName, "--patch-log", err)
	}
	u := Upgrade{Noted: true, LogID: lf.Info.ID, LogSize: lf.Info.Size, LogTail: tail}
	if f.Decision.Product != nil {
		u.Before = f.Decision.Product.Version
	}
	return u, nil
}

// lookForUpgrade takes the wizard that somebody starts at the desktop, where none can be seen from here, for the upgrade. One that was open
// before the log's length was noted is not it.
func lookForUpgrade(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	switch {
	case f.WizardsUnseen != nil:
	case !f.Upgrade.Noted && (len(f.Wizards) == 0 || f.Choices.WizardLeft):
		f.Upgrade, f.Trouble = noteUpgrade(ctx, l, f)
		f.Upgrade.Left = f.Wizards
	case f.Upgrade.Noted:
		if ps := without(f.Ours(), f.Upgrade.Left); len(ps) > 0 {
			f.Upgrade.Begun, f.Upgrade.PID, f.Upgrade.At = true, ps[0].PID, e.Now
		}
	}
	return f
}
