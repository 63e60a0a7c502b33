package report

import (
	"bytes"
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"time"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
	"marsfix/steps/selfcheck"
)

//go:embed report.html.tmpl
var page string

// HTML is the report for people: one file that needs nothing else, runs nothing and fetches nothing, for a ticket
// system, a browser or paper.
func (r Report) HTML() ([]byte, error) {
	// Parsed here and not when the program starts: most runs write one report, at their end.
	t, err := template.New("report").Funcs(funcs()).Parse(page)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	if err := t.Execute(&b, r); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// labelled is a value with its name, for one line of a table.
type labelled struct{ Label, Value string }

func funcs() template.FuncMap {
	return template.FuncMap{
		"pair":    func(label, value string) labelled { return labelled{label, value} },
		"day":     func(stamp string) string { return Piece(stamp, "2006-01-02") },
		"clock":   func(stamp string) string { return Piece(stamp, "15:04:05") },
		"moment":  func(stamp string) string { return Piece(stamp, "2006-01-02 15:04:05") },
		"zone":    func(stamp string) string { return Piece(stamp, "(UTC-07:00)") },
		"bytes":   sizeExact,
		"upper":   screen.UpperFirst,
		"untried": selfcheck.Untried,
		"same":    disk.SamePath,
		"kind":    kindWords,
		"rights":  rightsWords,
		"class":   tones,
		"marked":  mark,
		"outcome": outcomeTone,
		"quiet":   func(st Step) bool { return st.Entered == "" && st.State != StateLooked },
		"number":  stepNumber,
		// what a step that is done tells of has stopped nothing
		"stands": func(state string) bool { return state != screen.Done.String() },
		"state":  func(state string) string { words, _ := shownStates(state); return cmp.Or(words, state) },
		"tone":   func(state string) string { _, tone := shownStates(state); return tone },
		"view":   viewTones,
	}
}

// Piece is part of a time as the report has it; a time that is none is shown as it stands.
func Piece(stamp, layout string) string {
	t, err := time.Parse(time.RFC3339, stamp)
	if err != nil {
		return stamp
	}
	return t.Format(layout)
}

// sizeExact is a size for comparing: readable, and to the byte.
func sizeExact(n int64) string {
	switch {
	case n <= 0:
		return ""
	case n < 1000:
		return screen.Size(n)
	}
	return fmt.Sprintf("%s (%d bytes)", screen.Size(n), n)
}

// States of a step that no walk has.
const (
	StateLooked  = "looked"
	NothingFound = "nothing found"
	WentRound    = "another round followed"
)

func kindWords(kind string) string {
	switch kind {
	case "walk":
		return "walk through the article's twelve steps"
	case "diagnosis":
		return "diagnosis; nothing was changed"
	}
	return ""
}

// tones are the names of tones, where they are one: nothing else becomes a class.
func tones(tone string) string {
	switch tone {
	case "good", "warn", "bad":
		return tone
	}
	return ""
}

// marked is a text of which a tone marks one part.
type marked struct{ Before, Word, After, Class string }

// mark finds the state word of a row in its text, as the screens do: without one all is marked, and where it is not
// found, as in a text from which something was taken out, nothing is.
func mark(r Row, text string) marked {
	if r.Word == "" {
		return marked{Word: text, Class: tones(r.Tone)}
	}
	before, after, found := strings.Cut(text, r.Word)
	if !found {
		return marked{Before: text}
	}
	return marked{before, r.Word, after, tones(r.Tone)}
}

func viewTones(view string) string {
	switch view {
	case "agrees":
		return "good"
	case "conflicts":
		return "bad"
	case "silent":
		return "quiet"
	}
	return ""
}

// shownStates is how the state of a step is told.
func shownStates(state string) (words, tone string) {
	shown := map[string][2]string{
		screen.Done.String():     {"done", "good"},
		screen.Failed.String():   {"failed", "bad"},
		screen.Ready.String():    {"ready", "good"},
		screen.Asking.String():   {"question not answered", "warn"},
		screen.NeedsYou.String(): {"left waiting for the engineer", "warn"},
		screen.Looking.String():  {"left while looking", "warn"},
		screen.Acting.String():   {"left while acting", "warn"},
		StateLooked:              {"looked at", ""},
		WentRound:                {WentRound, "warn"},
	}[state]
	return shown[0], shown[1]
}

func rightsWords(m Machine) string {
	switch {
	case m.Root != "":
		return ""
	case m.Elevated:
		return "elevated"
	}
	return "not elevated"
}

func outcomeTone(outcome string) string {
	switch outcome {
	case changeDone:
		return "good"
	case changeNot:
		return "warn"
	}
	return "bad"
}

func stepNumber(st Step) string {
	if st.Round > 1 {
		return fmt.Sprintf("%d (round %d)", st.Step, st.Round)
	}
	return fmt.Sprint(st.Step)
}

// Head, Marked and Tail are a line of a log around its mark.
func (ln Line) Head() string { return ln.Text[:ln.mark(0)] }

func (ln Line) Marked() string { return ln.Text[ln.mark(0):ln.mark(1)] }

func (ln Line) Tail() string { return ln.Text[ln.mark(1):] }

// mark is where the mark begins or ends, whatever the numbers say: a report may have been read from a file.
func (ln Line) mark(end int) int {
	at := min(max(ln.MarkAt, 0), len(ln.Text))
	return at + end*min(max(ln.Mark, 0), len(ln.Text)-at)
}
