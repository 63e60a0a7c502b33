package walk

import "marsfix/steps"

// Report is the walk as it stands now: after it has been left, or for a bundle made on the last screen.
func (w *Walk) Report() steps.Report {
	a := w.session.Ending()
	f := w.session.Facts()
	now := w.clock.Now()
	f.Services = w.timeline.services // a second round does not look at them again
	r := steps.ReportFacts(f)
	r.Kind, r.Tool = "walk", steps.Tool{Name: "marsfix", Version: w.version}
	r.Begun, r.Written = steps.StampOf(w.timeline.begun), steps.StampOf(now)
	r.ExitCode = a.Code
	records := w.journal.Records()
	r.Changes = steps.ReportChanges(records, now.Location())
	r.Verdict, r.Tone = verdict(a, r.Changes)
	if _, p := a.Standing(); p != nil {
		r.Problems = append(r.Problems, steps.ForTicket(a.Facts.About, *p))
	}
	if p := w.journal.Problem(); p != nil {
		r.Problems = append(r.Problems, *p)
	}
	r.Next = next(a, r.Changes)
	r.Steps = w.timeline.steps(records, a.Round, now.Location())
	r.Summary = w.Summary()
	if !f.About.Passing {
		r.Journal = w.journal.Path()
	}
	r.Fix(steps.Presentable())
	return r
}
