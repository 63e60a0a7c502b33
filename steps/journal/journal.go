// Package journal keeps the file in which marsfix records what it asks, and what it changes, before and after. It must
// never decide anything.
package journal

import (
	"sync"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// FileName is the journal's file in the folder of marsfix.
const FileName = "journal.jsonl"

// Record is one line of the journal: a look's outcome, an answer, or a change. It is for people and for undo; a walk
// never resumes from it.
type Record struct {
	Time    time.Time    `json:"time"`
	Kind    string       `json:"kind"` // begin, step, key, answer, before, after, end
	Version string       `json:"version,omitempty"`
	Round   int          `json:"round,omitempty"`
	Step    int          `json:"step,omitempty"`
	State   string       `json:"state,omitempty"`
	Act     computer.Act `json:"act,omitempty"`
	Asked   string       `json:"asked,omitempty"` // the question that Text answers
	Text    string       `json:"text,omitempty"`
	From    string       `json:"from,omitempty"`
	To      string       `json:"to,omitempty"`
	SHA256  string       `json:"sha256,omitempty"`
	Size    int64        `json:"size,omitempty"`
	Aside   string       `json:"aside,omitempty"`
	Problem *screen.Told `json:"problem,omitempty"`
	Code    *int         `json:"code,omitempty"`
}

// Journal collects records and writes them where only administrators can. It never stops the repair: when it cannot be
// written it says so.
type Journal struct {
	m computer.Machine

	mu      sync.Mutex // guards the next four; never held during I/O, since the screen's thread takes it too
	pending []Record
	all     []Record
	trouble *screen.Problem
	path    string

	writing sync.Mutex   // guards the rest; held while the disk works
	dir     disk.Private // the folder of the file; nil until it could be made
	file    disk.NewFile // nil until it could be opened
	opened  bool
	Unasked error // why the computer could not say where the journal belongs; nil: it could
	cut     bool  // the file ends in the middle of a line
}

// New is a journal for that computer. Nothing is opened before the first Flush.
func New(m computer.Machine) *Journal { return &Journal{m: m} }

// Add keeps a record in memory until the next work writes it, so that the screen's thread never waits for the disk.
func (j *Journal) Add(now time.Time, r Record) {
	j.mu.Lock()
	defer j.mu.Unlock()
	r.Time = now.UTC()
	j.pending = append(j.pending, r)
	j.all = append(j.all, r)
}

// Problem is why the journal cannot be written, nil while it can.
func (j *Journal) Problem() *screen.Problem {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.trouble
}

// Path is the path of the journal's file, empty until one could be opened.
func (j *Journal) Path() string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.path
}
