// Package undo takes back a copy that marsfix made, if it is still the file that marsfix put there. It must never touch
// another file.
package undo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/journal"
	"marsfix/steps/screen"
)

// Undoable is the latest copy in the journal that was not taken back, as it is on the disk now.
type Undoable struct {
	Copy journal.Record // of the copy: from, to, sha256, aside
	// the copy itself is gone: undo only gives the file that was set aside for it its name back
	gone     bool
	Info     disk.Info          // the file under that name
	ID       string             // its Unique_ID
	Named    string             // the product whose registration names it, empty when none does
	unread   bool               // that is not known, since not all of the registration can be read
	Wizards  []computer.Process // open wizards that are not of this repair: somebody may need the package
	Question screen.Question    // what has to be answered before Undo

	earlier bool   // there is another copy to take back after this one
	journal string // the folder of the journal that records it
}

// Find looks for what can be taken back. The problem says why nothing can.
func Find(ctx context.Context, l computer.Looker, now time.Time) (Undoable, *screen.Told) {
	u, p := findUndo(ctx, l, now)
	u.Question.Prompt = screen.CleanText(u.Question.Prompt)
	return u, told(p)
}

// told words a problem for undo, nil for none. Only an administrator gets that far, hence Elevated.
func told(p *screen.Problem) *screen.Told {
	if p == nil {
		return nil
	}
	t := computer.About{Elevated: true}.Settled(*p).Cleaned().Told("marsfix undo")
	return &t
}

func findUndo(ctx context.Context, l computer.Looker, now time.Time) (Undoable, *screen.Problem) {
	a, p := undoComputer(ctx, l)
	if p != nil {
		return Undoable{}, p
	}
	open, p := openCopies(l.Disk(), a)
	if p != nil {
		return Undoable{}, p
	}
	strangers, p := notNow(ctx, l, now)
	if p != nil {
		return Undoable{}, p
	}
	u, p := latestUndoable(ctx, l.Disk(), a, open)
	if p != nil {
		return Undoable{}, p
	}
	r := computer.ReadRegistration(ctx, l)
	if pr := r.ProductAt(u.Copy.To); pr != nil && !u.gone {
		u.Named = pr.Name
	}
	u.unread = computer.RegistrationUnread(r, u.Copy.To) != nil
	u.Wizards = strangers
	u.Question = undoQuestion(u)
	return u, nil
}

// Propose is the latest copy and the question that has to be answered before it is taken back. After a yes nothing
// interrupts it: half taken back, the file that was set aside would not have its name again.
func Propose(ctx context.Context, m computer.Machine, now func() time.Time) (screen.Proposal, error) {
	u, p := Find(ctx, m, now())
	if p != nil {
		return screen.Proposal{}, p.Err()
	}
	return screen.Proposal{Told: u.Text(), Question: u.Question, Whole: true, Do: func() (string, error) {
		if p := Undo(context.WithoutCancel(ctx), m, u, now()); p != nil {
			return "", p.Err()
		}
		return u.done(), nil
	}}, nil
}

// done is what was done, for a person.
func (u Undoable) done() string {
	done := "taken back: " + u.Copy.To
	if u.gone {
		done = "put back: " + u.Copy.To
	}
	if u.earlier {
		done += "\nto take back the copy before it, run again: marsfix undo"
	}
	return done
}

// Text tells a person what was copied where, by the journal.
func (u Undoable) Text() []string {
	lines := []string{
		"copied     " + u.Copy.To,
		"from       " + u.Copy.From,
		"on         " + screen.Date(u.Copy.Time.Local()),
		"SHA-256    " + u.Copy.SHA256 + " (unchanged since)",
	}
	if u.gone {
		lines = []string{"missing    " + u.Copy.To}
	}
	if u.Copy.Aside != "" {
		lines = append(lines, "set aside  "+u.Copy.Aside+" (will get its name back)")
	}
	for i := range lines {
		lines[i] = screen.CleanText(lines[i])
	}
	return lines
}

