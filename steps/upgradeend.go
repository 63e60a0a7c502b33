package steps

import (
	"context"
	"fmt"
	"slices"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

const (
	upgradePoll = 500 * time.Millisecond
	// lingers is how long something of the installer may run on before the engineer is asked about it: between one program of it and the
	// next there are moments without a wizard.
	lingers = 10 * time.Second
)

// lookRunning asks whether the upgrade has come to its end: nothing of it runs, no wizard is open, Windows Installer is idle. Wizards that
// were open before, and were left so knowingly, do not count.
func lookRunning(ctx context.Context, l computer.Looker, f Facts, e Env) Facts {
	f = LookBusy(ctx, l, LookWizards(ctx, l, f, e))
	m, ok := l.(computer.Machine)
	if !ok {
		return f
	}
	u := f.Upgrade
	run, err := m.Follow(ctx, u.PID)
	u.Unseen, u.Running = nil, run.Processes
	switch {
	case err != nil:
		u.Unseen = &screen.Problem{Code: screen.CodeFollowFailed, Message: fmt.Sprintf("cannot follow the installer, process %d: %v", u.PID, err)}
	case f.WizardsUnseen != nil:
		u.Unseen = f.WizardsUnseen
	case f.BusyUnseen != nil:
		u.Unseen = f.BusyUnseen
	default:
		u.Code, u.HasCode = run.Code, run.Coded
	}
	switch {
	case u.Unseen != nil || f.Busy || len(without(f.Ours(), u.Left)) > 0:
		u.QuietSince = time.Time{}
	case run.Ended && len(run.Processes) == 0 && len(without(f.Strangers(), u.Left)) == 0:
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

// without leaves out processes that were there before.
func without(ps, before []computer.Process) []computer.Process {
	return slices.DeleteFunc(slices.Clone(ps), func(p computer.Process) bool {
		return slices.ContainsFunc(before, func(b computer.Process) bool { return b.PID == p.PID && b.Started.Equal(p.Started) })
	})
}

// judgeRunning waits for the end of the upgrade. What stays open of it, a window of Windows Update or a browser, would keep it for ever: once
// no wizard runs and Windows Installer is idle, the engineer can say that it has ended. Where somebody else's wizard is open, or nobody can
// look, he types it.
func judgeRunning(f Facts, now time.Time) finding {
	u := f.Upgrade
	strangers := without(f.Strangers(), u.Left)
	switch gone := now.Sub(u.QuietSince); {
	case u.Unseen != nil:
		p := *u.Unseen
		p.Cure, p.Then, p.Offer, p.Refused = "marsfix looks again by itself", screen.Nothing, "if you see that the upgrade has ended", ""
		fd := sayEnded(f, p, true)
		fd.refused = true
		return fd
	case u.QuietSince.IsZero() || gone < lingers:
		return finding{state: screen.Looking, poll: upgradePoll, doing: "waiting until the upgrade finishes"}
	case len(strangers) > 0:
		p := computer.WizardRuns(strangers)
		p.Offer = "if the upgrade has ended all the same"
		return sayEnded(f, p, true)
	}
	return sayEnded(f, stillRunning(u.Running), false)
}

// stillRunning names what the installer has left open.
func stillRunning(ps []computer.Process) screen.Problem {
	m := "no upgrade wizard runs and Windows Installer is idle, but the installer's own end cannot be seen"
	if len(ps) > 0 {
		m = fmt.Sprintf("no upgrade wizard runs and Windows Installer is idle, but something that the installer opened still runs: process %d, %s",
			ps[0].PID, ps[0].Image)
	}
	if n := len(ps) - 1; n > 0 {
		m += " and " + screen.Count(int64(n), "more process", "more processes")
	}
	return screen.Problem{Code: screen.CodeStillRunning, Message: m, Cure: "close it if it is not needed", Offer: "if the upgrade has ended"}
}

// sayEnded lets the engineer say that the upgrade has ended, while marsfix goes on looking.
func sayEnded(f Facts, p screen.Problem, typed bool) finding {
	fd := finding{state: screen.NeedsYou, toDo: true, poll: upgradePoll, problems: []screen.Problem{p},
		says: "Has the upgrade finished? marsfix cannot see its end.", mood: screen.Warn}
	ended := func(f Facts) (Facts, next) {
		f.Upgrade.Ended, f.Upgrade.Said, f.Choices.EndTyping = true, true, false
		return f, next{look: true}
	}
	switch {
	case !typed:
		fd.other = &move{"it has ended", "Has the upgrade ended?", ended}
		return fd
	case !f.Choices.EndTyping:
		fd.other = &move{"it has ended", "Has the upgrade ended?", func(f Facts) (Facts, next) {
			f.Choices.EndTyping = true
			return f, next{}
		}}
		return fd
	}
	want := fmt.Sprint(f.Upgrade.PID)
	fd.state = screen.Asking
	fd.other = &move{"wait instead", "", func(f Facts) (Facts, next) {
		f.Choices.EndTyping = false
		return f, next{}
	}}
	fd.question = &screen.Question{Kind: screen.Type, Prompt: "To say that the upgrade has ended, " + screen.TypePrompt(want), Verb: "it has ended", Want: want}
	fd.answer = func(f Facts, _ screen.Answer) (Facts, next) { return ended(f) }
	return fd
}

// runningRows lists what still runs.
func runningRows(f Facts) []screen.Row {
	var rows []screen.Row
	for i, p := range append(slices.Clone(f.Upgrade.Running), without(f.Strangers(), f.Upgrade.Left)...) {
		rows = append(rows, screen.Row{Label: "running", Value: fmt.Sprintf("process %d  %s", p.PID, p.Image),
			Note: fmt.Sprintf("session %d, %s", p.Session, screen.Or(p.User, "unknown user")), Extra: i > 3})
	}
	return rows
}
