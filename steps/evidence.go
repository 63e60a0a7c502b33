package steps

import (
	"strings"

	"marsfix/logscan"
	"marsfix/steps/look"
)

// Evidence is where a fact comes from.
type Evidence struct {
	Step int    `json:"step"` // counted from 1
	File string `json:"file"`
	Line int64  `json:"line"`
	Time string `json:"time"`
	Text string `json:"text"`

	At int `json:"-"` // the place in Text about which it is shortened
}

// mostEvidence is how much of a line is quoted as evidence, in bytes.
const mostEvidence = 512

// EvidenceOf is where the facts come from that a diagnosis rests on.
func EvidenceOf(f Facts) []Evidence {
	es := []Evidence{}
	if s := f.Ending(); s.LostUnnamed() {
		es = append(es, Evidence{Step: searchLog + 1, File: f.PatchLog.Path}.quoting(s.Lost, look.MatchIn(s.Lost.Text)))
	}
	if w := look.ChosenName(f); w != nil {
		es = append(es, Evidence{Step: locateLine + 1, File: look.LogOf(f, *w), Time: w.Time}.quoting(w.Line, w.NameAt))
	}
	if p := f.Decision.Product; p != nil {
		es = append(es, Evidence{Step: noteID + 1, File: "registration",
			Text: "LocalPackage of " + p.Name + " is " + p.LocalPackage})
	}
	if f.Folder.From == "log" {
		ln := f.Folder.Line
		es = append(es, Evidence{Step: findFolder + 1, File: f.SetupLog.Path, Time: ln.Stamp}.quoting(ln.Line, ln.NameAt))
	}
	return es
}

// quoting is the evidence with a line of its log; at is where in the line the relevant words stand.
func (e Evidence) quoting(line logscan.Line, at int) Evidence {
	e.Line, e.Text = line.Number, look.ExcerptText(line.Text, at, mostEvidence)
	e.At = max(0, strings.Index(e.Text, look.ExcerptText(line.Text[at:], 0, 40)))
	return e
}
