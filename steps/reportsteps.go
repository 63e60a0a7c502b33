package steps

import "marsfix/steps/screen"

const NotReached = "not reached"

// BlankStep is a step that has nothing to tell yet.
func BlankStep(round, i int, state string) ReportStep {
	title, sentence := Title(i)
	return ReportStep{Round: round, Step: i + 1, Title: title, Article: sentence, State: state,
		Found: []ReportRow{}, Witnesses: []ReportWitness{}, Log: []ReportLine{}, Problems: []screen.Problem{}, Events: []ReportEvent{}}
}

// Tell puts what a step shows into the report.
func (st *ReportStep) Tell(rows []screen.Row, ws []screen.Witness, lines []screen.LogLine, log *screen.LogRef) {
	for _, r := range rows {
		if r != (screen.Row{}) {
			st.Found = append(st.Found, ReportRow{r.Label, r.Value, r.Note, toneWords[r.Tone]})
		}
	}
	for _, w := range ws {
		st.Witnesses = append(st.Witnesses, ReportWitness{w.Who, w.Says, viewWords[w.View]})
	}
	for _, ln := range lines {
		st.Log = append(st.Log, ReportLine(ln))
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
