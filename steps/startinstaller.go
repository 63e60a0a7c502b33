package steps

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/installer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// desktopPoll is how often a computer without a desktop is asked for a wizard that somebody starts.
const desktopPoll = time.Second

func judgeStartInstaller(f Facts, now time.Time) finding {
	switch {
	case f.Start.PID != 0:
		return finding{state: screen.Done, other: anotherInstaller()}
	case f.Choices.Another && len(f.Wizards) > 0 && !f.Choices.WizardLeft:
		fd := wizardOpen(f, now)
		fd.says = "The upgrade wizard is open. Close it to start another installer."
		return fd
	case len(f.Strangers()) > 0 && !f.Choices.WizardLeft:
		return askWhose(f, anotherInstaller())
	case f.Choices.Browse != "":
		return browsingInstaller(f)
	case !f.About.Elevated:
		return failed(computer.NeedsElevation("starting the installer"))
	case !f.About.Desktop:
		return finding{state: screen.NeedsYou, poll: desktopPoll,
			problems: []screen.Problem{computer.NoDesktop("leave its wizard open; marsfix waits here and will notice")}}
	case f.Trouble != nil:
		return notStarted(f, computer.ActStart, browse())
	case f.WizardsUnseen != nil:
		return failed(*f.WizardsUnseen).or(browse())
	case len(f.Installers) == 0:
		return failed(screen.Problem{Code: screen.CodeNoInstaller,
			Message: "no MARSAgentInstaller*.exe was found beside marsfix, in Downloads or on the Desktop",
			Cure:    "get it at https://aka.ms/azurebackup_agent", Then: screen.LookAgain,
			Offer: "to choose the file"}).or(browse())
	}
	pr := look.ChosenInstaller(f)
	if pr == nil {
		return chooseInstaller(f)
	}
	if pr.Trouble != nil {
		return failed(*pr.Trouble).or(browse())
	}
	fd := finding{state: screen.Asking, other: browse(), declined: "Not started."}
	if p := installer.Risk(*pr); p != nil {
		fd.problems = append(fd.problems, *p)
	}
	if pr.SHA256 == f.Choices.Refused && pr.SHA256 != "" {
		fd.says, fd.mood = "This installer did not contain the right package: choose another one.", screen.Warn
	}
	fd.question = &screen.Question{Kind: screen.Confirm, Verb: "start",
		Prompt: fmt.Sprintf("Start %s?", disk.Base(pr.Path)),
		Yes:    "starts it; leave its wizard open and come back here", No: "starts nothing and stays here"}
	fd.answer = func(f *Facts, _ screen.Answer) { f.Choices.Installer = look.ChosenInstaller(*f).Path }
	fd.then.act = computer.ActStart
	return fd
}

// browsingInstaller asks which file of the folder is the installer.
func browsingInstaller(f Facts) finding {
	return browsing(f, "Choose the update installer in ", func(f *Facts, e look.Entry) {
		f.Choices.Installer, f.Choices.InstallerTaken = e.Path, true
	})
}

// anotherInstaller begins the step afresh, once the wizard that runs has been closed.
func anotherInstaller() *action {
	return &action{"start another", "", forgetInstaller, outcome{look: true}}
}

// forgetInstaller forgets the start and all that came of it: another installer is wanted.
func forgetInstaller(f *Facts) {
	if p := look.ChosenInstaller(*f); p != nil && f.File.Source.Code() != "" && look.Wrong(*f, f.File.Source) {
		f.Choices.Refused = p.SHA256
	}
	*f = f.ForgetSources()
	f.Start, f.Folder, f.Installers = look.Start{}, look.Folder{}, nil
	f.Choices.Installer, f.Choices.InstallerTaken, f.Choices.Folder, f.Choices.Another = "", false, "", true
}

// wayBack is what s does on a failed step whose problem has to be cured at an earlier one; nil for any other.
func wayBack(at int, then screen.Then) *action {
	switch {
	case then == screen.StartAgain && at > startInstaller:
		return &action{"back to step 6", "", forgetInstaller, outcome{transition: goBack, to: startInstaller}}
	case then == screen.CheckAgain && at > checkPackage:
		return &action{"back to step 9", "", nil, outcome{transition: goBack, to: checkPackage}}
	}
	return nil
}

