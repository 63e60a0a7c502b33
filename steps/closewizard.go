package steps

import (
	"cmp"
	"fmt"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/selfcheck"
)

func judgeCloseWizard(f Facts, now time.Time) finding {
	fd := judgeStart(f, now)
	// While a wizard is open this step looks every second, and asks only once what does not change meanwhile. Who
	// presses r wants everything asked again.
	fd.again = func(f *Facts) { f.Services, f.Checks = nil, nil }
	return fd
}

// judgeStart says whether anything stands in the way of beginning.
func judgeStart(f Facts, now time.Time) finding {
	if p := f.Stopped(); p != nil {
		return failed(*p)
	}
	if len(f.Wizards) > 0 && !f.Choices.WizardLeft {
		return wizardOpen(f, now)
	}
	if !f.About.Elevated && f.About.Root == "" && !f.Choices.Unelevated {
		return notElevated(f)
	}
	return finding{state: screen.Done}
}

const (
	wizardPoll = time.Second      // how often a running wizard is looked at again
	wizardSoon = 30 * time.Second // after which hints are added for those who cannot find its window
)

// wizardOpen asks for a wizard to be closed. Who types its process id may go on with it open.
func wizardOpen(f Facts, now time.Time) finding {
	p := computer.WizardRuns(f.Wizards)
	if now.Sub(f.WizardSince) >= wizardSoon {
		p = computer.WizardStuck(f.Wizards, f.Busy || f.BusyUnseen != nil)
	}
	fd := finding{state: screen.NeedsYou, toDo: true, poll: wizardPoll, problems: []screen.Problem{p}}
	fd.enter = &action{"close it", "Close the upgrade wizard now?", nil, outcome{act: computer.ActClose}}
	fd.click = true
	ask := "" // a face without keys waits for the engineer's own wizard, and asks about everybody else's
	if len(f.Ours()) == 0 {
		ask = "Continue with it open?"
	}
	fd.other = &action{"leave it open", ask, func(f *Facts) { f.Choices.WizardTyping = true }, outcome{}}
	if !f.Choices.WizardTyping {
		return fd
	}
	want := fmt.Sprint(f.Wizards[0].PID)
	fd.problems[0].Cure = "" // Enter is for what is typed now
	return finding{state: screen.Asking, toDo: true, problems: fd.problems, poll: wizardPoll,
		other: &action{"wait instead", "", func(f *Facts) { f.Choices.WizardTyping = false }, outcome{}},
		question: &screen.Question{Kind: screen.Type,
			Prompt: "Two wizards can interfere with each other. To continue with it open, " + screen.TypePrompt(want),
			Verb:   "continue", Want: want},
		answer: func(f *Facts, _ screen.Answer) { f.Choices.WizardTyping, f.Choices.WizardLeft = false, true }}
}

// notElevated offers to start again elevated where the consent prompt can be seen; elsewhere it lets the engineer look
// around.
func notElevated(f Facts) finding {
	p := computer.NeedsElevation("repairing")
	on := &action{"look around", "", func(f *Facts) { f.Choices.Unelevated = true }, outcome{}}
	if !f.About.Desktop {
		return finding{state: screen.NeedsYou, problems: []screen.Problem{p}, enter: on}
	}
	return finding{state: screen.Asking, problems: []screen.Problem{p},
		question: &screen.Question{Kind: screen.Confirm, Prompt: "Start marsfix again as administrator?",
			Verb: "start elevated",
			Yes:  "opens a new console; this one waits for it", No: "stays here; s lets you look around"},
		then: outcome{act: computer.ActElevate}, other: on}
}

func showCloseWizard(f Facts) view {
	v := view{says: "No upgrade wizard is open: the repair can begin.", mood: screen.Good, came: "not open",
		rows: wizardRows(f)}
	switch {
	case len(f.Wizards) > 0 && (f.Choices.WizardLeft || f.Start.PID == 0 && !f.Opened):
		v.says, v.mood, v.came = "The upgrade wizard is open.", screen.Warn, "left open"
	case len(f.Wizards) > 0: // later one is open by design
		v.says = "No upgrade wizard was open when the repair began."
	}
	a := f.About
	if f.FreeWindows > 0 {
		v.rows = append(v.rows, screen.Row{Label: "free", Value: screen.Size(int64(f.FreeWindows)) +
			" on the Windows drive"})
	}
	for i, s := range f.Services {
		if s.State == "" || i > 0 && s.State == "running" {
			continue
		}
		v.rows = append(v.rows, serviceRow(s, i == 0, "step 12 may interrupt a running backup"))
	}
	if a.RestartPending {
		v.rows = append(v.rows, screen.Row{Label: "restart", Value: "pending on this computer",
			Note: "not needed for the repair", Tone: screen.Warn, Word: "not needed"})
	}
	if a.OtherMarsfix != "" {
		v.rows = append(v.rows, screen.Row{Label: "marsfix", Value: "also open: " + a.OtherMarsfix,
			Note: "agree who continues", Tone: screen.Warn, Word: "agree"})
	}
	v.rows = append(v.rows, selfcheck.Rows(f.Checks)...)
	return v
}

// wizardRows is a line for every process of a wizard.
func wizardRows(f Facts) []screen.Row {
	if f.WizardsUnseen != nil {
		return []screen.Row{{Label: "wizard", Value: "not known"}}
	}
	var rows []screen.Row
	for i, p := range f.Wizards {
		r := screen.Row{Label: "wizard", Value: fmt.Sprintf("process %d  %s", p.PID, p.Image), Extra: i > 3}
		r.Note = "since " + screen.Clock(p.Started)
		if p.User != "" || p.Session != 0 { // neither is known of what was only just started
			r.Note = fmt.Sprintf("session %d, %s, %s", p.Session, cmp.Or(p.User, "unknown user"), r.Note)
		}
		rows = append(rows, r)
	}
	return rows
}
