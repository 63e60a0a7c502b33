package steps

import (
	"context"
	"strings"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// DiagnoseReport looks at a computer and changes nothing: the diagnosis, and the same looks as a report. An error says that ctx has ended.
func DiagnoseReport(ctx context.Context, l computer.Looker, version string, now time.Time, report func(screen.Progress)) (Diagnosis, Report, error) {
	f, err := Look(ctx, l, Given{}, now, report)
	if err != nil {
		return Diagnosis{}, Report{}, err
	}
	d := DiagnosisOf(f, version)
	return d, d.Report(f, now), nil
}

// Report puts a diagnosis and the facts that it rests on into the report's shape. Of the twelve steps it tells what those show that only
// look.
func (d Diagnosis) Report(f Facts, now time.Time) Report {
	r := ReportFacts(f)
	r.Kind, r.Tool = "diagnosis", d.Tool
	r.Begun, r.Written = StampOf(now), StampOf(now)
	r.ExitCode = d.Verdict.Code()
	words, tone := verdictWords(d.Verdict)
	if d.other {
		words, tone = "needs another cure", "warn"
	}
	r.Verdict, r.Tone = screen.Or(d.Machine.Name, "this computer")+" "+words+": "+screen.LowerFirst(d.Reason), tone
	r.Problems = append(r.Problems, d.Problems...)
	r.Next = append([]string{d.nextWords()}, MissingWords(f)...)
	for i := range Count {
		r.Steps = append(r.Steps, looked(f, i))
	}
	r.Summary = strings.Split(strings.TrimSpace(d.Text()), "\n")
	r.Fix(Presentable())
	return r
}

// verdictWords is a verdict as the report's first line has it, and its tone.
func verdictWords(v Verdict) (words, tone string) {
	switch v {
	case Healthy:
		return "has nothing to repair", "good"
	case RepairNeeded:
		return "needs the repair", "bad"
	}
	return "is unclear", "warn"
}

func (d Diagnosis) nextWords() string {
	switch d.Verdict {
	case RepairNeeded:
		return "Run marsfix on that computer, as administrator, and follow its twelve steps."
	case Healthy:
		if d.other {
			return "Nothing to repair by this article: find out why the update failed."
		}
		return "Nothing to repair."
	}
	return "See the hints of the problems below; nothing was changed."
}

func looked(f Facts, i int) ReportStep {
	s, looked := f.Shown(i)
	if !looked {
		return BlankStep(1, i, "not part of a diagnosis")
	}
	st := BlankStep(1, i, stateLooked)
	st.Tell(s.Rows, s.Witnesses, s.Excerpt, s.Log)
	if len(st.Found)+len(st.Witnesses)+len(st.Log) == 0 {
		st.State = nothingFound
	}
	return st
}
