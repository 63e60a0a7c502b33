package journal

import (
	"context"
	"fmt"
	"slices"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// Flush writes what is pending; sync makes it durable.
func (j *Journal) Flush(sync bool) {
	j.writing.Lock()
	defer j.writing.Unlock()
	rs := j.unwritten()
	if len(rs) == 0 {
		return
	}
	if err := j.write(rs, sync); err != nil {
		j.fail("the journal \"%s\" cannot be written: %v; the repair continues without it", err,
			computer.OwnHint(err, "write down what is changed: marsfix undo will not know about it"))
	}
}

// unwritten are the pending records; none once the journal cannot be written.
func (j *Journal) unwritten() []Record {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.trouble != nil {
		return nil
	}
	return slices.Clone(j.pending)
}

// fail keeps the first failure. The format takes the path and the cause.
func (j *Journal) fail(format string, err error, hint string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.trouble == nil {
		j.trouble = &screen.Problem{Code: screen.CodeJournalUnwritable,
			Message: fmt.Sprintf(format, j.path, computer.OwnCause(err)), Cure: hint}
	}
}

func (j *Journal) write(rs []Record, sync bool) error {
	if err := j.open(); err != nil || j.file == nil {
		return err
	}
	var lines []byte
	if j.cut {
		lines, j.cut = []byte{'\n'}, false
	}
	for _, r := range rs {
		b, err := encode(r)
		if err != nil {
			return err
		}
		lines = append(lines, b...)
	}
	if _, err := j.file.Write(lines); err != nil {
		return err
	}
	j.mu.Lock()
	j.pending = j.pending[len(rs):]
	j.mu.Unlock()
	if sync {
		return j.file.Sync()
	}
	return nil
}

// open makes the journal's folder and opens its file, once the computer has told where that lies.
func (j *Journal) open() error {
	if j.opened {
		return nil
	}
	a, err := j.m.About(context.Background())
	j.Unasked = err
	dir := computer.OwnFolder(a)
	if err != nil || dir == "" || !a.Elevated {
		return nil // tried again with the next work; without rights a walk changes nothing that undo would need
	}
	j.opened = true
	j.mu.Lock()
	j.path = disk.Join(dir, FileName)
	j.mu.Unlock()
	if j.dir, err = j.m.Writer().MakePrivate(dir); err != nil {
		return err
	}
	if j.file, err = j.dir.Append(FileName); err != nil {
		return err
	}
	j.cut = cutOff(j.dir)
	return nil
}

// Close writes what is pending with a last record, and closes the file.
func (j *Journal) Close(now time.Time, last Record) {
	j.Add(now, last)
	j.Flush(true)
	j.shut()
}

// shut closes the journal's file.
func (j *Journal) shut() {
	j.writing.Lock()
	defer j.writing.Unlock()
	if j.file != nil {
		if err := j.file.Close(); err != nil {
			j.fail("the journal \"%s\" could not be closed: %v", err, "check its last lines")
		}
	}
	if j.dir != nil {
		j.dir.Close()
	}
}
