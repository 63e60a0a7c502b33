package steps

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/journal"
	"marsfix/steps/screen"
)

const notReached = "not reached"

// steps is the timeline as the report has it: every step of every round, those that were not reached too.
func (t *timeline) steps(records []journal.Record, round int, zone *time.Location) []ReportStep {
	out := []ReportStep{}
	for rd := 1; rd <= max(round, 1); rd++ {
		for i := range stepCount {
			if v := t.visit(rd, i+1); v != nil {
				st := v.report(records, zone)
				if rd < round && i == runUpgrade {
					st.State = wentRound // it waited for an answer, and has got it
				}
				out = append(out, st)
			} else if rd == round && !(rd > 1 && i < openLog) {
				out = append(out, blankStep(rd, i, notReached))
			}
		}
	}
	return out
}

// blankStep is a step that has nothing to tell yet.
func blankStep(round, i int, state string) ReportStep {
	title, sentence := Title(i)
	return ReportStep{Round: round, Step: i + 1, Title: title, Article: sentence, State: state,
		Found: []ReportRow{}, Witnesses: []ReportWitness{}, Log: []ReportLine{}, Problems: []screen.Problem{}, Events: []ReportEvent{}}
}

func (v *visit) report(records []journal.Record, zone *time.Location) ReportStep {
	sc := v.screen
	st := blankStep(sc.Round, sc.Step-1, sc.State.String())
	st.Entered, st.Left = stampOf(v.entered), stampOf(v.left)
	st.tell(sc.Rows, sc.Witnesses, sc.Excerpt, sc.Log)
	for _, p := range sc.Problems {
		st.Problems = append(st.Problems, forTicket(computer.About{Label: sc.Label}, p))
	}
	st.Events = append(st.Events, v.events...)
	if v.more > 0 {
		st.Events = append(st.Events, ReportEvent{Time: stampOf(v.left), Kind: eventPressed, Text: fmt.Sprintf("%d more events are left out here", v.more)})
	}
	for _, rec := range records {
		if rec.Round == sc.Round && rec.Step == sc.Step && rec.Act != computer.ActNone {
			st.Events = append(st.Events, eventOf(rec, zone))
		}
	}
	slices.SortStableFunc(st.Events, func(a, b ReportEvent) int { return compareStamps(a.Time, b.Time) })
	return st
}

// tell puts what a step shows into the report.
func (st *ReportStep) tell(rows []screen.Row, ws []screen.Witness, lines []screen.LogLine, log *screen.LogRef) {
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

// eventOf is what the journal tells of an act, as an event of its step.
func eventOf(rec journal.Record, zone *time.Location) ReportEvent {
	ev := ReportEvent{Time: stampOf(rec.Time.In(zone)), Kind: eventDid, Text: screen.Or(actDoing()[rec.Act], string(rec.Act))}
	if rec.Act == actRemoveRun { // nobody waits for it
		ev.Text = "removing the copy of an earlier start"
	}
	switch {
	case rec.Kind == "before":
		ev.Kind, ev.Text = eventBegan, strings.TrimPrefix(ev.Text, "starting ") // "started the installer"
		if rec.To != "" {
			ev.Text += ": " + rec.From + " as " + rec.To
		} else if rec.From != "" {
			ev.Text += ": " + rec.From
		}
		if rec.Text != "" {
			ev.Text += ", " + rec.Text
		}
	case rec.Problem != nil:
		ev.Kind, ev.Text = eventFailed, ev.Text+": "+rec.Problem.Message
	}
	return ev
}

// compareStamps orders times as the report writes them; one that cannot be read keeps its place.
func compareStamps(a, b string) int {
	ta, errA := time.Parse(time.RFC3339, a)
	tb, errB := time.Parse(time.RFC3339, b)
	if errA != nil || errB != nil {
		return 0
	}
	return ta.Compare(tb)
}
