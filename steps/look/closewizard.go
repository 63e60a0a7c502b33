package look

import (
	"context"
	"fmt"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/selfcheck"
)

// checkLimit is how long step 1 waits for the self-check on a slow computer.
const checkLimit = 5 * time.Second

// Wizards asks which wizards run.
func Wizards(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	ps, err := l.Wizards(ctx)
	f.Wizards, f.WizardsUnseen = ps, nil
	switch {
	case err != nil:
		f.Wizards, f.WizardsUnseen = nil, processesUnread(err)
	case len(ps) == 0:
		f.WizardSince, f.Choices.WizardTyping = time.Time{}, false
	case f.WizardSince.IsZero():
		f.WizardSince = e.Now
	}
	return f
}

// lookWizardsKept is Wizards for steps 6 to 10, which want a wizard open: it resets the time for which one has been in
// the way, so that it counts from the step that asks for it to be closed.
func lookWizardsKept(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	f = Wizards(ctx, l, f, e)
	f.WizardSince = time.Time{}
	return f
}

// CloseWizard asks who the computer is, and what stands in the way of beginning (step 1).
func CloseWizard(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	f = lookAbout(ctx, l, f)
	f = Wizards(ctx, l, f, e)
	f = Busy(ctx, l, f)
	if f.Services == nil {
		f.Services, _ = l.Services(ctx) // a silent witness: the screen names services only where they are known
	}
	f.FreeWindows, _ = l.Disk().Free(f.About.WindowsDir) // not known is 0 and not shown
	if f.Checks == nil && f.Trouble == nil {
		f.Checks = selfcheck.Ask(ctx, l, selfcheck.Options{About: f.About, Own: e.Own, Limit: checkLimit})
	}
	return f
}

// lookAbout asks who the computer is.
func lookAbout(ctx context.Context, l computer.Looker, f Facts) Facts {
	a, err := l.About(ctx)
	if err != nil {
		f.Trouble = &screen.Problem{Code: screen.CodeNoComputer,
			Message: fmt.Sprintf("cannot ask this computer: %v", err),
			Then:    screen.LookFirst, Cure: "follow KB 4020490 by hand"}
	}
	f.About = a
	return f
}

// Busy asks whether a transaction of Windows Installer runs.
func Busy(ctx context.Context, l computer.Looker, f Facts) Facts {
	busy, err := l.Busy(ctx)
	f.Busy, f.BusyUnseen = busy && err == nil, nil
	if err != nil {
		f.BusyUnseen = busyUnread(err)
	}
	return f
}

// Stopped is the problem of a step that first has to know whether a wizard runs; nil when nothing is wrong.
func (f *Facts) Stopped() *screen.Problem {
	if f.Trouble != nil {
		return f.Trouble
	}
	return f.WizardsUnseen
}

// CloseAgain asks whether the wizard is still open, and whether Windows Installer works (step 11).
func CloseAgain(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	f = Wizards(ctx, l, f, e)
	return Busy(ctx, l, f)
}
