package ui

import (
	"fmt"

	"marsfix/steps/screen"
)

// detail is how much of a screen is drawn. What a smaller window loses first is needed least to decide.
type detail struct {
	extra      bool // rows marked as extra
	neighbours int  // of a match, on each side
	whole      bool // witnesses on as many lines as they need
	airy       bool // blank lines between the parts
	bare       bool // without the article's sentence: it is needed least, and gives way to a blank line at its edges
}

// details are the ways to draw a body, from the fullest to the barest.
func details() []detail {
	ds := []detail{{extra: true, neighbours: 1 << 10, whole: true, airy: true}}
	for _, n := range []int{1 << 10, 8, 6, 4, 3, 2, 1, 0} {
		ds = append(ds, detail{neighbours: n, whole: true, airy: true})
	}
	return append(ds, detail{whole: true}, detail{}, detail{whole: true, airy: true, bare: true},
		detail{whole: true, bare: true}, detail{bare: true})
}

// parts are a body's lines: what stays in sight at the top, what may scroll, and what stays in sight below.
type parts struct {
	finding, stop, middle, risks, article []string
	airy                                  bool
	stopped                               bool    // the step does not go on: what is wrong comes before what was found
	gaps                                  [4]bool // above stop, middle, risks, article, where not all is airy
}

// body draws what is between the rules and above what is known already, into exactly h lines. The question, or what
// marsfix does, stands at its foot: nothing above it moves when it comes or goes.
func (p painter) body(s scene, h int) (lines []string, scroll int) {
	if s.screen.Leaving {
		return p.leaving(s, h)
	}
	foot := p.foot(s, h)
	room := h - len(foot)
	barest := p.parts(s, detail{})
	if idle := s.screen.Question == nil && s.screen.Doing == "" && s.status == ""; idle {
		if all := barest.joined(); len(all) > room && len(all) <= h { // better than to leave something out
			return fill(all, h), 0
		}
	}
	for _, blank := range []int{min(1, len(foot)), 0} { // above the foot, where any detail leaves room for it
		for _, d := range details() {
			b := p.parts(s, d)
			all, needs := b.joined(), 0
			if !d.bare {
				needs = len(b.spread(len(b.gaps)).joined()) - len(all)
			}
			if len(all)+blank+needs <= room {
				if blank > 0 && foot[0] == "" {
					blank = 0 // the foot begins with one of its own
				}
				return append(fill(b.spread(room-blank-len(all)).joined(), room), foot...), 0
			}
		}
	}
	return p.scrolled(barest, s, foot, h)
}

// leaving draws the question whether to leave over what stood there before it came: over the step's own question, where
// there is one, otherwise over the last lines.
func (p painter) leaving(s scene, h int) (lines []string, scroll int) {
	before := s
	before.screen.Question, before.screen.Leaving = s.screen.Covered, false
	lines, scroll = p.body(before, h)
	foot := p.foot(s, h)
	kept := h - len(foot)
	if s.screen.Covered != nil {
		kept = min(kept, h-len(p.foot(before, h)))
	} else if kept > 0 && lines[kept-1] != "" {
		kept-- // a blank line above the question
	}
	return append(fill(lines[:max(kept, 0)], h-len(foot)), foot...), scroll
}

// footRoom is the height that the foot has where the window has it and the step may still ask: that of most
// questions.
const (
	footRoom = 3
	footFrom = 14 // lines of a body, from which on that is kept free
)

// mayAsk reports whether a question can still come to the step as it stands.
func (s scene) mayAsk() bool {
	return s.screen.State != screen.Failed && s.screen.State != screen.Done && s.screen.Tag != screen.Stop
}

// foot is the question or what marsfix does, and below it what a key came to.
func (p painter) foot(s scene, h int) []string {
	foot := p.doing(s)
	if s.screen.Question != nil {
		bare := p.parts(s, detail{bare: true}).joined()
		foot = append(foot, p.question(s, max(h/2, h-len(bare)-1))...)
	}
	if short := footRoom - len(foot); h >= footFrom && short > 0 && s.screen.Question != nil {
		foot = append(make([]string, short), foot...) // right above the id line
	} else if h >= footFrom && short > 0 && s.mayAsk() {
		foot = fill(foot, footRoom)
	}
	switch {
	case s.status != "":
		foot = append(foot, wrap(s.status, p.prose())...)
	case h >= footFrom:
		foot = append(foot, "")
	}
	return foot
}

