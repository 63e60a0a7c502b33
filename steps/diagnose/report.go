package diagnose

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/look"
	"marsfix/steps/redact"
	"marsfix/steps/report"
	"marsfix/steps/screen"
)

// Look looks at a computer and changes nothing: the diagnosis, and what makes a report of the same looks, which takes
// as long again. An error says that ctx has ended.
func Look(ctx context.Context, l computer.Looker, version string, now time.Time,
	progress func(screen.Progress)) (Diagnosis, func() report.Report, error) {
	f, err := look.All(ctx, l, look.Given{}, look.Env{Now: now, Report: progress})
	if err != nil {
		return Diagnosis{}, nil, err
	}
	d := Of(f, version)
	return d, func() report.Report { return d.Report(f.Neighbours(l.Disk()), now) }, nil
}

// Report puts a diagnosis and the facts that it rests on into the report's shape. Of the twelve steps it tells what
// those show that only look.
func (d Diagnosis) Report(f look.Facts, now time.Time) report.Report {
	r := report.Of(f)
	r.Kind, r.Tool = "diagnosis", d.Tool
	r.Begun, r.Written = report.Stamp(now), report.Stamp(now)
	r.ExitCode = d.Verdict.Code()
	words, tone := verdictWords(d.Verdict)
	if d.other {
		words, tone = report.AnotherCause, "warn"
	}
	r.Verdict, r.Tone = fmt.Sprintf(words, cmp.Or(d.Machine.Name, "this computer"), d.Reason), tone
	r.Problems = append(r.Problems, d.Problems...)
	r.Next = append([]string{d.nextWords()}, report.MissingWords(f)...)
	for i := range steps.Count {
		r.Steps = append(r.Steps, looked(f, i))
	}
	r.Summary = strings.Split(strings.TrimSpace(d.Text()), "\n")
	r.MapText(report.Sanitizer(redact.New(false, nil)))
	return r
}

// verdictWords is a verdict as the report's first line has it, with places for the computer and the reason, and its
// tone.
func verdictWords(v look.Verdict) (words, tone string) {
	switch v {
	case look.Healthy:
		return report.NothingToRepair, "good"
	case look.RepairNeeded:
		return "%s needs the repair. %s", "bad"
	}
	return "The diagnosis of %s is unclear. %s", "warn"
}

func (d Diagnosis) nextWords() string {
	switch d.Verdict {
	case look.RepairNeeded:
		return "Run marsfix on that computer, as administrator, and follow its twelve steps."
	case look.Healthy:
		if d.other {
			return report.FindOut
		}
		return "Nothing to repair."
	}
	return report.FollowHints
}

func looked(f look.Facts, i int) report.Step {
	step := func(state string) report.Step {
		title, article := steps.Title(i)
		return report.NewStep(report.Step{Round: 1, Step: i + 1, Title: title, Article: article, State: state})
	}
	s, looked := steps.Show(f, i)
	if !looked {
		return step("not part of a diagnosis")
	}
	st := step(report.StateLooked)
	st.Tell(s.Rows, s.Witnesses, s.Excerpt, s.Log)
	if len(st.Found)+len(st.Witnesses)+len(st.Log) == 0 {
		st.State = report.NothingFound
	}
	return st
}
