package steps

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"

	"marsfix/steps/disk"
)

// What undo answers when it takes nothing back, as far as it matters to itself.
const (
	codeNothingToUndo = "nothing-to-undo"
	codeNotOurs       = "not-ours"
)

// maxJournalLine bounds a line of the journal, in bytes.
const maxJournalLine = 1 << 20

// openCopy is a copy that no undo follows, with the folder of the journal that tells of it.
type openCopy struct {
	Record
	dir string
}

// openCopies are the copies in the journals that no undo follows, the latest first. At least one, or the problem says why none. The
// word of a journal that somebody else could have written is not taken: ordinary users may make folders in ProgramData.
func openCopies(d disk.Reader, a About) ([]openCopy, *Problem) {
	var told []openCopy
	var read bool
	var foreign *Problem
	for _, dir := range journalDirs(a) {
		path := join(dir, journalName)
		if _, err := d.Stat(path); errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if p := foreignJournal(d, dir, path); p != nil { // before it is read: it could be one that cannot be, to hide the other
			foreign = p
			continue
		}
		rs, err := readJournal(d, path)
		if err != nil {
			return nil, &Problem{Code: "journal-unreadable",
				Message: fmt.Sprintf("cannot read the journal \"%s\": %v", path, cause(err)),
				Hint:    "start marsfix in a console opened with Run as administrator"}
		}
		read = true
		for _, r := range rs {
			told = append(told, openCopy{r, dir})
		}
	}
	open := notTakenBack(told)
	slices.SortStableFunc(open, func(a, b openCopy) int { return a.Time.Compare(b.Time) })
	slices.Reverse(open)
	switch {
	case len(open) > 0:
		return open, nil
	case foreign != nil:
		return nil, foreign
	case read:
		return nil, &Problem{Code: codeNothingToUndo,
			Message: "the journal tells of no copy that has not been taken back", Hint: "nothing to do"}
	}
	return nil, &Problem{Code: codeNothingToUndo,
		Message: "there is no journal on this computer: marsfix has changed nothing here", Hint: "nothing to do"}
}

// foreignJournal is the problem of a journal, or a folder of it, that belongs to somebody who is no administrator; nil when neither does.
func foreignJournal(d disk.Reader, paths ...string) *Problem {
	for _, path := range paths {
		o, err := d.Owner(path)
		if err != nil {
			return journalNotTrusted(path, cause(err))
		}
		if o.Trust != disk.Trusted {
			return journalNotTrusted(path, fmt.Errorf("it belongs to %s", o.Name))
		}
	}
	return nil
}

func journalNotTrusted(path string, why error) *Problem {
	return &Problem{Code: "journal-foreign",
		Message: fmt.Sprintf("\"%s\" is not trusted: %v; nothing was changed", path, why),
		Hint:    "look at who made it; if the journal is not marsfix's own, remove that folder"}
}

// notTakenBack are the copies of which records tell and that were not taken back: those known to be done, and those begun of which
// nobody tells how they ended. What was set aside for a copy belongs to it, also when marsfix was started anew in between;
// until there is a copy it stands for itself.
func notTakenBack(rs []openCopy) []openCopy {
	var open []openCopy
	for _, r := range rs {
		switch {
		case r.Act == actSetAside && r.Kind == "before":
			r.Record = Record{Time: r.Time, Kind: r.Kind, Act: r.Act, To: r.From, Aside: r.To}
			open = append(open, r)
		case r.Act == actCopy && r.Kind == "before":
			r.Aside = or(r.Aside, asideFor(open, r.To))
			open = append(open, r)
		case r.Act == actCopy && r.Kind == "after":
			open = slices.DeleteFunc(open, func(o openCopy) bool { return o.Act == actCopy && o.Kind == "before" && samePath(o.To, r.To) })
			if r.Problem == nil || r.Problem.Code == codeNotFlushed {
				r.Aside = or(r.Aside, asideFor(open, r.To))
				open = append(open, r)
			}
		case r.Act == actUndo && r.Kind == "before":
			for i := range open {
				if samePath(open[i].To, r.To) {
					open[i].Kind = "before" // nobody knows any more, until the end is told
				}
			}
		case r.Act == actUndo && r.Kind == "after" && r.Problem == nil:
			open = slices.DeleteFunc(open, func(o openCopy) bool { return samePath(o.To, r.To) })
		}
	}
	return open
}

// asideFor is the last name under which a file was set aside that had stood at path; empty when none was.
func asideFor(open []openCopy, path string) string {
	for i := len(open) - 1; i >= 0; i-- {
		if samePath(open[i].To, path) && open[i].Aside != "" {
			return open[i].Aside
		}
	}
	return ""
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
