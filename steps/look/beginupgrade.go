package look

import (
	"context"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// NoteUpgrade notes what to compare with once the upgrade has ended. The problem says why it could not: of a log that
// cannot be read now it would not be known later what is new in it.
func NoteUpgrade(ctx context.Context, l computer.Looker, f Facts) (Upgrade, *screen.Problem) {
	lf := findPatchLog(ctx, l, f)
	tail, err := logTail(l.Disk(), f.Given, lf, lf.Info.Size)
	switch {
	case lf.Unread() != nil:
		return Upgrade{}, lf.Unread()
	case err != nil:
		return Upgrade{}, logProblem(lf.Path, PatchLogName, err)
	}
	u := Upgrade{Noted: true, logID: lf.Info.ID, LogSize: lf.Info.Size, logTail: tail}
	if f.Decision.Product != nil {
		u.Before = f.Decision.Product.Version
	}
	return u, nil
}

// lookForUpgrade waits, where marsfix has no desktop, for a wizard that somebody starts at one, and takes that for the
// upgrade. A wizard that was open before the log's length was noted is not it.
func lookForUpgrade(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	switch {
	case f.WizardsUnseen != nil:
	case !f.Upgrade.Noted && (len(f.Wizards) == 0 || f.Choices.WizardLeft):
		f.Upgrade, f.Trouble = NoteUpgrade(ctx, l, f)
		f.Upgrade.Left = f.Wizards
	case f.Upgrade.Noted:
		if ps := Without(f.Ours(), f.Upgrade.Left); len(ps) > 0 {
			f.Upgrade.Begun, f.Upgrade.PID, f.Upgrade.At = true, ps[0].PID, e.Now
		}
	}
	return f
}
