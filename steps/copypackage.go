package steps

import (
	"fmt"
	"slices"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// busyPoll is how often a running transaction of Windows Installer is looked at again.
const busyPoll = time.Second

// judgeCopyPackage asks for one copy after the other. A no to one does not hold back the others.
func judgeCopyPackage(f Facts, _ time.Time) finding {
	_, waits := f.Waiting()
	several := len(f.Lost()) > 1
	switch {
	case f.Trouble == nil && waits && f.File.Settled():
		return finding{state: screen.Looking, poll: nextPoll, doing: "looking at the place of the next copy"}
	case f.Trouble == nil && !waits && several:
		return judgeCopies(f)
	}
	fd := judgeCopy(f)
	if several && fd.state == screen.Asking {
		fd.no, fd.question.Passes = declineCopy(), true
	}
	if several && fd.state == screen.Failed {
		fd = fd.orWithout(declineCopy())
	}
	return fd
}

// nextPoll makes the step look at the place of the next copy at once.
const nextPoll = time.Millisecond

// declineCopy leaves the current file uncopied, and goes on to the next.
func declineCopy() *action {
	return &action{"leave it out", "", func(f *Facts) { f.File.Declined = true }, outcome{look: true}}
}

// judgeCopies judges the step once every lost file has been asked about.
func judgeCopies(f Facts) finding {
	again := &action{"ask again", "Ask about the copies again?", func(f *Facts) {
		*f = f.Each(func(l *look.LostFile) { l.Declined = false })
	}, outcome{look: true}}
	fd := finding{state: screen.Done}
	declined := slices.ContainsFunc(f.Lost(), func(l look.LostFile) bool { return l.Declined })
	switch {
	case declined && !f.Copied():
		fd.state, fd.enter, fd.says = screen.NeedsYou, again, "Nothing was copied."
	case declined:
		fd.other = again
	}
	return fd
}

// copiedAll reports whether step 10 has nothing left to ask.
func copiedAll(f Facts) bool {
	_, waits := f.Waiting()
	return !waits && f.Copied() && !slices.ContainsFunc(f.Lost(), func(l look.LostFile) bool { return l.Declined })
}

// judgeCopy judges the copy of the current file.
func judgeCopy(f Facts) finding {
	t := f.File.Target
	switch {
	case f.File.Copied.Done:
		return finding{state: screen.Done}
	case f.Trouble != nil && f.Trouble.Code == screen.CodeSourceMissing && f.File.Chosen == "" && wizardGone(f):
		return startAgain(f.Folder.Path)
	case f.Trouble != nil && f.Trouble.Code == screen.CodeSourceMissing && len(f.Ours()) > 0:
		p := *f.Trouble
		p.Message = fmt.Sprintf("\"%s\" has vanished, although the upgrade wizard is still open", f.File.Source.Path)
		return failed(p)
	case f.Trouble != nil:
		return failed(*f.Trouble)
	case t.Unread != nil:
		return failed(*t.Unread)
	case t.Changed:
		return registrationChanged()
	case t.Unseen():
		return failed(*t.Trouble)
	case t.Usable:
		return finding{state: screen.Done}
	case !f.About.Elevated:
		return failed(computer.NeedsElevation("copying into the Installer folder"))
	case f.BusyUnseen != nil:
		return failed(*f.BusyUnseen)
	case f.Busy:
		return finding{state: screen.Looking, poll: busyPoll, says: busySays, mood: screen.Warn,
			doing: "waiting until Windows Installer is idle"}
	case t.Exists && t.Info.Dir:
		return failed(screen.Problem{Code: screen.CodeTargetIsFolder, Message: fmt.Sprintf("\"%s\" is a folder", t.Path),
			Cure: "move that folder elsewhere", Then: screen.LookAgain})
	case t.Exists:
		return askSetAside(f)
	case t.Free > 0 && t.Free < uint64(f.File.Source.Info.Size):
		return failed(screen.Problem{Code: screen.CodeDiskFull,
			Message: fmt.Sprintf("the drive of \"%s\" has only %s free, and the %s needs %s", t.Path, screen.Size(int64(t.Free)),
				f.File.Kind, screen.Size(f.File.Source.Info.Size)),
			Cure: "make room on that drive", Then: screen.LookAgain}).or(offerSweep(f))
	}
	return askCopy(f)
}

func askCopy(f Facts) finding {
	fd := finding{state: screen.Asking, problems: folderNote(f), other: offerSweep(f), declined: "Not copied."}
	fd.question = &screen.Question{Kind: screen.Confirm, Verb: "copy",
		Prompt: fmt.Sprintf("Copy %s as %s?", it(f), disk.Base(f.File.Place)),
		Yes:    "copies and verifies; nothing is overwritten"}
	if f.About.Label == "" {
		fd.question.Yes += "; " + computer.Undo + " takes it back"
	}
	fd.question.No = without(f, "leaves it out")
	fd.then.act = computer.ActCopy
	return fd
}

func askSetAside(f Facts) finding {
	name := disk.Base(f.File.Place)
	fd := finding{state: screen.Asking, problems: folderNote(f), other: offerSweep(f), declined: "Not set aside.",
		says: fmt.Sprintf("An unusable file already has the name %s.", name), mood: screen.Warn}
	fd.question = &screen.Question{Kind: screen.Confirm, Verb: "set aside",
		Prompt: fmt.Sprintf("Set the unusable %s aside first?", name),
		Yes:    fmt.Sprintf("renames it to %s.marsfix-<time>; nothing is deleted", name)}
	fd.question.No = without(f, "leaves it as it is")
	fd.then.act = computer.ActSetAside
	return fd
}

// without is what n does at a question about the cache: of several lost files it leaves one.
func without(f Facts, leaves string) string {
	switch {
	case len(f.Lost()) < 2:
		return "changes nothing and stays here"
	case f.More():
		return leaves + " and asks about the next file"
	}
	return leaves + " and goes on"
}

// busySays is what keeps a change of the cache waiting.
const busySays = "Windows Installer is busy with another installation."

func registrationChanged() finding {
	return finding{state: screen.NeedsYou, problems: []screen.Problem{{Code: screen.CodeRegistrationChanged,
		Message: "Windows Installer's registration of this product has changed",
		Cure:    "step 5 looks again", Then: screen.GoOn}},
		enter: &action{"back to step 5", "", func(f *Facts) { f.Choices.ID = "" }, outcome{transition: goBack, to: noteID}}}
}

// folderNote reports a cache folder in wrong hands. It is never changed.
func folderNote(f Facts) []screen.Problem {
	if f.File.Target.Folder == nil {
		return nil
	}
	return []screen.Problem{*f.File.Target.Folder}
}
