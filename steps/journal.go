package steps

import (
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

	mu      sync.Mutex // of what the screen's thread asks too: never held while the disk works
	pending []Record
	all     []Record
	trouble *Problem
	path    string

	writing sync.Mutex // of the file
	file    disk.NewFile
	opened  bool
	cut     bool // the file ends in the middle of a line
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
	switch {
	case rec.Problem != nil:
	case w.Act == actCopy && !r.Facts.Copied.Done:
		rec.Problem = &Problem{Code: codePutOff,
			Message: "the copy was put off: Windows Installer works, or has registered another package",
			Hint:    "marsfix looks again by itself"}
	case w.Act == actSetAside && r.Facts.Copied.Aside == "":
		rec.Problem = &Problem{Code: codePutOff,
			Message: "nothing was set aside: Windows Installer works, or the file is not what it was",
			Hint:    "marsfix looks again by itself"}
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

// problem is why the journal cannot be written, nil while it can.
func (j *Journal) problem() *Problem {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.trouble
}

// place is the path of the journal's file, empty as long as nobody could open one.
func (j *Journal) place() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.path
}
