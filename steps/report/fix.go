package report

import (
	"slices"

	"marsfix/steps/redact"
	"marsfix/steps/screen"
	"marsfix/steps/selfcheck"
)

// Presentable cleans a text of what could do more than be read, and of secrets.
func Presentable() func(string) string {
	red := redact.New(false, nil)
	return func(s string) string { return red.Text(screen.CleanText(s)) }
}

// Fix passes every text of a report that may come from a computer through f.
func (r *Report) Fix(f func(string) string) {
	Each(f, &r.Machine.Name, &r.Machine.Label, &r.Machine.System, &r.Machine.Root, &r.Verdict, &r.UniqueID, &r.Package,
		&r.TempPath, &r.Journal,
		&r.Tool.Name, &r.Tool.Version, &r.Kind, &r.Tone, &r.Begun, &r.Written,
		&r.Product.Name, &r.Product.ProductCode, &r.Product.PackageCode, &r.Product.LocalPackage, &r.Product.Before,
		&r.Product.After)
	for i := range r.Services {
		s := &r.Services[i]
		Each(f, &s.Name, &s.Display, &s.Before, &s.After)
	}
	r.Checks = append([]selfcheck.Check{}, r.Checks...) // an older report that is read has none
	for i := range r.Checks {
		c := &r.Checks[i]
		Each(f, &c.Name, &c.Why, &c.Means)
	}
	for i := range r.Changes {
		c := &r.Changes[i]
		Each(f, &c.Time, &c.What, &c.From, &c.To, &c.SHA256, &c.Outcome)
	}
	for i := range r.Packages {
		p := &r.Packages[i]
		Each(f, &p.Role, &p.Path, &p.Written, &p.SHA256, &p.PackageCode, &p.ProductCode, &p.Version,
			&p.Signature, &p.Remark)
	}
	for i := range r.Missing {
		Each(f, &r.Missing[i].Name, &r.Missing[i].LocalPackage)
	}
	r.Problems = fixProblems(r.Problems, f)
	fixLines(r.Next, f)
	fixLines(r.Summary, f)
	for i := range r.Steps {
		r.Steps[i].fix(f)
	}
}

func (st *Step) fix(f func(string) string) {
	Each(f, &st.Title, &st.Article, &st.State, &st.Entered, &st.Left, &st.LogFile)
	for i := range st.Found {
		row := &st.Found[i]
		Each(f, &row.Label, &row.Value, &row.Note, &row.Tone)
	}
	for i := range st.Witnesses {
		w := &st.Witnesses[i]
		Each(f, &w.Who, &w.Says, &w.View)
	}
	for i := range st.Log {
		st.Log[i].fix(f)
	}
	st.Problems = fixProblems(st.Problems, f)
	for i := range st.Events {
		ev := &st.Events[i]
		Each(f, &ev.Time, &ev.Kind, &ev.Text)
	}
}

// fix keeps the mark where it is. A line whose mark makes no sense loses it.
func (ln *Line) fix(f func(string) string) {
	at := ln.MarkAt
	if at < 0 || at > len(ln.Text) || ln.Mark <= 0 || ln.Mark > len(ln.Text)-at {
		ln.Text, ln.MarkAt, ln.Mark = f(ln.Text), 0, 0
		return
	}
	head, mark, tail := f(ln.Text[:at]), f(ln.Text[at:at+ln.Mark]), f(ln.Text[at+ln.Mark:])
	ln.Text, ln.MarkAt, ln.Mark = head+mark+tail, len(head), len(mark)
}

func Each(f func(string) string, texts ...*string) {
	for _, t := range texts {
		*t = f(*t)
	}
}

func fixLines(lines []string, f func(string) string) {
	for i := range lines {
		lines[i] = f(lines[i])
	}
}

func fixProblems(ps []screen.Told, f func(string) string) []screen.Told {
	ps = slices.Clone(ps) // they may belong to somebody else
	for i := range ps {
		Each(f, (*string)(&ps[i].Code), &ps[i].Message, &ps[i].Hint)
	}
	return ps
}
