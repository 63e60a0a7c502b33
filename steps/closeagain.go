package steps

import (
	"context"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

func lookCloseAgain(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	if f.Needless() {
		return f
	}
	f = LookWizards(ctx, l, f, e)
	return LookBusy(ctx, l, f)
}

func judgeCloseAgain(f Facts, now time.Time) finding {
	switch {
	case f.Needless():
		return finding{state: screen.Done}
	case f.stopped() != nil:
		return finding{state: screen.Failed, problems: []screen.Problem{*f.stopped()}}
	case len(f.Wizards) > 0 && !f.Choices.WizardLeft:
		return wizardOpen(f, now)
	}
	return finding{state: screen.Done}
}

func showCloseAgain(f Facts) view {
	if f.Needless() {
		return view{rows: needlessRows(f)}
	}
	v := view{rows: wizardRows(f)}
	if f.Copied.Done {
		v.rows = append(v.rows, screen.Row{Label: "in place", Value: f.Copied.To, Tone: screen.Good})
	}
	return v
}
