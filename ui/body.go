package ui

import "marsfix/steps/screen"

// detail is how much of a screen is drawn. What a smaller window loses first is needed least to decide.
type detail struct {
	extra      bool // rows marked as extra
	neighbours int  // of a match, on each side
	whole      bool // witnesses on as many lines as they need
	airy       bool // blank lines between the parts
}

// details are the ways to draw a body, from the fullest to the barest.
func details() []detail {
	ds := []detail{{extra: true, neighbours: 1 << 10, whole: true, airy: true}, {neighbours: 1 << 10, whole: true, airy: true}}
	for n := 3; n >= 0; n-- {
		ds = append(ds, detail{neighbours: n, whole: true, airy: true})
	}
	return append(ds, detail{whole: true}, detail{})
}

// parts are a body's lines: what stays in sight at the top, what may scroll, and what stays in sight below.
type parts struct {
	article, stop, middle, bottom []string
	airy                          bool
}

// body draws what is between the rules into exactly h lines.
func (p painter) body(s scene, h int) (lines []string, scroll int) {
	var b parts
	for _, d := range details() {
		b = p.parts(s, d, h)
		if all := b.joined(); len(all) <= h {
			return fill(all, h), 0
		}
	}
	return p.scrolled(b, s.scroll, h)
}

// parts draws everything with the given detail.
func (p painter) parts(s scene, d detail, h int) parts {
	sc := s.screen
	b := parts{article: p.article(sc), airy: d.airy}
	notes := sc.Problems
	if len(notes) > 0 && (sc.State == screen.Failed || sc.State == screen.NeedsYou) {
		b.stop, notes = p.problem(notes[0].Keyed(), true), notes[1:]
	}
	if sc.ReadOnly {
		b.middle = append(b.middle, p.faint.of(shownAgain))
	}
	sections := [][]string{p.rows(sc.Rows, d.extra), p.excerpt(near(sc.Excerpt, d.neighbours)), p.witnesses(sc.Witnesses, d.whole)}
	var risks []string
	if sc.Question != nil && sc.State == screen.Asking {
		var hints []string
		risks, hints = p.risks(notes, h-least-len(p.question(s, h/2)))
		sections, notes = append(sections, hints), nil
	}
	for _, n := range notes {
		sections = append(sections, p.problem(n.Keyed(), false))
	}
	for _, sec := range sections {
		b.middle = joinParts(b.middle, sec, d.airy)
	}
	b.bottom = joinParts(p.doing(s), risks, d.airy)
	others := len(b.article) + len(b.stop) + len(b.middle) + len(b.bottom) + 4 // blank lines between
	b.bottom = joinParts(b.bottom, p.question(s, max(h/2, h-others)), d.airy && len(risks) > 0)
	if s.status != "" {
		b.bottom = append(b.bottom, styled(p.faint, wrap(s.status, p.prose()))...)
	}
	return b
}

// risks are the problems that a question is about: they stay in sight beside it, and where they have no more than n lines for that, without
// their hints.
func (p painter) risks(list []screen.Problem, n int) (risks, hints []string) {
	var brief []string
	for _, pr := range list {
		risks = append(risks, p.problem(pr.Keyed(), false)...)
		brief = append(brief, p.problem(screen.Told{Message: pr.Message}, false)...)
		hints = append(hints, p.problem(pr.Keyed(), false)[len(p.problem(screen.Told{Message: pr.Message}, false)):]...)
	}
	if len(risks) <= n {
		return risks, nil
	}
	return brief, hints
}

// joined is all parts, one below the other.
func (b parts) joined() []string {
	all := append([]string{}, b.article...)
	for _, part := range [][]string{b.stop, b.middle, b.bottom} {
		all = joinParts(all, part, b.airy)
	}
	return all
}

// least is how many lines must be left to scroll in; what is only needed to act has to leave one more.
const least = 3

// scrolled draws a body that is too high even when bare: the question and the problem that stops the step stay in sight, the
// rest scrolls between them. Where that leaves too little to scroll in, the article goes to the end of what scrolls, then the
// problem to its beginning.
func (p painter) scrolled(b parts, at, h int) (lines []string, scroll int) {
	top, middle := joinParts(b.article, b.stop, false), b.middle
	if h-len(top)-len(b.bottom) <= least {
		top, middle = b.stop, append(append([]string{}, b.middle...), b.article...)
	}
	if h-len(top)-len(b.bottom) <= least {
		top, middle = nil, append(append([]string{}, top...), middle...)
	}
	bottom := b.bottom
	if len(bottom) > h-least {
		bottom = bottom[len(bottom)-(h-least):]
	}
	shown, scroll := p.cut(middle, at, h-len(top)-len(bottom))
	return fill(append(append(append([]string{}, top...), shown...), bottom...), h), scroll
}

// cut shows n lines of more, and says where there are others.
func (p painter) cut(lines []string, at, n int) (shown []string, from int) {
	if len(lines) <= n {
		return lines, 0
	}
	from = min(max(at, 0), len(lines)-n)
	shown = append([]string{}, lines[from:from+n]...)
	if from > 0 {
		shown[0] = p.faint.of(moreAbove + " (" + scrollKeys + ")")
	}
	if from+n < len(lines) {
		shown[n-1] = p.faint.of(moreBelow + " (" + scrollKeys + ")")
	}
	return shown, from
}

// joinParts puts one part below another, a blank line between them if it is to be airy.
func joinParts(above, below []string, airy bool) []string {
	if len(above) > 0 && len(below) > 0 && airy {
		above = append(append([]string{}, above...), "")
	}
	return append(append([]string{}, above...), below...)
}

// fill adds blank lines up to h.
func fill(lines []string, h int) []string {
	for len(lines) < h {
		lines = append(lines, "")
	}
	return lines[:max(h, 0)]
}
