package steps

import (
	"fmt"
	"slices"
	"strings"
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
		fd.state, fd.enter = screen.NeedsYou, again
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
	case t.Exists && t.Usable:
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
		fd := failed(screen.Problem{Code: screen.CodeDiskFull,
			Message: fmt.Sprintf("the drive of \"%s\" has only %s free, and the %s needs %s", t.Path, screen.Size(int64(t.Free)),
				f.File.Kind, screen.Size(f.File.Source.Info.Size)),
			Cure: "make room on that drive", Then: screen.LookAgain})
		fd.other = sweepMove(f)
		return fd
	}
	return askCopy(f)
}

func askCopy(f Facts) finding {
	fd := finding{state: screen.Asking, problems: folderNote(f), other: sweepMove(f), declined: "Not copied."}
	fd.question = &screen.Question{Kind: screen.Confirm, Verb: "copy",
		Prompt: fmt.Sprintf("Copy %s as %s?", it(f), disk.Base(f.File.Place)),
		Yes:    "copies and verifies; nothing is overwritten", No: stays}
	if f.About.Label == "" {
		fd.question.Yes += "; " + computer.Undo + " takes it back"
	}
	if len(f.Lost()) > 1 {
		fd.question.No = "leaves it out and asks about the next file"
	}
	fd.then.act = computer.ActCopy
	return fd
}

func askSetAside(f Facts) finding {
	name := disk.Base(f.File.Place)
	fd := finding{state: screen.Asking, problems: folderNote(f), other: sweepMove(f), declined: "Not set aside.",
		says: fmt.Sprintf("An unusable file already has the name %s.", name), mood: screen.Warn}
	fd.question = &screen.Question{Kind: screen.Confirm, Verb: "set aside",
		Prompt: fmt.Sprintf("Set the unusable %s aside first?", name),
		Yes:    fmt.Sprintf("renames it to %s.marsfix-<time>; nothing is deleted", name), No: stays}
	if len(f.Lost()) > 1 {
		fd.question.No = "leaves it as it is and asks about the next file"
	}
	fd.then.act = computer.ActSetAside
	return fd
}

// alreadyRight says of a name in the cache that it needs no copy.
const alreadyRight = "already there and right; left alone"

// stays is what n does at a question about the cache.
const stays = "changes nothing and stays here"

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

func showCopyPackage(f Facts) view {
	if _, waits := f.Waiting(); !waits && f.Copied() || f.File.Copied.Done {
		return copiedView(f)
	}
	t, p := f.File.Target, f.File.Source
	v := view{} // no fact for the clipboard: beside "y copy" a key for that could be mistaken
	if p.Path == "" || t.Path == "" {
		return v
	}
	v.says, v.mood = fmt.Sprintf("The right %s was found, and its name in the cache is free.", f.File.Kind), screen.Good
	if !look.Accepted(f, p) || p.Signature.Doubtful() {
		v.says = fmt.Sprintf("The %s of your choice can be copied: its name in the cache is free.", f.File.Kind)
		v.mood = screen.Plain
	}
	to := screen.Row{Label: "to", Value: t.Path, Note: "does not exist yet"}
	switch {
	case t.Unseen():
		to.Note, to.Tone, to.Word = "could not be looked at", screen.Warn, "could not"
	case t.Exists && t.Usable:
		to.Note, to.Tone, to.Word = alreadyRight, screen.Good, "right"
		v.says, v.came = fmt.Sprintf("%s is already in the cache, and it is the right one.", disk.Base(t.Path)),
			"in place"
	case t.Exists:
		why := t.Why
		if rest, told := strings.CutPrefix(why, fmt.Sprintf("\"%s\" ", t.Path)); told {
			why = rest // the path stands in the row already
		}
		to.Note, to.Tone, to.Word = "exists, but "+strings.TrimPrefix(why, "it "), screen.Bad, "exists"
	}
	v.rows = []screen.Row{
		fromRow(f),
		to,
		{Label: "SHA-256", Value: p.SHA256},
	}
	if t.Free > 0 && t.Free < uint64(p.Info.Size) {
		v.rows = append(v.rows, roomRows(t, p.Info.Size)...)
	}
	if f.File.Copied.Aside != "" {
		v.rows = append(v.rows, screen.Row{Label: "set aside", Value: f.File.Copied.Aside})
	}
	v.rows = append(v.rows, otherCopies(f)...)
	v.rows = append(v.rows, leftoverRows(f)...)
	return v
}

