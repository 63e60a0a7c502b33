package steps

import (
	"context"
	"fmt"
	"sync"
	"time"

	"marsfix/steps/disk"
)

// journalName is the journal's file in the data folder of marsfix.
const journalName = "journal.jsonl"

// Record is one line of the journal: a look's outcome, an answer, or a change. It is for people and for undo; marsfix never goes on
// from it.
type Record struct {
	Time    time.Time `json:"time"`
	Kind    string    `json:"kind"` // begin, step, key, answer, before, after, end
	Version string    `json:"version,omitempty"`
	Round   int       `json:"round,omitempty"`
	Step    int       `json:"step,omitempty"`
	State   string    `json:"state,omitempty"`
	Act     Act       `json:"act,omitempty"`
	Text    string    `json:"text,omitempty"`
	From    string    `json:"from,omitempty"`
	To      string    `json:"to,omitempty"`
	SHA256  string    `json:"sha256,omitempty"`
	Size    int64     `json:"size,omitempty"`
	Aside   string    `json:"aside,omitempty"`
	Problem *Problem  `json:"problem,omitempty"`
	Code    *int      `json:"code,omitempty"`
}

// Journal collects records and writes them where only administrators can. It never stops the repair: when it cannot be
// written it says so.
type Journal struct {
	m       Machine
	version string

	mu      sync.Mutex
	pending []Record
	all     []Record
	file    disk.NewFile
	opened  bool
	cut     bool // the file ends in the middle of a line
	trouble *Problem
	path    string
}

func newJournal(m Machine, o Options) *Journal { return &Journal{m: m, version: o.Version} }

// add keeps a record until the next piece of work writes it: the screen's thread never waits for the disk.
func (j *Journal) add(now time.Time, r Record) {
	j.mu.Lock()
	defer j.mu.Unlock()
	r.Time = now.UTC()
	if r.Kind == "begin" {
		r.Version = j.version
	}
	j.pending = append(j.pending, r)
	j.all = append(j.all, r)
}

// event records what the engineer did.
func (j *Journal) event(now time.Time, s *Session, ev Event) {
	r := Record{Round: s.round, Step: s.at + 1}
	switch ev := ev.(type) {
	case Press:
		r.Kind, r.Text = "key", ev.Key
	case Answer:
		r.Kind, r.Text = "answer", answerText(s, ev)
	case Interrupt:
		r.Kind, r.Text = "key", "ctrl+c"
	case EndOfInput:
		r.Kind, r.Text = "key", "end of input"
	default:
		return
	}
	j.add(now, r)
}

func answerText(s *Session, a Answer) string {
	q := s.slots[s.at].finding.question
	switch {
	case s.quitting || q == nil || q.Kind == Confirm:
		return map[bool]string{true: "y", false: "n"}[a.Yes]
	case q.Kind == Choose && a.Choice >= 0 && a.Choice < len(q.Options):
		return q.Options[a.Choice].Label
	}
	return a.Text
}

var stateWords = [...]string{"pending", "looking", "ready", "needs-you", "asking", "acting", "done", "failed"}

func (st State) String() string { return stateWords[st] }

// states records every step whose state has changed.
func (j *Journal) states(now time.Time, s *Session, seen *[stepCount]State) {
	for i := range s.slots {
		st := s.slots[i].state
		if st == seen[i] {
			continue
		}
		seen[i] = st
		if st == Looking || st == Acting || st == Pending {
			continue
		}
		r := Record{Kind: "step", Round: s.round, Step: i + 1, State: st.String(), Text: theStep(i).words.title}
		if ps := s.slots[i].finding.problems; len(ps) > 0 {
			r.Problem = &ps[0]
		}
		j.add(now, r)
	}
}

// before writes all that is pending, and with a change what is about to be done, and flushes.
func (j *Journal) before(w Work) {
	if w.Act != actNone {
		j.add(w.At, changeRecord("before", w.Act, w.Round, w.Step, w.Facts, w.At))
	}
	j.flush(w.Act != actNone)
}

