package steps

import "context"

// doRun starts the installer for the upgrade itself, after noting what to compare with.
func doRun(ctx context.Context, m Machine, f Facts, e env) Facts {
	u := noteUpgrade(ctx, m, f)
	f, l := start(ctx, m, f, f.Installers[0], e)
	if f.Trouble != nil {
		return f
	}
	u.Begun, u.PID, u.At, u.Origin = true, l.pid, e.now, l.Origin
	f.Upgrade = u
	return f
}

// noteUpgrade notes what to compare with once the upgrade has ended.
func noteUpgrade(ctx context.Context, l Looker, f Facts) Upgrade {
	lf := lookPatchLog(ctx, l, f)
	u := Upgrade{Noted: true, LogID: lf.Info.ID, LogSize: lf.Info.Size, LogTail: logTail(l.Disk(), lf, lf.Info.Size)}
	if f.Decision.Product != nil {
		u.Before = f.Decision.Product.Version
	}
	return u
}

// lookForUpgrade takes the wizard that somebody starts at the desktop, where none can be seen from here, for the upgrade. One that was open
// before the log's length was noted is not it.
func lookForUpgrade(ctx context.Context, l Looker, f Facts, e env) Facts {
	switch {
	case len(f.Wizards) == 0 && !f.Upgrade.Noted:
		f.Upgrade = noteUpgrade(ctx, l, f)
	case len(f.Wizards) > 0 && f.Upgrade.Noted:
		f.Upgrade.Begun, f.Upgrade.PID, f.Upgrade.At = true, f.Wizards[0].PID, e.now
	}
	return f
}
