package steps

import (
	"cmp"
	"fmt"
	"slices"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

const (
	upgradePoll = 500 * time.Millisecond
	// lingers is how long a program of the installer may keep running before the engineer is asked about it: there are
	// moments without a wizard between two of its programs.
	lingers = 10 * time.Second
)

// judgeRunning waits for the end of the upgrade. A program that it leaves open, a browser or Windows Update, would make
// that wait endless: once no wizard runs and Windows Installer is idle, the engineer can say that it has ended. Where
// somebody else's wizard is open, or nobody can look, that has to be typed.
func judgeRunning(f Facts, now time.Time) finding {
	u := f.Upgrade
	strangers := look.Without(f.Strangers(), u.Left)
	switch gone := now.Sub(u.QuietSince); {
	case u.Unseen != nil:
		p := *u.Unseen
		p.Cure, p.Then, p.Offer, p.Refused = "marsfix looks again by itself", screen.Nothing,
			"if you see that the upgrade has ended", ""
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
	return screen.Problem{Code: screen.CodeStillRunning, Message: m, Cure: "close it if it is not needed",
		Offer: "if the upgrade has ended"}
}

// sayEnded lets the engineer say that the upgrade has ended, while marsfix goes on looking.
func sayEnded(f Facts, p screen.Problem, typed bool) finding {
	fd := finding{state: screen.NeedsYou, toDo: true, poll: upgradePoll, problems: []screen.Problem{p},
		says: "Has the upgrade finished? marsfix cannot see its end.", mood: screen.Warn}
	ended := func(f *Facts) { f.Upgrade.Ended, f.Upgrade.Said, f.Choices.EndTyping = true, true, false }
	switch {
	case !typed:
		fd.other = &action{"it has ended", "Has the upgrade ended?", ended, outcome{look: true}}
		return fd
	case !f.Choices.EndTyping:
		fd.other = &action{"it has ended", "Has the upgrade ended?",
			func(f *Facts) { f.Choices.EndTyping = true }, outcome{}}
		return fd
	}
	want := fmt.Sprint(f.Upgrade.PID)
	fd.state = screen.Asking
	fd.other = &action{"wait instead", "", func(f *Facts) { f.Choices.EndTyping = false }, outcome{}}
	fd.question = &screen.Question{Kind: screen.Type, Prompt: "To say that the upgrade has ended, " +
		screen.TypePrompt(want), Verb: "it has ended", Want: want}
	fd.answer = func(f *Facts, _ screen.Answer) { ended(f) }
	fd.then.look = true
	return fd
}

// runningRows lists what still runs.
func runningRows(f Facts) []screen.Row {
	var rows []screen.Row
	for i, p := range append(slices.Clone(f.Upgrade.Running), look.Without(f.Strangers(), f.Upgrade.Left)...) {
		rows = append(rows, screen.Row{Label: "running", Value: fmt.Sprintf("process %d  %s", p.PID, p.Image),
			Note: fmt.Sprintf("session %d, %s", p.Session, cmp.Or(p.User, "unknown user")), Extra: i > 3})
	}
	return rows
}
