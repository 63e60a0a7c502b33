package screen

import "marsfix/logscan"

// CleanText makes text from logs, names and registrations fit to be shown anywhere.
func CleanText(s string) string { return logscan.Clean(s) }

// Cleaned is a problem fit to be shown.
func (p Problem) Cleaned() Problem { return p.mapText(CleanText) }

func (p Problem) mapText(f func(string) string) Problem {
	p.Message, p.Cure, p.Offer = f(p.Message), f(p.Cure), f(p.Offer)
	return p
}

// Cleaned is a screen whose texts hold nothing that a terminal would act upon: no control, escape or bidirectional
// character, whatever a log, a registration or a file name holds.
func (sc Screen) Cleaned() Screen {
	sc = sc.MapText(CleanText)
	sc.Excerpt = each(sc.Excerpt, func(l LogLine) LogLine {
		l.Text, l.MarkAt, l.Mark = logscan.CleanMarked(l.Text, l.MarkAt, l.Mark)
		return l
	})
	return sc
}

// MapText is a screen with f done to all its texts but the excerpt of a log, in which a part is marked.
func (sc Screen) MapText(f func(string) string) Screen {
	for _, text := range []*string{&sc.Computer, &sc.Label, &sc.Title, &sc.Purpose, &sc.Finding, &sc.Article, &sc.Claim,
		&sc.UniqueID, &sc.TempPath, &sc.Doing, &sc.Progress.What, &sc.Fact, &sc.Help} {
		*text = f(*text)
	}
	for i, e := range sc.List {
		sc.List[i] = Entry{Name: f(e.Name), Came: f(e.Came)}
	}
	sc.Rows = each(sc.Rows, func(r Row) Row {
		r.Label, r.Value, r.Note, r.Word = f(r.Label), f(r.Value), f(r.Note), f(r.Word)
		return r
	})
	sc.Witnesses = each(sc.Witnesses, func(w Witness) Witness {
		w.Who, w.Says = f(w.Who), f(w.Says)
		return w
	})
	sc.Problems = each(sc.Problems, func(p Problem) Problem { return p.mapText(f) })
	sc.Actions = each(sc.Actions, func(a Action) Action {
		a.Verb, a.Ask = f(a.Verb), f(a.Ask)
		return a
	})
	sc.Question, sc.Covered = sc.Question.mapText(f), sc.Covered.mapText(f)
	return sc
}

func (q *Question) mapText(f func(string) string) *Question {
	if q == nil {
		return nil
	}
	m := *q
	m.Prompt, m.Verb, m.Yes, m.No = f(q.Prompt), f(q.Verb), f(q.Yes), f(q.No)
	m.Options = each(q.Options, func(o Option) Option { return Option{Label: f(o.Label), Note: f(o.Note)} })
	return &m
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
