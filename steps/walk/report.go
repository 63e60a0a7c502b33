package walk

import (
	"cmp"
	"context"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/redact"
	"marsfix/steps/report"
	"marsfix/steps/screen"
)

// SaveReport writes the report and returns lines that say where it is. Without a named folder it needs rights to the
// computer's own folder; a practice computer that ends with the walk keeps none, and an elevated marsfix that took over
// has written its own.
func (w *Walk) SaveReport(ctx context.Context, dir string) []string {
	var files report.Files
	var p *screen.Problem
	switch a := w.session.Account(); {
	case a.HandedOver:
		own := disk.Join(computer.OwnFolder(a.Facts.About), report.FolderName)
		return []string{"  reports    " + cmp.Or(dir, own)}
	case dir != "":
		files, p = report.Save(dir, w.Report(), w.clock.Now())
	case w.Screen().Elevated:
		files, p = report.Write(ctx, w.machine, w.Report(), w.clock.Now())
	}
	switch {
	case p != nil:
		return []string{"  report     none: " + p.Message, "  hint       " + p.OfWalk(w.Screen().Label).Hint}
	case files.HTML != "":
		return []string{"  report     " + files.Told}
	}
	return nil
}

// Report is the walk as it stands now: after it has been left, or for a bundle made on the last screen.
func (w *Walk) Report() report.Report {
	a := w.session.Ending()
	f := w.session.Facts()
	now := w.clock.Now()
	f.Services = w.timeline.services // those of the first round: later rounds do not ask for them
	r := report.Of(f)
	r.Kind, r.Tool = "walk", report.Tool{Name: "marsfix", Version: w.version}
	r.Begun, r.Written = report.Stamp(w.timeline.begun), report.Stamp(now)
	r.ExitCode = a.Code
	records := w.journal.Records()
	r.Changes = report.Changes(records, now.Location())
	r.Verdict, r.Tone = verdict(a, r.Changes)
	if _, p := a.Standing(); p != nil {
		r.Problems = append(r.Problems, p.OfEnding(f.About.Label, f.Packed))
	}
	if p := w.journal.Problem(); p != nil {
		r.Problems = append(r.Problems, p.OfWalk(f.About.Label))
	}
	r.Next = next(a, r.Changes)
	r.Steps = w.timeline.steps(records, a.Round, now.Location())
	r.Summary = w.Summary()
	if !f.About.Passing {
		r.Journal = w.journal.Path()
	}
	r.MapText(report.Sanitizer(redact.New(false, nil)))
	return r
}
