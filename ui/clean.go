package ui

import (
	"strings"

	"marsfix/logscan"
	"marsfix/steps/screen"
)

// cleaned is the one gate through which a walk's texts get into a frame or a line: whatever a log, a registration or a
// file name holds, no control, escape or bidirectional character passes. The walk has cleaned already; a terminal obeys
// what it is sent, so this does not rely on it. With ascii the dots of omission become ASCII too; what else a log holds
// is its own.
func cleaned(sc screen.Screen, ascii bool) screen.Screen {
	c := logscan.Clean
	if ascii {
		c = func(s string) string { return strings.ReplaceAll(logscan.Clean(s), "…", "...") }
	}
	for i, e := range sc.List {
		sc.List[i] = screen.Entry{Name: c(e.Name), Came: c(e.Came)}
	}
	for _, s := range []*string{&sc.Computer, &sc.Label, &sc.Title, &sc.Purpose, &sc.Finding, &sc.Article, &sc.Claim,
		&sc.UniqueID, &sc.TempPath, &sc.Doing,
		&sc.Progress.What, &sc.Fact, &sc.Help} {
		*s = c(*s)
	}
	sc.Rows = each(sc.Rows, func(r screen.Row) screen.Row {
		r.Label, r.Value, r.Note, r.Word = c(r.Label), c(r.Value), c(r.Note), c(r.Word)
		return r
	})
	sc.Excerpt = each(sc.Excerpt, func(l screen.LogLine) screen.LogLine {
		l.Text, l.MarkAt, l.Mark = logscan.CleanMarked(l.Text, l.MarkAt, l.Mark)
		return l
	})
	sc.Witnesses = each(sc.Witnesses, func(w screen.Witness) screen.Witness {
		w.Who, w.Says = c(w.Who), c(w.Says)
		return w
	})
	sc.Problems = each(sc.Problems, func(p screen.Problem) screen.Problem {
		p.Message, p.Cure, p.Offer = c(p.Message), c(p.Cure), c(p.Offer)
		return p
	})
	sc.Actions = each(sc.Actions, func(a screen.Action) screen.Action {
		a.Verb, a.Ask = c(a.Verb), c(a.Ask)
		return a
	})
	for _, asked := range []**screen.Question{&sc.Question, &sc.Covered} {
		if *asked == nil {
			continue
		}
		q := **asked
		q.Prompt, q.Verb, q.Yes, q.No = c(q.Prompt), c(q.Verb), c(q.Yes), c(q.No)
		q.Options = each(q.Options, func(o screen.Option) screen.Option {
			return screen.Option{Label: c(o.Label),
				Note: c(o.Note)}
		})
		*asked = &q
	}
	return sc
}

// each is a new slice with f done to every element.
func each[T any](list []T, f func(T) T) []T {
	if len(list) == 0 {
		return nil
	}
	out := make([]T, len(list))
	for i, v := range list {
		out[i] = f(v)
	}
	return out
}
