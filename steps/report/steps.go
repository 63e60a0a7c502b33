package report

import (
	"marsfix/steps"
	"marsfix/steps/screen"
)

const NotReached = "not reached"

// NewStep is a step that has nothing to tell yet.
func NewStep(round, i int, state string) Step {
	title, sentence := steps.Title(i)
	return Step{Round: round, Step: i + 1, Title: title, Article: sentence, State: state,
		Found: []Row{}, Witnesses: []Witness{}, Log: []Line{}, Problems: []screen.Told{}, Events: []Event{}}
}

// Tell puts what a step shows into the report.
func (st *Step) Tell(rows []screen.Row, ws []screen.Witness, lines []screen.LogLine, log *screen.LogRef) {
	for _, r := range rows {
		if r != (screen.Row{}) {
			st.Found = append(st.Found, Row{r.Label, r.Value, r.Note, toneWords[r.Tone]})
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