// after writes what a change came to, and flushes.
func (j *Journal) after(now time.Time, w Work, r Result) {
	if w.Act == actNone {
		return
	}
	rec := changeRecord("after", w.Act, w.Round, w.Step, r.Facts, w.At)
	rec.Problem = r.Facts.Trouble
	if w.Act == actCopy && rec.Problem == nil && !r.Facts.Copied.Done {
		rec.Problem = &Problem{"put-off", "the copy was put off: Windows Installer works, or has registered another package", "marsfix looks again by itself"}
	}
	j.add(now, rec)
	j.flush(true)
}

func changeRecord(kind string, a Act, round, step int, f Facts, at time.Time) Record {
	r := Record{Kind: kind, Act: a, Round: round, Step: step}
	switch a {
	case actCopy:
		r.From, r.To, r.SHA256, r.Size, r.Aside = f.Source.Path, f.Decision.Path, f.Source.SHA256, f.Source.Info.Size, f.Copied.Aside
	case actSetAside:
		r.From, r.To, r.SHA256 = f.Decision.Path, asideName(f.Decision.Path, at), f.Target.SHA256
	case actStart, actRun:
		if p := chosenInstaller(f); p != nil {
			r.From = p.Path
		}
	}
	return r
}

// flush writes what is pending; sync makes it durable.
func (j *Journal) flush(sync bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.write(sync); err != nil && j.trouble == nil {
		j.trouble = &Problem{"journal-unwritable", fmt.Sprintf("the journal \"%s\" cannot be written: %v; the repair goes on without it", j.path, cause(err)),
			"note by hand what is changed: marsfix undo will know nothing of it"}
	}
}

func (j *Journal) write(sync bool) error {
	if len(j.pending) == 0 || j.trouble != nil {
		return nil
	}
	if err := j.open(); err != nil || j.file == nil {
		return err
	}
	var lines []byte
	if j.cut {
		lines, j.cut = []byte{'\n'}, false
	}
	for _, r := range j.pending {
		b, err := journalLine(r)
		if err != nil {
			return err
		}
		lines = append(lines, b...)
	}
	if _, err := j.file.Write(lines); err != nil {
		return err
	}
	j.pending = nil
	if sync {
		return j.file.Sync()
	}
	return nil
}

// open makes the journal's folder and opens its file, once the computer has told where its data lie.
func (j *Journal) open() error {
	if j.opened {
		return nil
	}
	a, err := j.m.About(context.Background())
	if err != nil || a.DataDir == "" || !a.Elevated {
		return nil // looked at again with the next work; a walk without rights changes nothing that undo would need
	}
	j.opened = true
	for _, dir := range journalDirs(a) {
		j.path = join(dir, journalName)
		if err = j.m.Writer().MakePrivate(dir); err != nil {
			continue // a folder that others can write to is no place for a journal: the next one is tried
		}
		if j.file, err = j.m.Writer().Append(j.path); err == nil {
			j.cut = cutOff(j.m.Disk(), j.path)
			return nil
		}
	}
	return err
}

// journalDirs are the folders in which the journal may lie, in order.
func journalDirs(a About) []string {
	var dirs []string
	for _, dir := range []string{a.DataDir, a.ProgramFiles} {
		if dir != "" {
			dirs = append(dirs, join(dir, "marsfix"))
		}
	}
	return dirs
}

// problem is why the journal cannot be written, nil while it can.
func (j *Journal) problem() *Problem {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.trouble
}

// close ends the journal.
func (j *Journal) close(now time.Time, s *Session) {
	code := s.code
	j.add(now, Record{Kind: "end", Round: s.round, Step: s.at + 1, Code: &code})
	j.flush(true)
	j.shut()
}

// shut closes the journal's file.
func (j *Journal) shut() {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.file != nil {
		if err := j.file.Close(); err != nil && j.trouble == nil {
			j.trouble = &Problem{"journal-unwritable", fmt.Sprintf("the journal \"%s\" could not be closed: %v", j.path, cause(err)), "look at its last lines"}
		}
	}
}
