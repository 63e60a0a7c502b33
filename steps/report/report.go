// Package report puts a walk or a look into a report for the ticket, as a page and as JSON. It must never change
// anything on the computer but its own files.
package report

import (
	"bytes"
	"encoding/json"
	"time"

	"marsfix/steps/screen"
	"marsfix/steps/selfcheck"
)

// Report is a walk, or a diagnosis, for the ticket: what stood where, what was asked, answered and done and when, and
// what to do next. It is a plain value; [Report.HTML] and [Report.JSON] are its two faces. Every text in it is cleaned
// of control characters and of passwords; times are the computer's own, with their distance from UTC; what is not known
// is empty, never absent.
type Report struct {
	Schema   int           `json:"schema"`
	Kind     string        `json:"kind"` // "walk" or "diagnosis"
	Tool     Tool          `json:"tool"`
	Machine  Machine       `json:"machine"`
	Begun    string        `json:"begun"`
	Written  string        `json:"written"`
	Verdict  string        `json:"verdict"` // one sentence
	Tone     string        `json:"tone"`    // of the verdict: "good", "warn" or "bad"
	ExitCode int           `json:"exit_code"`
	UniqueID string        `json:"unique_id"`
	Package  string        `json:"package"` // full path of the cached package in question
	TempPath string        `json:"temp_path"`
	Product  Product       `json:"product"`
	Services []Service     `json:"services"`
	Changes  []Change      `json:"changes"` // what marsfix changed on the computer, in order
	Packages []Package     `json:"packages"`
	Problems []screen.Told `json:"problems"` // that stand
	Missing  []NamedFile   `json:"other_missing"`
	Next     []string      `json:"next"` // what to do now, in order
	Steps    []Step        `json:"steps"`
	Summary  []string      `json:"summary"` // a few plain lines, to be pasted
	Journal  string        `json:"journal"`

	Checks []selfcheck.Check `json:"checks"` // of what the computer can be asked; empty when nobody asked
}

// Machine is the computer.
type Machine struct {
	Name     string `json:"name"`
	Label    string `json:"label"` // "practice"; empty on a real computer
	System   string `json:"system"`
	Root     string `json:"root"`
	Elevated bool   `json:"elevated"`
}

// Product is the agent as Windows Installer has it registered.
type Product struct {
	Name         string `json:"name"`
	ProductCode  string `json:"product_code"`
	PackageCode  string `json:"package_code"`
	LocalPackage string `json:"local_package"`
	Before       string `json:"version_before"`
	After        string `json:"version_after"` // empty when no upgrade was run to its end
}

// Service is one of the agent's services.
type Service struct {
	Name    string `json:"name"`
	Display string `json:"display"`
	Before  string `json:"state_before"`
	After   string `json:"state_after"`
}

// Change is one thing that marsfix did to the computer.
type Change struct {
	Time    string `json:"time"`
	What    string `json:"what"`
	From    string `json:"from"`
	To      string `json:"to"`
	Size    int64  `json:"size"` // bytes; 0 when not known
	SHA256  string `json:"sha256"`
	Outcome string `json:"outcome"`
}

// Package is a file that matters: an installer, a package or a patch, found, copied or cached.
type Package struct {
	Role        string `json:"role"`
	Path        string `json:"path"`
	Exists      bool   `json:"exists"`
	Unseen      bool   `json:"unseen"` // nobody could look whether it exists
	Size        int64  `json:"size"`
	Written     string `json:"written"`
	SHA256      string `json:"sha256"`
	PackageCode string `json:"package_code"`
	ProductCode string `json:"product_code"`
	Version     string `json:"version"`
	Signature   string `json:"signature"`
	Remark      string `json:"remark"`
}

// Step is one step as it stood when it was left.
type Step struct {
	Round   int    `json:"round"`
	Step    int    `json:"step"`
	Title   string `json:"title"`
	Article string `json:"article"`
	// of the walk, "not reached" or "another round followed"; of a diagnosis "looked", "nothing found" or "not part of
	// a diagnosis"
	State     string        `json:"state"`
	Entered   string        `json:"entered"`
	Left      string        `json:"left"`
	Found     []Row         `json:"found"`
	Witnesses []Witness     `json:"witnesses"`
	LogFile   string        `json:"log_file"`
	Log       []Line        `json:"log"`
	Problems  []screen.Told `json:"problems"`
	Events    []Event       `json:"events"`
}

// Row is one thing that was found.
type Row struct {
	Label string `json:"label"`
	Value string `json:"value"`
	Note  string `json:"note"`
	Tone  string `json:"tone"` // of the note, or of the value without one: "", "good", "warn" or "bad"
	Word  string `json:"word"` // the part of that text which the tone marks; empty: all of it
}

// Witness is who was asked about a claim.
type Witness struct {
	Who  string `json:"who"`
	Says string `json:"says"`
	View string `json:"view"` // "agrees", "conflicts" or "silent"
}

// Line is a line of a log.
type Line struct {
	Number int64  `json:"number"` // 0 when not known
	Text   string `json:"text"`
	Match  bool   `json:"match"`
	MarkAt int    `json:"mark_at"` // of the marked part of Text, in bytes of UTF-8
	Mark   int    `json:"mark"`
}

// Event is something that happened on a step.
type Event struct {
	Time string `json:"time"`
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// The kinds of events.
const (
	EventAsked    = "asked"
	EventAnswered = "answered"
	EventPressed  = "pressed"
	EventProblem  = "problem"
	EventToDo     = "to do"
	EventNote     = "note"
	EventLeft     = "left"
	EventStarting = "starting" // of a program; once it runs it has started
	EventBegan    = "started"
	EventDid      = "finished"
	EventFailed   = "failed"
)

// JSON is the report for programs.
func (r Report) JSON() ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// Stamp is a time as the report writes it; empty when it is not known.
func Stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(stampLayout)
}

// stampLayout is RFC 3339 with thousandths, so that events of one second keep their order.
const stampLayout = "2006-01-02T15:04:05.000Z07:00"

// Copy is a report that shares nothing with this one.
func (r Report) Copy() (Report, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return Report{}, err
	}
	var out Report
	err = json.Unmarshal(b, &out)
	return out, err
}

// Tool is marsfix itself.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// NamedFile is another product's cached package.
type NamedFile struct {
	Name         string `json:"name"`
	LocalPackage string `json:"local_package"`
}