func chooseInstaller(f Facts) finding {
	q := &screen.Question{Kind: screen.Choose, Prompt: "Which one do you want to start?", Verb: "choose"}
	for _, p := range f.Installers {
		q.Options = append(q.Options, screen.Option{Label: p.Path,
			Note: fmt.Sprintf("%s, %s", cmp.Or(p.Version, "no version"), screen.Date(p.Info.Written))})
	}
	q.Options = append(q.Options, screen.Option{Label: "another file…"})
	says := fmt.Sprintf("%d update installers were found.", len(f.Installers))
	return finding{state: screen.Asking, says: says, question: q, last: browse(),
		answer: func(f *Facts, a screen.Answer) {
			f.Choices.Installer, f.Choices.InstallerTaken = f.Installers[a.Choice].Path, true
		}}
}

// doStart starts the chosen installer, after noting how long the set-up log is.
func doStart(ctx context.Context, m computer.Machine, f Facts, e look.Env) Facts {
	pr := *look.ChosenInstaller(f)
	f = look.Started(ctx, m, f, e)
	if f.Trouble = f.WizardsUnseen; f.Trouble != nil || f.Start.PID != 0 || len(f.Wizards) > 0 &&
		!f.Choices.WizardLeft {
		return f // a wizard runs now: it is taken as the started one, or has to be closed first
	}
	lf := look.Log(m, f, look.SetupLogName)
	if f.Trouble = lf.Unread(); f.Trouble != nil {
		return f // what the installer writes to its log could not be told from what stood there before
	}
	f, l := start(ctx, m, f, pr, e)
	if f.Trouble != nil {
		return f
	}
	f.Start = look.Start{PID: l.PID, At: e.Now, Program: pr.Path, Origin: l.Origin, LogID: lf.Info.ID,
		LogSize: lf.Info.Size}
	f.SetupLog, f.Folder = look.LogFile{}, look.Folder{}
	f.Opened, f.Choices.Another, f.Choices.ByHand = true, false, false
	f.Wizards = append(slices.Clip(f.Wizards), // until the next step looks
		computer.Process{PID: l.PID, Image: cmp.Or(l.Staged.Path, pr.Path), Started: e.Now, Ours: true})
	return f
}

func showStartInstaller(f Facts) view {
	if f.Start.PID != 0 {
		v := view{says: "The installer is running. " + handsOff, mood: screen.Good, came: "started",
			rows: startedRows(f)}
		if f.Copied() { // shown again: step 11 wants it closed
			v.says = "The installer was started."
		}
		return v
	}
	if p := look.ChosenInstaller(f); p != nil && f.Choices.Browse == "" {
		v := view{says: fmt.Sprintf("%s was found. %s", disk.Base(p.Path), handsOff), mood: screen.Good}
		v.rows = append(programRows(*p), notStagedRows(f.InPlace)...)
		return v
	}
	return view{says: "Choose the update installer."}
}

// handsOff is the article's warning while the wizard of its step 6 is open.
const handsOff = "In its wizard do NOT press Next or Upgrade."

func startedRows(f Facts) []screen.Row {
	how := "started"
	if f.Start.Found {
		how = "was open already, started"
	}
	note := fmt.Sprintf("process %d, %s %s", f.Start.PID, how, screen.Clock(f.Start.At))
	rows := []screen.Row{{Label: "installer", Value: f.Start.Program, Note: note}}
	rows = append(rows, originRows(f.Start.Origin)...)
	if !f.Upgrade.Begun {
		rows = append(rows, sweptRows(f.Swept)...)
	}
	return rows
}

func programRows(p installer.Program) []screen.Row {
	if p.Trouble != nil {
		return []screen.Row{{Label: "installer", Value: p.Path}}
	}
	return []screen.Row{
		{Label: "installer", Value: p.Path},
		{Label: "version", Value: cmp.Or(p.Version, p.Unversioned, "none in the file")},
		p.Signature.Row(),
	}
}