// roomRows are the room that a copy needs and the room that there is, where that is less.
func roomRows(t look.Target, needed int64) []screen.Row {
	free := screen.Size(int64(t.Free))
	return []screen.Row{{Label: "needed", Value: screen.Size(needed)}, {Label: "free",
		Value: free + " left on drive " + t.Path[:min(len(t.Path), 2)], Tone: screen.Bad, Word: free}}
}

// fromRow is the file that is to be copied, and what is known of it.
func fromRow(f Facts) screen.Row {
	p := f.File.Source
	r := screen.Row{Label: "from", Value: p.Path, Tone: p.Signature.Tone(), Word: p.Signature.Word()}
	r.Note = screen.Size(p.Info.Size) + "   " + p.Signature.Row().Value
	if look.Accepted(f, p) {
		r.Note += fmt.Sprintf("   %s code matches", f.File.Kind)
	}
	if r.Tone == screen.Good {
		r.Word = "matches" // not said where no registered code was there to compare with
	}
	return r
}

// otherCopies shows how the other lost files stand.
func otherCopies(f Facts) []screen.Row {
	var rows []screen.Row
	for i, l := range f.Lost() {
		r := screen.Row{Label: "also", Value: l.Place, Note: "asked next"}
		switch {
		case i == f.At:
			continue
		case l.Copied.Done:
			r.Note, r.Tone = "in place", screen.Good
		case l.Target.Exists && l.Target.Usable:
			r.Note, r.Tone, r.Word = alreadyRight, screen.Good, "right"
		case l.Declined:
			r.Note, r.Tone, r.Word = "still lost: not copied, as you said", screen.Bad, "still lost"
		case l.LeftOut:
			r.Note, r.Tone, r.Word = "still lost: left out, as you said", screen.Bad, "still lost"
		case !l.Ready():
			r.Note, r.Tone, r.Word = "still lost: not found", screen.Bad, "still lost"
		}
		rows = append(rows, r)
	}
	return rows
}

// copiedSays is what was copied, in a sentence.
func copiedSays(f Facts) string {
	done, all := 0, f.Lost()
	for _, l := range all {
		if l.Copied.Done || l.Target.Exists && l.Target.Usable {
			done++
		}
	}
	switch {
	case len(all) == 1:
		return fmt.Sprintf("%s is back in the cache, verified.", disk.Base(f.File.Copied.To))
	case done == len(all):
		return fmt.Sprintf("All %d lost files are back in the cache, verified.", done)
	}
	return fmt.Sprintf("%d of %d lost files are back in the cache, verified.", done, len(all))
}

// copiedView is what was copied: of several, the current one in full.
func copiedView(f Facts) view {
	for i, l := range f.Lost() {
		if !f.File.Copied.Done && l.Copied.Done {
			f = f.Turn(i)
		}
	}
	c := f.File.Copied
	v := view{fact: c.To, mood: screen.Good, came: "copied", rows: []screen.Row{
		{Label: "from", Value: c.From, Note: screen.Size(c.Size)},
		{Label: "to", Value: c.To, Note: "in place", Tone: screen.Good},
		{Label: "SHA-256", Value: c.SHA256, Note: "read back, identical", Tone: screen.Good, Word: "identical"},
	}}
	if c.Aside != "" {
		v.rows = append(v.rows, screen.Row{Label: "set aside", Value: c.Aside})
	}
	if c.Shared {
		v.rows = append(v.rows, screen.Row{Label: "note",
			Value: "other programs could write to the source meanwhile; the copy was verified afterwards"})
	}
	if v.says = copiedSays(f); len(f.Lost()) > 1 {
		v.came = screen.Count(int64(len(f.Lost())), "file", "files")
	}
	v.rows = append(v.rows, otherCopies(f)...)
	if f.About.Label == "" {
		v.rows = append(v.rows, screen.Row{Label: "to undo", Value: "run " + computer.Undo})
	}
	return v
}
