package look

import (
	"context"
	"fmt"
	"slices"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// lookRunning asks whether the upgrade has ended: no program of it runs, no wizard is open, and Windows Installer is
// idle. Wizards that were knowingly left open before it do not count.
func lookRunning(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	f = Busy(ctx, l, Wizards(ctx, l, f, e))
	m, ok := l.(computer.Machine)
	if !ok { // who only looks has begun no upgrade
		return f
	}
	u := f.Upgrade
	run, err := m.Follow(ctx, u.PID)
	u.Unseen, u.Running = nil, run.Processes
	switch {
	case err != nil:
		u.Unseen = &screen.Problem{Code: screen.CodeFollowFailed,
			Message: fmt.Sprintf("cannot follow the installer, process %d: %v", u.PID, err)}
	case f.WizardsUnseen != nil:
		u.Unseen = f.WizardsUnseen
	case f.BusyUnseen != nil:
		u.Unseen = f.BusyUnseen
	default:
		u.Code, u.HasCode = run.Code, run.Coded
	}
	switch {
	case u.Unseen != nil || f.Busy || len(Without(f.Ours(), u.Left)) > 0:
		u.QuietSince = time.Time{}
	case run.Ended && len(run.Processes) == 0 && len(Without(f.Strangers(), u.Left)) == 0:
		u.Ended, u.EndedAt = true, e.Now
	case u.QuietSince.IsZero() || e.Now.Before(u.QuietSince): // a clock that was set back
		u.QuietSince = e.Now
	}
	if u.QuietSince.IsZero() && u.Unseen == nil {
		f.Choices.EndTyping = false
	}
	f.Upgrade = u
	return f
}

// Without is a list of processes without those that were there before.
func Without(ps, before []computer.Process) []computer.Process {
	return slices.DeleteFunc(slices.Clone(ps), func(p computer.Process) bool {
		return slices.ContainsFunc(before, func(b computer.Process) bool {
			return b.PID == p.PID &&
				b.Started.Equal(p.Started)
		})
	})
}
