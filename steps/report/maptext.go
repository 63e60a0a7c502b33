package report

import (
	"slices"

	"marsfix/steps/redact"
	"marsfix/steps/screen"
	"marsfix/steps/selfcheck"
)

// Sanitizer takes from a text what a terminal or a browser would act upon, and then the secrets.
func Sanitizer(red *redact.Redactor) func(string) string {
	return func(s string) string { return red.Text(screen.CleanText(s)) }
}

// MapText replaces every text of a report that may come from a computer by what f makes of it.
func (r *Report) MapText(f func(string) string) {
	MapEach(f, &r.Machine.Name, &r.Machine.Label, &r.Machine.System, &r.Machine.Root, &r.Verdict, &r.UniqueID,
		&r.Package, &r.TempPath, &r.Journal,
		&r.Tool.Name, &r.Tool.Version, &r.Kind, &r.Tone, &r.Begun, &r.Written,
		&r.Product.Name, &r.Product.ProductCode, &r.Product.PackageCode, &r.Product.LocalPackage, &r.Product.Before,
		&r.Product.After)
	for i := range r.Services {
		s := &r.Services[i]
		MapEach(f, &s.Name, &s.Display, &s.Before, &s.After)
	}
	r.Checks = append([]selfcheck.Check{}, r.Checks...) // an older report that is read has none
	for i := range r.Checks {
		c := &r.Checks[i]
		MapEach(f, &c.Name, &c.Why, &c.Means)
	}
	for i := range r.Changes {
		c := &r.Changes[i]
		MapEach(f, &c.Time, &c.What, &c.From, &c.To, &c.SHA256, &c.Outcome)
	}
	for i := range r.Packages {
		p := &r.Packages[i]
		MapEach(f, &p.Role, &p.Path, &p.Written, &p.SHA256, &p.PackageCode, &p.ProductCode, &p.Version,
			&p.Signature, &p.Remark)
	}
	for i := range r.Missing {
		MapEach(f, &r.Missing[i].Name, &r.Missing[i].LocalPackage)
	}
	r.Problems = mapProblems(r.Problems, f)
	mapLines(r.Next, f)
	mapLines(r.Summary, f)
	for i := range r.Steps {
		r.Steps[i].mapText(f)
	}
}

func (st *Step) mapText(f func(string) string) {
	MapEach(f, &st.Title, &st.Article, &st.State, &st.Entered, &st.Left, &st.LogFile)
	for i := range st.Found {
		row := &st.Found[i]
		MapEach(f, &row.Label, &row.Value, &row.Note, &row.Tone, &row.Word)
	}
	for i := range st.Witnesses {
		w := &st.Witnesses[i]
		MapEach(f, &w.Who, &w.Says, &w.View)
	}
	for i := range st.Log {
		st.Log[i].mapText(f)
	}
	st.Problems = mapProblems(st.Problems, f)
	for i := range st.Events {
		ev := &st.Events[i]
		MapEach(f, &ev.Time, &ev.Kind, &ev.Text)
	}
}

// mapText keeps the mark on the same characters. A mark that lies outside the line is dropped.
func (ln *Line) mapText(f func(string) string) {
	at := ln.MarkAt
	if at < 0 || at > len(ln.Text) || ln.Mark <= 0 || ln.Mark > len(ln.Text)-at {
		ln.Text, ln.MarkAt, ln.Mark = f(ln.Text), 0, 0
		return
	}
	head, mark, tail := f(ln.Text[:at]), f(ln.Text[at:at+ln.Mark]), f(ln.Text[at+ln.Mark:])
	ln.Text, ln.MarkAt, ln.Mark = head+mark+tail, len(head), len(mark)
}

// MapEach replaces every text by what f makes of it.
func MapEach(f func(string) string, texts ...*string) {
	for _, t := range texts {
		*t = f(*t)
	}
}

func mapLines(lines []string, f func(string) string) {
	for i := range lines {
		lines[i] = f(lines[i])
	}
}

func mapProblems(ps []screen.Told, f func(string) string) []screen.Told {
	ps = slices.Clone(ps) // they may belong to somebody else
	for i := range ps {
		MapEach(f, (*string)(&ps[i].Code), &ps[i].Message, &ps[i].Hint)
	}
	return ps
}