func undoQuestion(u Undoable) screen.Question {
	var risks string
	kind := cache.KindOf(u.Copy.To)
	switch {
	case u.gone:
	case u.Named != "":
		risks = fmt.Sprintf("Windows Installer expects this %s for %s: without it, error 1612 comes back. ", kind, u.Named)
	case u.unread:
		risks = "Windows Installer's registration could not be read completely: if a product needs this " +
			kind.String() + ", error 1612 comes back. "
	}
	for _, p := range u.Wizards {
		risks += fmt.Sprintf("An upgrade wizard is open that may not be yours: %s. Its upgrade may need the %s. ",
			p.Whose(), kind)
	}
	q := screen.Question{Kind: screen.Confirm, Verb: "delete it",
		Prompt: fmt.Sprintf("Delete %s, which marsfix copied on %s?", u.Copy.To, screen.Date(u.Copy.Time.Local()))}
	if u.gone {
		q.Verb, q.Prompt = "rename it", fmt.Sprintf("Rename %s back to %s?", u.Copy.Aside, disk.Base(u.Copy.To))
	}
	if risks != "" {
		q.Kind, q.Want, q.Prompt = screen.Type, u.ID, risks+"To do it anyway, "+screen.TypePrompt(u.ID)
	}
	return q
}

// latestUndoable is the latest copy of which something is left to take back. It passes over copies that somebody has
// removed since, and those that were begun and never finished, so that they hide no earlier one.
func latestUndoable(ctx context.Context, d disk.Reader, a computer.About, open []openCopy) (Undoable, *screen.Problem) {
	var first *screen.Problem
	for i, r := range open {
		u, p := lookBack(ctx, d, a, r)
		if p == nil {
			u.earlier = slices.ContainsFunc(open[i+1:], func(r openCopy) bool {
				_, p := lookBack(ctx, d, a, r)
				return p == nil && !disk.SamePath(r.To, u.Copy.To)
			})
			return u, nil
		}
		if r.Kind == "before" && p.Code == screen.CodeNotOurs {
			p = &screen.Problem{Code: screen.CodeNothingToUndo,
				Message: fmt.Sprintf("the journal says that a copy to \"%s\" was started, but nothing is left of it", r.To),
				Cure:    "nothing to do"}
		}
		if p.Code != screen.CodeNothingToUndo && p.Code != screen.CodeNotOurs {
			return Undoable{}, p
		}
		if first == nil || first.Code == screen.CodeNothingToUndo && p.Code == screen.CodeNotOurs {
			first = p
		}
	}
	return Undoable{}, first
}

// lookBack looks at what is left of one copy.
func lookBack(ctx context.Context, d disk.Reader, a computer.About, r openCopy) (Undoable, *screen.Problem) {
	u := Undoable{Copy: r.Record, ID: cache.ID(a.WindowsDir, r.To, cache.KindOf(r.To)), journal: r.dir}
	if u.ID == "" {
		return u, suspiciousJournal(r.To, "not a cached package or patch")
	}
	if r.Aside != "" && !cache.IsAside(r.To, r.Aside) {
		return u, suspiciousJournal(r.Aside, "not a name that marsfix gives to a file set aside")
	}
	var p *screen.Problem
	if u.Info, p = sameAsCopied(ctx, d, r.Record); p == nil || p.Code != screen.CodeNothingToUndo || r.Aside == "" {
		return u, p
	}
	aside, q := lookAside(d, r.Aside)
	if aside == nil && q == nil {
		return u, p
	}
	u.gone = true
	return u, q
}

func suspiciousJournal(path, what string) *screen.Problem {
	return &screen.Problem{Code: screen.CodeJournalSuspicious,
		Message: fmt.Sprintf("the journal names \"%s\", which is %s", path, what),
		Cure:    "nothing was changed; check the last lines of the journal"}
}

