package walk

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/journal"
	"marsfix/steps/report"
)

// steps are the timeline for the report: every step of every round, also those that were not reached.
func (t *timeline) steps(records []journal.Record, round int, zone *time.Location) []report.Step {
	out := []report.Step{}
	for rd := 1; rd <= max(round, 1); rd++ {
		for i := range steps.Count {
			if v := t.visit(rd, i+1); v != nil {
				st := v.report(records, zone)
				if rd < round && i == steps.RunUpgrade {
					st.State = report.WentRound // its question was answered: another round
				}
				out = append(out, st)
			} else if rd == round && !(rd > 1 && i < steps.OpenLog) {
				title, article := steps.Title(i)
				out = append(out, report.NewStep(report.Step{Round: rd, Step: i + 1, Title: title, Article: article,
					State: report.NotReached}))
			}
		}
	}
	return out
}

func (v *visit) report(records []journal.Record, zone *time.Location) report.Step {
	sc := v.screen
	st := report.NewStep(report.Step{Round: sc.Round, Step: sc.Step, Title: sc.Title, Article: sc.Article,
		State: sc.State.String()})
	st.Entered, st.Left = report.Stamp(v.entered), report.Stamp(v.left)
	st.Tell(sc.Rows, sc.Witnesses, sc.Excerpt, sc.Log)
	for _, p := range sc.Problems {
		st.Problems = append(st.Problems, p.OfEnding(sc.Label, ""))
	}
	st.Events = append(st.Events, v.events...)
	if v.more > 0 {
		st.Events = append(st.Events, report.Event{Time: report.Stamp(v.left), Kind: report.EventNote,
			Text: fmt.Sprintf("%d more events are not listed", v.more)})
	}
	for _, rec := range records {
		if rec.Round == sc.Round && rec.Step == sc.Step && rec.Act != computer.ActNone {
			st.Events = append(st.Events, eventOf(rec, zone))
		}
	}
	slices.SortStableFunc(st.Events, func(a, b report.Event) int { return compareStamps(a.Time, b.Time) })
	return st
}

// eventOf makes a journal's record of an act an event of its step.
func eventOf(rec journal.Record, zone *time.Location) report.Event {
	ev := report.Event{Time: report.Stamp(rec.Time.In(zone)), Kind: report.EventDid,
		Text: cmp.Or(steps.ActDoing()[rec.Act], string(rec.Act))}
	if rec.Act == actRemoveRun { // no screen waits for it, so it has no words there
		ev.Text = "removing the private copy of an earlier start"
	}
	began := report.EventBegan
	if what, starts := strings.CutPrefix(ev.Text, "starting "); starts && rec.Problem == nil {
		began, ev.Kind, ev.Text = report.EventStarting, report.EventBegan, what // the program has begun, not ended
	}
	switch {
	case rec.Kind == "before":
		ev.Kind = began
		if rec.To != "" {
			ev.Text += ": " + rec.From + " as " + rec.To
		} else if rec.From != "" {
			ev.Text += ": " + rec.From
		}
		if rec.Text != "" {
			ev.Text += ", " + rec.Text
		}
	case rec.Problem != nil:
		ev.Kind, ev.Text = report.EventFailed, ev.Text+": "+rec.Problem.Message
	}
	return ev
}

// compareStamps orders times in the report's format; one that cannot be read keeps its place.
func compareStamps(a, b string) int {
	ta, errA := time.Parse(time.RFC3339, a)
	tb, errB := time.Parse(time.RFC3339, b)
	if errA != nil || errB != nil {
		return 0
	}
	return ta.Compare(tb)
}
