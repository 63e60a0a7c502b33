package steps

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"marsfix/steps/disk"
	"marsfix/steps/redact"
)

// journalCap bounds how much of a journal goes in, in bytes from its end.
const journalCap = 4 << 20

// addJournals adds the journals that are there.
func (b *Bundle) addJournals(d disk.Reader) {
	found := 0
	for _, dir := range journalDirs(b.about) {
		path := join(dir, journalName)
		in, err := d.Stat(path)
		if errors.Is(err, fs.ErrNotExist) || errors.Is(err, disk.ErrNoDrive) || errors.Is(err, ErrSilent) {
			continue
		}
		found++
		it := BundleItem{Name: numbered("journal", found, ".jsonl"), From: path, Size: in.Size, Kept: min(in.Size, journalCap)}
		switch {
		case err != nil:
			it.Missing, it.Note = true, fmt.Sprintf("cannot be read: %v", cause(err))
		case it.Kept < it.Size:
			it.Note = fmt.Sprintf("the last %s of it", size(it.Kept))
		}
		b.add(it, func(_ context.Context, w io.Writer, red *redact.Redactor) (string, error) {
			return it.Note, writeJournal(w, d, path, red)
		})
	}
	if found == 0 {
		b.add(BundleItem{Name: journalName, Missing: true, Note: "there is none: marsfix has changed nothing on this computer"}, nil)
	}
}

func numbered(name string, n int, ext string) string {
	if n > 1 {
		name += fmt.Sprintf("-%d", n)
	}
	return name + ext
}

// writeJournal writes the end of a journal, record by record. A line that is none is left out: its text could hold anything.
func writeJournal(w io.Writer, d disk.Reader, path string, red *redact.Redactor) error {
	file, err := d.Open(path, disk.ShareAll)
	if err != nil {
		return err
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	info, err := file.Info()
	if err != nil {
		return err
	}
	from := max(0, info.Size-journalCap)
	sc := bufio.NewScanner(io.NewSectionReader(file, from, info.Size-from))
	sc.Buffer(nil, maxJournalLine)
	for sc.Scan() {
		if err := writeRecord(w, sc.Bytes(), red); err != nil {
			return err
		}
	}
	return sc.Err()
}

func writeRecord(w io.Writer, line []byte, red *redact.Redactor) error {
	var r Record
	if len(bytes.TrimSpace(line)) == 0 || json.Unmarshal(line, &r) != nil {
		return nil
	}
	fix := func(s string) string { return red.Text(cleanText(s)) }
	each(fix, &r.Text, &r.From, &r.To, &r.Aside, &r.SHA256, &r.State, &r.Kind, &r.Version)
	r.Act = Act(fix(string(r.Act)))
	if r.Problem != nil {
		r.Problem = &Problem{Code: fix(r.Problem.Code), Message: fix(r.Problem.Message), Hint: fix(r.Problem.Hint)}
	}
	b, err := json.Marshal(r)
	if err != nil {
		return err
	}
	_, err = w.Write(append(b, '\n'))
	return err
}