// sameAsCopied checks that the file under the name is still the one that was put there.
func sameAsCopied(ctx context.Context, d disk.Reader, r journal.Record) (disk.Info, *screen.Problem) {
	file, info, err := disk.WithInfo(d.Open(r.To, disk.ShareRead))
	if errors.Is(err, fs.ErrNotExist) {
		return disk.Info{}, &screen.Problem{Code: screen.CodeNothingToUndo,
			Message: fmt.Sprintf("\"%s\" no longer exists", r.To), Cure: "nothing to do"}
	}
	if err != nil {
		return disk.Info{}, unread(r.To, err)
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	sum, err := disk.Hash(ctx, file, info.Size, disk.Unreported)
	if err != nil {
		return info, unread(r.To, err)
	}
	if !strings.EqualFold(sum, r.SHA256) {
		return info, &screen.Problem{Code: screen.CodeNotOurs,
			Message: fmt.Sprintf("\"%s\" is not the file that marsfix put there: its SHA-256 is %s, marsfix copied %s",
				r.To, sum, r.SHA256),
			Cure: "nothing was changed; ask whoever put the file there whether it can be removed"}
	}
	return info, nil
}

// unread is the problem of a copy that could not be examined. Its cure is to look again: unlike a package of an
// installer, it will not be extracted anew.
func unread(path string, err error) *screen.Problem {
	p := computer.PackageProblem(path, err)
	if p.Then != screen.Nothing {
		p.Then = screen.LookAgain
	}
	return p
}

// Undo takes the copy back, puts back what was set aside for it, and tells the journal. It changes nothing while
// Windows Installer works or a wizard is open.
func Undo(ctx context.Context, m computer.Machine, u Undoable, now time.Time) *screen.Told {
	return told(undo(ctx, m, u, now))
}

func undo(ctx context.Context, m computer.Machine, u Undoable, now time.Time) *screen.Problem {
	p := mayUndo(ctx, m, u, now)
	if p == nil && !u.gone {
		u.Info, p = sameAsCopied(ctx, m.Disk(), u.Copy)
	}
	if p != nil {
		return p
	}
	aside, p := lookAside(m.Disk(), u.Copy.Aside) // before anything is removed for it
	if p != nil {
		return p
	}
	j := journal.New(m)
	rec := journal.Record{Kind: "before", Act: computer.ActUndo, To: u.Copy.To, SHA256: u.Copy.SHA256,
		Aside: u.Copy.Aside}
	if q := u.Question; q.Kind == screen.Type {
		j.Add(now, journal.Record{Kind: "answer", Asked: q.Prompt, Text: q.Want})
	}
	j.Add(now, rec)
	j.Flush(true)
	if j.Unasked != nil { // without its record, this undo would be offered again
		return &screen.Problem{Code: screen.CodeNoComputer,
			Message: fmt.Sprintf("cannot ask this computer where the journal is: %v; nothing was changed", j.Unasked),
			Cure:    undoAgain}
	}
	p = takeBack(m, u, aside)
	rec.Kind, rec.Problem = "after", told(p)
	j.Close(now, rec)
	if jp := j.Problem(); p == nil && jp != nil {
		q := *jp
		q.Message, q.Cure, q.Then = "the copy was taken back, but "+q.Message, "nothing more to do here", screen.Nothing
		return &q
	}
	return p
}

func takeBack(m computer.Machine, u Undoable, aside *disk.Info) *screen.Problem {
	if !u.gone {
		if err := m.Writer().Remove(u.Copy.To, u.Info.ID); err != nil {
			return computer.WriteProblem(u.Copy.To, err)
		}
	}
	if aside == nil {
		return nil
	}
	if err := m.Writer().Rename(u.Copy.Aside, u.Copy.To, aside.ID); err != nil {
		p := cache.AsideProblem(u.Copy.Aside, err)
		p.Message = fmt.Sprintf("the copy was taken back, but \"%s\" could not be renamed back: %v", u.Copy.Aside,
			disk.Cause(err))
		p.Cure, p.Then, p.Refused = fmt.Sprintf(`rename it yourself: ren "%s" "%s"`, u.Copy.Aside, disk.Base(u.Copy.To)),
			screen.Nothing, ""
		return p
	}
	return nil
}
