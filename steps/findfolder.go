package steps

import (
	"fmt"
	"time"

	"marsfix/logscan"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

func judgeFindFolder(f Facts, _ time.Time) finding {
	notes := suspiciousFolders(f.Setup)
	fail := func(p screen.Problem) finding {
		return finding{state: screen.Failed, problems: append([]screen.Problem{p}, notes...)}
	}
	fo := f.Folder
	switch {
	case f.Stopped() != nil:
		return fail(*f.Stopped())
	case fo.Path == "" && wizardGone(f), fo.Path != "" && !fo.Exists && wizardGone(f):
		return startAgain(fo.Path)
	case fo.Path == "" && !fo.Waited && f.Start.LogSize >= 0:
		return finding{state: screen.Looking, says: "The installer is running; its log does not name the folder yet.",
			poll: logPoll, limit: look.LogWait, doing: "waiting for the line in " + look.SetupLogName, problems: notes}
	case fo.Path == "" && f.Start.LogSize >= 0 && len(f.Ours()) > 0 && !f.Choices.ByHand:
		return keepLooking(f)
	case fo.Path == "" && len(fo.Options) > 0:
		return chooseFolder(f)
	case fo.Path == "":
		return fail(noFolder(fo.Unseen)).or(wayBack(findFolder, screen.StartAgain))
	case !fo.Exists:
		return fail(screen.Problem{Code: screen.CodeFolderMissing,
			Message: fmt.Sprintf("the extraction folder \"%s\" does not exist", fo.Path),
			Then:    screen.LookAgain, Offer: "to start the installer again"}).or(wayBack(findFolder, screen.StartAgain))
	case len(fo.Witnesses) == 0 && fo.From != "process" && !f.Choices.FolderSeen && f.About.Root == "":
		return askFolder(f, notes)
	}
	return finding{state: screen.Done, problems: notes}
}

// noFolder is the problem of a folder that is not known, or could not be looked for.
func noFolder(unseen error) screen.Problem {
	p := screen.Problem{Code: screen.CodeNoFolder,
		Message: "neither the log nor a process names the extraction folder, and no drive holds one",
		Then:    screen.LookAgain, Offer: "if the wizard has been closed"}
	if unseen != nil {
		p.Message += fmt.Sprintf("; marsfix could not look where the wizard runs from: %v", unseen)
	}
	return p
}

func suspiciousFolders(log logscan.SetupLog) []screen.Problem {
	if len(log.Suspicious) == 0 {
		return nil
	}
	return []screen.Problem{look.SuspiciousFolder(log.Suspicious[0])}
}

func chooseFolder(f Facts) finding {
	q := &screen.Question{Kind: screen.Choose, Prompt: "Which of these is the extraction folder?", Verb: "choose"}
	q.Options = f.Folder.Options
	const says = "Neither the log nor a process names the extraction folder."
	return finding{state: screen.Asking, says: says, mood: screen.Warn, question: q,
		answer: func(f *Facts, a screen.Answer) {
			f.Choices.Folder, f.Choices.FolderSeen = f.Folder.Options[a.Choice].Label, true
		}, then: outcome{look: true}}
}

// askFolder asks again where only the log speaks for the folder. It never refuses: the package itself is checked next.
func askFolder(f Facts, notes []screen.Problem) finding {
	says, prompt := "Only the log names this folder: no process of the wizard runs from it.",
		fmt.Sprintf("Use %s anyway?", f.Folder.Path)
	if f.Folder.Stranger != "" {
		says = "Only the log names this folder, and what runs from it may not be yours."
		prompt = fmt.Sprintf("Use %s anyway, with %s?", f.Folder.Path, f.Folder.Stranger)
	}
	return finding{state: screen.Asking, problems: notes, says: says, mood: screen.Warn, declined: "Not used.",
		question: &screen.Question{Kind: screen.Confirm, Verb: "use", Prompt: prompt,
			Yes: "uses it; the package in it is checked next", No: "changes nothing and stays here"},
		answer: func(f *Facts, _ screen.Answer) { f.Choices.FolderSeen = true }}
}

func showFindFolder(f Facts) view {
	fo := f.Folder
	v := view{fact: fo.Path, excerpt: fo.Around, says: "The extraction folder is not known yet."}
	if f.SetupLog.Read && f.SetupLog.Info.Size > 0 {
		v.log = &screen.LogRef{Path: f.SetupLog.Path, Offset: fo.Line.At, Line: fo.Line.Number,
			Lines: f.Setup.Lines, Size: f.Setup.Size}
	}
	if fo.Path == "" {
		return v
	}
	v.says, v.mood, v.came, v.claim = "The installer's temporary folder was found.", screen.Good, "found",
		"Is it this installer's folder?"
	r := screen.Row{Label: "temp path", Value: fo.Path, Note: "exists", Tone: screen.Good}
	switch {
	case fo.Exists && fo.Removable:
		r.Note, r.Tone, r.Word = "exists, on a removable drive: keep it plugged in", screen.Warn, "removable"
	case !fo.Exists && f.Trouble != nil:
		r.Note, r.Tone = "", screen.Plain // nobody knows: the problem says why
	case fo.Unknown:
		r.Note, r.Tone = "not looked at", screen.Plain
	case !fo.Exists:
		r.Note, r.Tone = "does not exist", screen.Bad
	}
	v.rows = append(v.rows, r)
	if fo.From == "log" {
		v.witnesses = append(v.witnesses, screen.Witness{Who: "log",
			Says: fmt.Sprintf("line %d names it", fo.Line.Number), View: screen.Agrees})
	} else {
		v.witnesses = append(v.witnesses, screen.Witness{Who: "log", Says: "says nothing new", View: screen.Silent})
	}
	v.witnesses = append(v.witnesses, fo.Witnesses...)
	switch {
	case fo.Stranger != "":
		v.witnesses = append(v.witnesses, screen.Witness{Who: "wizard", Says: "may not be yours: " + fo.Stranger,
			View: screen.Silent})
	case len(fo.Witnesses) == 0 && fo.Exists && f.About.Root == "":
		v.witnesses = append(v.witnesses, screen.Witness{Who: "wizard", Says: "no process runs from it",
			View: screen.Silent})
	}
	return v
}
