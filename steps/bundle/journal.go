package bundle

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/journal"
	"marsfix/steps/redact"
	"marsfix/steps/report"
	"marsfix/steps/screen"
)

// journalCap bounds how much of a journal goes in, in bytes from its end.
const journalCap = 4 << 20

// addJournal adds the journal, if nobody else can have written it: the bundle vouches for what is in it.
func (b *Bundle) addJournal(d disk.Reader) {
	dir := computer.OwnFolder(b.about)
	it := Item{Name: journal.FileName, Missing: true, Note: "there is none yet"}
	if dir != "" {
		it.From = disk.Join(dir, it.Name)
	}
	file, err := computer.OpenOwn(d, dir, journal.FileName)
	switch {
	case dir == "" || computer.Absent(err):
		b.add(it, nil)
		return
	case err == nil:
		defer file.Close() // opened for reading: closing it can lose nothing
		var in disk.Info
		in, err = file.Info()
		it.Size, it.Kept = in.Size, min(in.Size, journalCap)
	}
	if err != nil {
		b.leaveOut(journal.FileName, disk.Join(dir, journal.FileName), err)
		return
	}
	it.From, it.Missing, it.Note = file.Path(), false, onlyItsLast(it.Size)
	b.add(it, func(_ context.Context, w io.Writer, red *redact.Redactor) (string, error) {
		return writeJournal(w, d, dir, red)
	})
}

// onlyItsLast says of a journal of that many bytes what of it goes in; empty: all of it.
func onlyItsLast(size int64) string {
	if size <= journalCap {
		return ""
	}
	return fmt.Sprintf("only its last %s", screen.Size(journalCap))
}

// leaveOut names a file that does not go in, and why. Whose it is instead of marsfix's is a name as well.
func (b *Bundle) leaveOut(name, path string, err error) {
	note := fmt.Sprintf("left out, because it cannot be read: %v", disk.Cause(err))
	var not *disk.NotPrivateError
	var at *fs.PathError
	if errors.As(err, &not) && errors.As(err, &at) {
		why := not.Error()
		if !disk.SamePath(at.Path, path) { // a folder above it
			why = fmt.Sprintf("\"%s\": %s", at.Path, why)
		}
		note = "left out, because it may not be marsfix's own: " + why
		if account := not.Who; strings.Contains(account, `\`) && !strings.HasPrefix(account, "BUILTIN") &&
			!strings.HasPrefix(account, "NT ") {
			b.users = longestFirst(append(b.users, disk.Base(account)))
		}
	}
	b.add(Item{Name: name, From: path, Missing: true, Note: note}, nil)
}

// writeJournal writes the end of a journal, record by record, and tells what of it that is. A line that is none is left
// out: its text could hold anything.
func writeJournal(w io.Writer, d disk.Reader, dir string, red *redact.Redactor) (note string, err error) {
	file, info, err := disk.WithInfo(computer.OpenOwn(d, dir, journal.FileName))
	if err != nil {
		return "", err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	from := max(0, info.Size-journalCap)
	sc := bufio.NewScanner(io.NewSectionReader(file, from, info.Size-from))
	sc.Buffer(nil, journal.MaxLine)
	for sc.Scan() {
		if err := writeRecord(w, sc.Bytes(), red); err != nil {
			return "", err
		}
	}
	return onlyItsLast(info.Size), sc.Err()
}

func writeRecord(w io.Writer, line []byte, red *redact.Redactor) error {
	var r journal.Record
	if len(bytes.TrimSpace(line)) == 0 || json.Unmarshal(line, &r) != nil {
		return nil
	}
	clean := report.Sanitizer(red)
	report.MapEach(clean, &r.Asked, &r.Text, &r.From, &r.To, &r.Aside, &r.SHA256, &r.State, &r.Kind, &r.Version)
	r.Act = computer.Act(clean(string(r.Act)))
	if r.Problem != nil {
		r.Problem = &screen.Told{Code: screen.Code(clean(string(r.Problem.Code))), Message: clean(r.Problem.Message),
			Hint: clean(r.Problem.Hint)}
	}
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}
