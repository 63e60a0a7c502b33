package steps

import (
	"fmt"
	"time"

	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// logPoll is how often a log that is waited for is looked at again.
const logPoll = 200 * time.Millisecond

// startAgain sends the engineer back to step 6: the wizard is gone, and with it its folder, which may not be known.
func startAgain(folder string) finding {
	return finding{state: screen.NeedsYou, problems: []screen.Problem{closedTooEarly(folder)},
		enter: &action{"back to step 6", "", func(f *Facts) {
			*f = f.ForgetSources()
			f.Start, f.Folder, f.Choices.Folder = look.Start{}, look.Folder{}, ""
		}, outcome{transition: goBack, to: startInstaller}}}
}

func judgeOpenSetupLog(f Facts, _ time.Time) finding {
	switch {
	case newBytes(f):
		return finding{state: screen.Done}
	case wizardGone(f):
		return startAgain("")
	case f.Given.SetupLog != "" && f.SetupLog.Trouble != nil:
		return failed(*f.SetupLog.Trouble)
	case f.Start.LogSize < 0, f.Folder.Waited && (f.Folder.Told || f.Choices.ByHand):
		return finding{state: screen.Done, problems: []screen.Problem{logSilent(f)}}
	case f.Folder.Waited:
		return keepLooking(f)
	}
	says, _ := setupSays(f)
	return finding{state: screen.Looking, says: says, poll: logPoll,
		limit: look.LogWait, doing: "waiting for the installer to write " + look.SetupLogName}
}

// keepLooking waits longer for an installer that runs, but whose folder neither its log nor its process tells: it may
// be installing its own prerequisites first. To start it a second time would be the worst advice.
func keepLooking(f Facts) finding {
	if f.WizardsUnseen != nil {
		return failed(*f.WizardsUnseen)
	}
	p := screen.Problem{Code: screen.CodeInstallerSlow,
		Message: fmt.Sprintf("the installer is still running, but after %d seconds its folder is not known: it may be installing its prerequisites first", int(look.LogWait.Seconds())),
		Cure:    "nothing to do: marsfix keeps looking; leave the installer open", Offer: "if you see its folder"}
	if f.Folder.Unseen != nil {
		p.Message += fmt.Sprintf("; marsfix could not look where it runs from: %v", f.Folder.Unseen)
	}
	return finding{state: screen.NeedsYou, poll: wizardPoll, problems: []screen.Problem{p},
		other: &action{"choose folder", "", func(f *Facts) { f.Choices.ByHand = true }, outcome{look: true}}}
}

// logSilent says why the log does not help, before the installer's process is asked instead.
func logSilent(f Facts) screen.Problem {
	p := screen.Problem{Code: screen.CodeErrlogSilent,
		Message: fmt.Sprintf("the installer has not written to %s for %d seconds", look.SetupLogName,
			int(look.LogWait.Seconds())),
		Cure: "nothing to do: the next step takes the folder from the running installer"}
	if t := f.SetupLog.Trouble; t != nil && t.Code == screen.CodeLogLocked {
		p.Message = "the installer keeps this log to itself"
	}
	return p
}

func showOpenSetupLog(f Facts) view {
	v := logView(f.SetupLog, "not used")
	v.says, v.mood = setupSays(f)
	if t := f.SetupLog.Trouble; t != nil && t.Code == screen.CodeLogMissing && f.SetupLog.Path != "" {
		v.rows[0].Note = "not there yet"
	}
	if from := look.NewFrom(f.Start, f.SetupLog.Info.ID, f.SetupLog.Info.Size); from >= 0 && f.SetupLog.Read {
		v.rows = append(v.rows, screen.Row{Label: "new", Value: screen.Size(f.SetupLog.Info.Size-from) +
			" since the installer's start"})
	}
	return v
}

// setupSays sums up in a sentence what the set-up log tells.
func setupSays(f Facts) (string, screen.Tone) {
	switch {
	case !newBytes(f) && f.SetupLog.Unread() != nil:
		return "The installer is running, but its log cannot be read.", screen.Warn
	case !newBytes(f):
		return "The installer is running, but has not written to its log yet.", screen.Warn
	case f.Start.PID != 0 && f.Start.LogSize >= 0:
		return "The installer has written its log.", screen.Good
	}
	return "The installer's log was found.", screen.Good
}

// closedTooEarly is the problem of a wizard that was closed although it is still needed.
func closedTooEarly(folder string) screen.Problem {
	m := "the upgrade wizard was closed, and its temporary folder was deleted with it"
	if folder != "" {
		m = fmt.Sprintf("the upgrade wizard was closed, and its folder \"%s\" was deleted with it", folder)
	}
	return screen.Problem{Code: screen.CodeClosedTooEarly, Message: m,
		Cure: "step 6 starts the installer again; leave its wizard open until step 11", Then: screen.GoOn}
}

// wizardGone reports whether the wizard, once started or found, is not there any more.
func wizardGone(f Facts) bool {
	return f.Start.PID != 0 && len(f.Ours()) == 0 && f.WizardsUnseen == nil
}

// newBytes reports whether the installer has written since the start; true where nothing was noted.
func newBytes(f Facts) bool {
	from := look.NewFrom(f.Start, f.SetupLog.Info.ID, f.SetupLog.Info.Size)
	return f.SetupLog.Read && (from < 0 || f.SetupLog.Info.Size > from)
}
