package screen

import (
	"slices"

	"marsfix/logscan"
)

// CleanText makes text from logs, names and registrations fit to be shown anywhere.
func CleanText(s string) string { return logscan.Clean(s) }

// Cleaned is a problem fit to be shown.
func (p Problem) Cleaned() Problem {
	p.Message, p.Cure, p.Offer = CleanText(p.Message), CleanText(p.Cure), CleanText(p.Offer)
	return p
}

// Cleaned is a screen whose texts hold nothing that a terminal would act upon. What it shares with the one it was made
// of is copied before it is changed.
func (sc Screen) Cleaned() Screen {
	c := CleanText
	for _, text := range []*string{&sc.Computer, &sc.Title, &sc.Purpose, &sc.Finding, &sc.Claim, &sc.UniqueID,
		&sc.TempPath, &sc.Fact} {
		*text = c(*text)
	}
	for i, e := range sc.List {
		sc.List[i] = Entry{Name: c(e.Name), Came: c(e.Came)}
	}
	sc.Rows, sc.Witnesses, sc.Problems = slices.Clone(sc.Rows), slices.Clone(sc.Witnesses), slices.Clone(sc.Problems)
	for i := range sc.Rows {
		r := &sc.Rows[i]
		r.Label, r.Value, r.Note, r.Word = c(r.Label), c(r.Value), c(r.Note), c(r.Word)
	}
	for i := range sc.Witnesses {
		w := &sc.Witnesses[i]
		w.Who, w.Says = c(w.Who), c(w.Says)
	}
	for i, p := range sc.Problems {
		sc.Problems[i] = p.Cleaned()
	}
	for _, asked := range []**Question{&sc.Question, &sc.Covered} {
		if *asked == nil {
			continue
		}
		q := **asked
		q.Prompt, q.Yes, q.No, q.Options = c(q.Prompt), c(q.Yes), c(q.No), slices.Clone(q.Options)
		for i, o := range q.Options {
			q.Options[i] = Option{Label: c(o.Label), Note: c(o.Note)}
		}
		*asked = &q
	}
	return sc
}
