package undo

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/journal"
	"marsfix/steps/screen"
)

// openCopy is a copy that was not taken back, with the folder of the journal that records it.
type openCopy struct {
	journal.Record
	dir string
}

// openCopies are the copies in the journals that were not taken back, the latest first: at least one, or the problem
// says why there is none. A journal that somebody else could have written is not believed.
func openCopies(d disk.Reader, a computer.About) ([]openCopy, *screen.Problem) {
	var told []openCopy
	var read bool
	var refused *screen.Problem
	for _, dir := range []string{computer.FormerFolder(a), computer.OwnFolder(a)} {
		if dir == "" {
			continue
		}
		rs, err := journal.Read(d, dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			refused = journalRefused(disk.Join(dir, journal.FileName), err)
			if refused.Code == screen.CodeJournalUnreadable && dir == computer.OwnFolder(a) {
				return nil, refused
			}
			continue // users can make folders there: an unreadable one must not hide the other journal
		}
		read = true
		told = merged(told, rs, dir)
	}
	open := openChanges(told)
	slices.SortStableFunc(open, func(a, b openCopy) int { return a.Time.Compare(b.Time) })
	slices.Reverse(open)
	switch {
	case len(open) > 0:
		return open, nil
	case refused != nil:
		return nil, refused
	case read:
		return nil, &screen.Problem{Code: screen.CodeNothingToUndo,
			Message: "the journal lists no copy that is still in place", Cure: "nothing to do"}
	}
	return nil, &screen.Problem{Code: screen.CodeNothingToUndo,
		Message: "there is no journal on this computer, so no copy is known", Cure: "nothing to do"}
}

// merged puts the records of a second journal among those of the first by their time, and keeps the order within each.
// There are two because an earlier version kept its journal in another place.
func merged(told []openCopy, rs []journal.Record, dir string) []openCopy {
	var all []openCopy
	for _, r := range rs {
		for len(told) > 0 && !told[0].Time.After(r.Time) {
			all, told = append(all, told[0]), told[1:]
		}
		all = append(all, openCopy{r, dir})
	}
	return append(all, told...)
}

// journalRefused is the problem of a journal that cannot be read, or that somebody else could have written.
func journalRefused(path string, err error) *screen.Problem {
	if at := (*fs.PathError)(nil); errors.As(err, &at) {
		path = at.Path
	}
	if not := (*disk.NotPrivateError)(nil); errors.As(err, &not) || errors.Is(err, disk.ErrLink) {
		return &screen.Problem{Code: screen.CodeJournalForeign,
			Message: fmt.Sprintf("\"%s\" is not trusted: %v; nothing was changed", path, disk.Cause(err)),
			Cure:    "find out who made it; if it is not marsfix's own, delete that folder"}
	}
	return &screen.Problem{Code: screen.CodeJournalUnreadable,
		Message: fmt.Sprintf("cannot read the journal \"%s\": %v", path, disk.Cause(err)),
		Cure:    "close the program that holds it, then run: marsfix undo"}
}

// openChanges are the copies of the records that were not taken back: those known to be done, and those that were begun
// and whose end is not told. A file that was set aside belongs to the copy made after it, even when marsfix was started
// anew in between; without such a copy it is taken back alone.
func openChanges(rs []openCopy) []openCopy {
	var open []openCopy
	for _, r := range rs {
		switch {
		case r.Act == computer.ActSetAside && r.Kind == "before":
			r.Record = journal.Record{Time: r.Time, Kind: r.Kind, Act: r.Act, To: r.From, Aside: r.To}
			open = append(open, r)
		case r.Act == computer.ActCopy && r.Kind == "before":
			r.Aside = cmp.Or(r.Aside, asideFor(open, r.To))
			open = append(open, r)
		case r.Act == computer.ActCopy && r.Kind == "after":
			open = slices.DeleteFunc(open, func(o openCopy) bool {
				return o.Act == computer.ActCopy && o.Kind == "before" && disk.SamePath(o.To, r.To)
			})
			if r.Problem == nil || r.Problem.Code == screen.CodeNotFlushed {
				r.Aside = cmp.Or(r.Aside, asideFor(open, r.To))
				open = append(open, r)
			}
		case r.Act == computer.ActUndo && r.Kind == "before":
			for i := range open {
				if disk.SamePath(open[i].To, r.To) {
					open[i].Kind = "before" // whether it is still there is unknown until the undo's end is recorded
				}
			}
		case r.Act == computer.ActUndo && r.Kind == "after" && r.Problem == nil:
			open = slices.DeleteFunc(open, func(o openCopy) bool { return disk.SamePath(o.To, r.To) })
		}
	}
	return open
}

// asideFor is the latest name to which a file at path was set aside; empty when none was.
func asideFor(open []openCopy, path string) string {
	for i := len(open) - 1; i >= 0; i-- {
		if disk.SamePath(open[i].To, path) && open[i].Aside != "" {
			return open[i].Aside
		}
	}
	return ""
}
