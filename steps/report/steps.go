package report

import "marsfix/steps/screen"

// States of a step that no session knows.
const (
	NotReached   = "not reached"
	WentRound    = "another round followed" // step 12 of an earlier round
	StateLooked  = "looked"                 // of a diagnosis, as the next
	NothingFound = "nothing found"
)

// NewStep is a step that has nothing to tell yet but what it is.
func NewStep(st Step) Step {
	st.Found, st.Witnesses, st.Log, st.Problems, st.Events = []Row{}, []Witness{}, []Line{}, []screen.Told{}, []Event{}
	return st
}

// Tell puts what a step shows into the report.
func (st *Step) Tell(rows []screen.Row, ws []screen.Witness, lines []screen.LogLine, log *screen.LogRef) {
	for _, r := range rows {
		if r != (screen.Row{}) {
			st.Found = append(st.Found, Row{r.Label, r.Value, r.Note, toneWords[r.Tone], r.Word})
		}
	}
	for _, w := range ws {
		st.Witnesses = append(st.Witnesses, Witness{w.Who, w.Says, viewWords[w.View]})
	}
	for _, ln := range lines {
		st.Log = append(st.Log, Line(ln))
	}
	if log != nil && len(lines) > 0 {
		st.LogFile = log.Path
	}
}

// toneWords and viewWords are the names of tones and views; Plain has none.
var (
	toneWords = [...]string{screen.Good: "good", screen.Warn: "warn", screen.Bad: "bad"}
	viewWords = [...]string{screen.Agrees: "agrees", screen.Conflicts: "conflicts", screen.Silent: "silent"}
)