// parts draws everything but the foot, with the given detail.
func (p painter) parts(s scene, d detail) parts {
	sc := s.screen
	b := parts{finding: p.finding(sc), article: p.article(sc), airy: d.airy, stopped: sc.Tag == screen.Stop}
	if d.bare {
		b.article = nil
	}
	notes := sc.Problems
	if len(notes) > 0 && sc.Tag != screen.Note {
		b.stop, notes = p.problem(notes[0].Keyed(), sc.Tag), notes[1:]
	}
	sections := [][]string{p.rows(sc.Rows, d), p.excerpt(near(sc.Excerpt, d.neighbours)), p.witnesses(sc, d.whole)}
	for _, sec := range sections {
		b.middle = joinParts(b.middle, sec, d.airy)
	}
	for _, n := range notes {
		b.risks = append(b.risks, p.problem(n.Keyed(), screen.Note)...)
	}
	if sc.ReadOnly {
		b.risks = append([]string{p.faint.of(shownAgain)}, b.risks...)
	}
	return b
}

// joined is all parts, one below the other.
func (b parts) joined() []string {
	all := append([]string{}, b.finding...)
	for i, part := range b.under() {
		all = joinParts(all, part, b.airy || b.gaps[i])
	}
	return all
}

// under are the parts below the finding.
func (b parts) under() [4][]string {
	if b.stopped {
		return [4][]string{b.stop, b.risks, b.middle, b.article}
	}
	return [4][]string{b.stop, b.middle, b.risks, b.article}
}

// spread puts up to n blank lines where they are missed most: around what stops the step first. The room below is the
// question's own and stays free for it, so that nothing moves.
func (b parts) spread(n int) parts {
	const stop, middle, risks, article = 0, 1, 2, 3
	for _, i := range []int{middle, stop, risks, article} {
		if n > 0 && len(b.under()[i]) > 0 {
			b.gaps[i] = true
			n--
		}
	}
	return b
}

// least is how many lines must be left to scroll in; what is only needed to act has to leave one more.
const least = 3

// scrolled draws a body that is too high even when bare: the question, what it is about and the finding stay in sight,
// and the problem that stops the step where there is room for it too. The rest scrolls between them.
func (p painter) scrolled(b parts, s scene, foot []string, h int) (lines []string, scroll int) {
	if h >= footFrom && foot[0] != "" { // a question or a line of its own
		foot = append([]string{""}, foot...)
	}
	notes, below := b.risks, []string(nil)
	if q := s.screen.Question; q != nil && s.screen.State == screen.Asking {
		below, notes = p.risks(s.screen, h-least-len(foot))
	}
	middle := append(append(append([]string{}, b.middle...), notes...), b.article...)
	bottom := append(below, foot...)
	top := append(append([]string{}, b.finding...), b.stop...)
	if h-len(top)-len(bottom) <= least {
		top, middle = b.finding, append(append([]string{}, b.stop...), middle...)
	}
	if h-len(top)-len(bottom) <= least {
		top, middle = nil, append(append([]string{}, top...), middle...)
	}
	if len(bottom) > h-least {
		bottom = bottom[len(bottom)-(h-least):]
	}
	keys := scrollKeys
	if q := s.screen.Question; q != nil && q.Kind == screen.Choose {
		keys = pageKeys
	}
	shown, scroll := p.cut(middle, s.scroll, h-len(top)-len(bottom), keys)
	return append(fill(append(append([]string{}, top...), shown...), h-len(bottom)), bottom...), scroll
}

// risks are the notes that a question is about: they stay in sight beside it, and where they have no more than n lines
// for that, without their hints, which scroll.
func (p painter) risks(sc screen.Screen, n int) (risks, hints []string) {
	notes := sc.Problems
	if sc.Tag != screen.Note && len(notes) > 0 {
		notes = notes[1:]
	}
	var brief []string
	for _, pr := range notes {
		whole, short := p.problem(pr.Keyed(), screen.Note), p.problem(screen.Told{Message: pr.Message}, screen.Note)
		risks, brief, hints = append(risks, whole...), append(brief, short...), append(hints, whole[len(short):]...)
	}
	if len(risks) <= n {
		return risks, nil
	}
	return brief, hints
}

// cut shows n lines of more, and says where there are others and which keys lead there.
func (p painter) cut(lines []string, at, n int, keys string) (shown []string, from int) {
	if len(lines) <= n {
		return lines, 0
	}
	from = min(max(at, 0), len(lines)-n)
	shown = append([]string{}, lines[from:from+n]...)
	if from > 0 {
		shown[0] = p.faint.of(moreAbove + " (" + keys + ")")
	}
	if from+n < len(lines) {
		shown[n-1] = p.faint.of(fmt.Sprintf("%s: %d of %d (%s)", moreBelow, from+n-1, len(lines), keys))
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
