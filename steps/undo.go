package steps

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"time"

	"marsfix/steps/disk"
)

// Undoable is the last copy that the journal tells of and nobody has taken back, as it stands on the disk now.
type Undoable struct {
	Copy     Record    // of the copy: from, to, sha256, aside
	Info     disk.Info // the file under that name
	ID       string    // its Unique_ID
	Named    string    // the product whose registration names it, empty when none does
	Question Question  // what has to be answered before Undo
}

// maxJournalLine bounds a line of the journal, in bytes.
const maxJournalLine = 1 << 20

// FindUndo looks for what can be taken back. The problem says why nothing can.
func FindUndo(ctx context.Context, l Looker, now time.Time) (Undoable, *Problem) {
	a, err := l.About(ctx)
	if err != nil {
		return Undoable{}, &Problem{"computer-unreadable", fmt.Sprintf("cannot ask this computer: %v", err), "start marsfix again with Run as administrator"}
	}
	if !a.Elevated {
		p := needsElevation("taking the copy back")
		return Undoable{}, &p
	}
	rec, p := lastCopy(l.Disk(), a)
	if p != nil {
		return Undoable{}, p
	}
	f := lookWizards(ctx, l, Facts{About: a, Registration: lookRegistration(ctx, l)}, env{now: now})
	if len(f.Wizards) > 0 {
		p := wizardRuns(f.Wizards)
		return Undoable{}, &p
	}
	u := Undoable{Copy: rec, ID: idOf(a.WindowsDir, rec.To)}
	if u.ID == "" {
		return Undoable{}, &Problem{"journal-suspicious", fmt.Sprintf("the journal names %q, which is no cached package", rec.To), "nothing was changed; look at the journal's last lines"}
	}
	if u.Info, p = sameAsCopied(ctx, l.Disk(), rec); p != nil {
		return Undoable{}, p
	}
	if pr := productAt(f, rec.To); pr != nil {
		u.Named = pr.Name
	}
	u.Question = undoQuestion(u)
	return u, nil
}

// Text is what the journal says was put where, for a person.
func (u Undoable) Text() []string {
	lines := []string{
		"copied     " + u.Copy.To,
		"from       " + u.Copy.From,
		"on         " + date(u.Copy.Time.Local()),
		"SHA-256    " + u.Copy.SHA256 + " (still the same)",
	}
	if u.Copy.Aside != "" {
		lines = append(lines, "set aside  "+u.Copy.Aside+" (gets its name back)")
	}
	for i := range lines {
		lines[i] = cleanText(lines[i])
	}
	return lines
}

func undoQuestion(u Undoable) Question {
	if u.Named != "" {
		return Question{Kind: Type, Verb: "take back", Want: u.ID,
			Prompt: fmt.Sprintf("%s is registered with this package: taking it away brings error 1612 back. To do it all the same, %s", u.Named, typePrompt(u.ID))}
	}
	return Question{Kind: Confirm, Verb: "take back", Prompt: fmt.Sprintf("Delete %s, which marsfix copied on %s?", u.Copy.To, date(u.Copy.Time))}
}

// lastCopy is the last copy in the journals that no undo follows.
func lastCopy(d disk.Reader, a About) (Record, *Problem) {
	var last Record
	var read bool
	for _, dir := range journalDirs(a) {
		path := join(dir, journalName)
		rs, err := readJournal(d, path)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return Record{}, &Problem{"journal-unreadable", fmt.Sprintf("cannot read the journal %q: %v", path, cause(err)), "start marsfix in a console opened with Run as administrator"}
		}
		read = true
		if r, ok := openCopy(rs); ok && r.Time.After(last.Time) {
			last = r
		}
	}
	switch {
	case last.To != "":
		return last, nil
	case read:
		return Record{}, &Problem{"nothing-to-undo", "the journal tells of no copy that has not been taken back", "nothing to do"}
	}
	return Record{}, &Problem{"nothing-to-undo", "there is no journal on this computer: marsfix has changed nothing here", "nothing to do"}
}

