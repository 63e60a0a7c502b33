// Package screen is what every face renders: a step as it stands, as a value, and the codes of all problems. It must
// never know how anything on it came about.
package screen

import (
	"io"
	"time"
)

// State is how a step stands. Only Session changes it.
type State uint8

const (
	Pending  State = iota // not reached yet
	Looking               // marsfix looks; nothing is asked
	NeedsYou              // the engineer has to do or choose something
	Asking                // a question stands
	Acting                // marsfix changes something
	Done
	Failed // refused or failed; it stays until looked at again
)

var stateWords = [...]string{"pending", "looking", "needs-you", "asking", "acting", "done", "failed"}

func (st State) String() string { return stateWords[st] }

// Screen is one step as it stands, a value that every face renders. Texts in it are already cleaned of control
// characters.
type Screen struct {
	Computer string
	Label    string // "practice", what tells which practice behind it, or empty
	Elevated bool

	Step     int // 1 to 12
	Round    int // 1, or more after step 12 found another package missing
	Title    string
	Purpose  string // above the finding: what all this is for, where a walk or a round begins; or what was chosen
	Finding  string // one sentence: what was found and what it means; empty while nobody knows
	Mood     Tone   // of the finding; its words say it too
	Article  string // what the article asks here, one or two sentences
	State    State
	Track    [12]State
	List     [12]Entry // the steps and what they came to, beside the track where there is room
	ReadOnly bool      // shown again after the copy: nothing can be changed here any more

	UniqueID string // once known
	TempPath string

	Doing    string    // what marsfix is doing now; empty while it waits for the engineer
	Since    time.Time // when it began
	Limit    time.Duration
	Progress Progress

	Rows      []Row
	Excerpt   []LogLine
	Claim     string // the question that the witnesses answer
	Witnesses []Witness
	Problems  []Problem // the one that the step waits for, if any, comes first
	Tag       Tag       // of the first problem; the others are notes
	Question  *Question
	Leaving   bool      // Question asks whether to leave
	Covered   *Question // the step's own question, which that one stands over
	Actions   []Action  // in the order of the footer
	Fact      string    // what `c` copies; empty: nothing to copy
	Log       *LogRef   // what `l` shows; nil: no log here
	Help      string    // what `?` says of this step

	Left bool // the walk is over; Code is its exit code
	Code int
}

// Entry is a step in the list of all twelve.
type Entry struct {
	Name string // its title, shortened
	Came string // what it came to, in a word or two; empty: nothing yet
}

// Tag says what a problem is to the engineer.
type Tag uint8

const (
	Note Tag = iota
	ToDo     // what he is asked for in the normal course
	Stop     // something is wrong, and the step does not go on
)

// Tone is what a row's note means; the words say it too.
type Tone uint8

const (
	Plain Tone = iota
	Good
	Warn
	Bad
)

// Row is one line of what was found. The zero Row is a blank line.
type Row struct {
	Label string // short, lower case
	Value string // may be long: a path is shortened in its middle only
	Note  string // at the right, or under the value where there is no room
	Tone  Tone   // of the note, or of the value where there is none
	Word  string // the part of it that Tone marks; empty: all of it, which is a word or three
	Extra bool   // shown where there is room; nothing needed to decide
}

// LogLine is a line of a log shown with its neighbours.
type LogLine struct {
	Number       int64
	Text         string
	Match        bool
	MarkAt, Mark int // for the match: the marked part of Text, start and length in bytes
}

// LogRef names a log and the place in it that the screen speaks of.
type LogRef struct {
	Path   string
	Offset int64  // of the match, in bytes; 0: the log as a whole
	Line   int64  // its number, 0 when nobody has counted
	Mark   string // what in that line to bring into sight, where the screen quotes nothing of it; empty: nothing
	Lines  int64  // how many lines the log has as long as it has Size bytes, 0 when nobody has counted
	Size   int64
}

// Witness is somebody asked about a claim.
type Witness struct {
	Who  string // log, registration, disk, process, …
	Says string
	View View
}

// View is what a witness does to the claim.
type View uint8

const (
	Agrees View = iota
	Conflicts
	Silent
)

// QuestionKind is how a question is answered.
type QuestionKind uint8

const (
	Confirm QuestionKind = iota // y or n
	Choose                      // one of Options
	Type                        // Want, typed out
)

// Question is the one thing that is asked.
type Question struct {
	Kind    QuestionKind
	Prompt  string   // one short sentence that ends with a question mark, or says what to type
	Verb    string   // what yes does, behind "to": start, copy, run, set aside
	Yes, No string   // of Confirm: what y does and what n does, one line each
	Options []Option // of Choose, the proposed one first
	Want    string   // of Type: hex digits, compared without case
	Passes  bool     // a no goes on to what else the step has to ask (of Type: s does)
}

// Option is one choice.
type Option struct {
	Label, Note string
}

// Answer is what was said to a question; the field of its kind counts.
type Answer struct {
	Yes    bool
	Choice int
	Text   string
}

// Action is a key that does something now.
type Action struct {
	Key  string // enter esc y n q r l c s ?
	Verb string // one to three words
	// Commits: it decides or changes something, so that a face takes it only from somebody who can have seen what it
	// belongs to.
	Commits bool
	// Ask is the sentence that a face without keys asks before it does this (y/n); empty: it needs no asking.
	Ask string
}

// Progress is how far a piece of work is; Total 0: nothing to show.
type Progress struct {
	Done, Total int64 // bytes
	What        string
}

// Event is what happens to a Session: Press, Answer, Interrupt, EndOfInput, Terminate or Result.
type Event interface{ IsEvent() }

// Press is a key of Screen.Actions.
type Press struct{ Key string }

// Interrupt is Ctrl+C. EndOfInput is standard input at its end. Terminate is the system asking to leave at once.
type (
	Interrupt  struct{}
	EndOfInput struct{}
	Terminate  struct{}
)

// IsEvent marks what a Session takes.
func (Press) IsEvent() {}

func (Answer) IsEvent() {}

func (Interrupt) IsEvent() {}

func (EndOfInput) IsEvent() {}

func (Terminate) IsEvent() {}

// Task is work to be done off the screen's thread; hand what it returns to Walk.Handle.
type Task func() Event

// Log is a log opened for reading.
type Log struct {
	Reader io.ReaderAt
	Size   int64 // bytes, as it was opened
	Close  func() error
}