// openCopy is the last copy in a journal that was not taken back: one that is known to be done, or one that was begun and of
// which the journal does not tell how it ended.
func openCopy(rs []Record) (last Record, ok bool) {
	for _, r := range rs {
		switch {
		case r.Act == actCopy && r.Kind == "before":
			last, ok = r, true
		case r.Act == actCopy && r.Kind == "after" && r.Problem != nil:
			last, ok = Record{}, false
		case r.Act == actCopy && r.Kind == "after":
			last, ok = r, true
		case r.Act == actUndo && r.Kind == "after" && r.Problem == nil && samePath(r.To, last.To):
			last, ok = Record{}, false
		}
	}
	return last, ok
}

// readJournal reads a journal's records. A line that cannot be read is passed over: the last may be cut off by a crash.
func readJournal(d disk.Reader, path string) ([]Record, error) {
	file, err := d.Open(path, disk.ShareAll)
	if err != nil {
		return nil, err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	info, err := file.Info()
	if err != nil {
		return nil, err
	}
	var rs []Record
	sc := bufio.NewScanner(io.NewSectionReader(file, 0, info.Size))
	sc.Buffer(nil, maxJournalLine)
	for sc.Scan() {
		var r Record
		if json.Unmarshal(sc.Bytes(), &r) == nil {
			rs = append(rs, r)
		}
	}
	return rs, sc.Err()
}

// sameAsCopied checks that the file under the name is still the one that was put there.
func sameAsCopied(ctx context.Context, d disk.Reader, r Record) (disk.Info, *Problem) {
	file, err := d.Open(r.To, disk.ShareRead)
	if errors.Is(err, fs.ErrNotExist) {
		return disk.Info{}, &Problem{"nothing-to-undo", fmt.Sprintf("%q does not exist any more", r.To), "nothing to do"}
	}
	if err != nil {
		return disk.Info{}, packageProblem(r.To, err)
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	info, err := file.Info()
	if err != nil {
		return info, packageProblem(r.To, err)
	}
	sum, err := hashOf(ctx, file, info.Size, func(Progress) {})
	if err != nil {
		return info, packageProblem(r.To, err)
	}
	if !strings.EqualFold(sum, r.SHA256) {
		return info, &Problem{"not-ours", fmt.Sprintf("%q is not the file that marsfix put there: its SHA-256 is %s, copied was %s", r.To, sum, r.SHA256),
			"nothing was changed; if it has to go, whoever put it there should remove it"}
	}
	return info, nil
}

// Undo takes the copy back, puts back what was set aside for it, and tells the journal. It changes nothing while Windows Installer
// works.
func Undo(ctx context.Context, m Machine, u Undoable, version string, now time.Time) *Problem {
	if busyNow(ctx, m) {
		return &Problem{"installer-busy", "a Windows Installer transaction runs now", "wait until it has ended, then: marsfix undo"}
	}
	info, p := sameAsCopied(ctx, m.Disk(), u.Copy)
	if p != nil {
		return p
	}
	j := newJournal(m, Options{Version: version})
	rec := Record{Kind: "before", Act: actUndo, To: u.Copy.To, SHA256: u.Copy.SHA256, Aside: u.Copy.Aside}
	j.add(now, rec)
	j.flush(true)
	p = takeBack(m, u, info)
	rec.Kind, rec.Problem = "after", p
	j.add(now, rec)
	j.flush(true)
	if jp := j.problem(); p == nil && jp != nil {
		return jp
	}
	return p
}

func takeBack(m Machine, u Undoable, info disk.Info) *Problem {
	if err := m.Writer().Remove(u.Copy.To, info.ID); err != nil {
		return writeProblem(u.Copy.To, err)
	}
	if u.Copy.Aside == "" {
		return nil
	}
	in, err := m.Disk().Stat(u.Copy.Aside)
	if errors.Is(err, fs.ErrNotExist) {
		return nil // somebody has taken it away meanwhile: there is nothing to put back
	}
	if err == nil {
		err = m.Writer().Rename(u.Copy.Aside, u.Copy.To, in.ID)
	}
	if err != nil {
		p := asideProblem(u.Copy.Aside, err)
		p.Message = fmt.Sprintf("the copy was taken back, but %q could not get its name again: %v", u.Copy.Aside, cause(err))
		p.Hint = fmt.Sprintf(`rename it by hand: ren "%s" "%s"`, u.Copy.Aside, baseOf(u.Copy.To))
		return p
	}
	return nil
}
