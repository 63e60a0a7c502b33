package ui

import (
	"strings"
	"time"

	"github.com/charmbracelet/bubbles/progress"
	"github.com/muesli/termenv"

	"marsfix/steps/screen"
)

const (
	spinAfter = 100 * time.Millisecond // what is shorter needs no spinner
	barAfter  = 200 * time.Millisecond
	barWidth  = 30
)

// at is the painter for a window's width.
func (p painter) at(w int) painter {
	p.room = max(w-2*len(margin), 1)
	return p
}

// frame draws a scene into exactly its height. scroll is what the scene's became within its bounds.
func (p painter) frame(s scene) (frame string, scroll int) {
	if s.width < leastWidth || s.height < leastHeight {
		return p.small(s.width, s.height), s.scroll
	}
	p = p.at(s.width)
	top := append(p.header(s.screen), p.ruler())
	foot := p.footer(s.keys)
	if s.screen.Leaving { // nothing moves when that question comes
		foot = fill(foot, max(len(foot), len(p.footer(s.beneath))))
	}
	bottom := append([]string{p.ruler()}, foot...)
	middle, scroll := p.middle(s, s.height-len(top)-len(bottom))
	return spaced(append(append(top, middle...), bottom...)), scroll
}

// middle is the step and what is known already, beside the list of all steps where there is room for it.
func (p painter) middle(s scene, h int) (lines []string, scroll int) {
	wide := listed(s.width, h)
	if wide {
		p.room -= listWide + listGap
	}
	known := p.known(s.screen)
	lines, scroll = p.body(s, h-len(known))
	lines = append(lines, known...)
	if wide {
		lines = p.beside(s.screen, lines)
	}
	return lines, scroll
}

// small is the one sentence of a window in which nothing can be decided.
func (p painter) small(w, h int) string {
	return strings.Join(fill(wrap(tooSmall(w, h), w-1), h), "\n")
}

// doing is what runs now: words beside a spinner, seconds, and a bar for longer work.
func (p painter) doing(s scene) []string {
	if s.screen.Doing == "" || s.spin == "" {
		return nil
	}
	line := p.here.of(s.spin) + " " + fitting(s.screen.Doing, p.room-20, p.dots) + "   " +
		p.faint.of(elapsed(s.running, s.screen.Limit))
	lines := []string{line}
	if pr := s.screen.Progress; s.bar && pr.Total > 0 {
		lines = append(lines, fitting("  "+p.bar(percent(pr))+"  "+progressWords(pr), p.room, p.dots))
	}
	return lines
}

func (p painter) bar(percent int) string {
	bar := progress.New(progress.WithWidth(barWidth), progress.WithoutPercentage(),
		progress.WithColorProfile(termenv.Ascii),
		progress.WithFillCharacters([]rune(p.full)[0], []rune(p.empty)[0]))
	return p.good.of(bar.ViewAs(float64(percent) / 100))
}

// question is what is asked, with the choices or the field to type in, in at most n lines where choices allow it.
func (p painter) question(s scene, n int) []string {
	q := s.screen.Question
	if q == nil {
		return nil
	}
	if q.Kind == screen.Choose {
		lines := styled(p.name, wrap(q.Prompt, p.prose()))
		lines = append(lines, p.options(q.Options, s.answer.choice, max(3, n-len(lines)-3))...)
		return append(lines, p.faint.of(moveWords))
	}
	lines := indent(p.here.of(p.pointer)+" ", styled(p.name, wrap(q.Prompt, p.prose()-2)))
	if q.Kind == screen.Type {
		return append(lines, "  "+p.typed(s.answer.typed))
	}
	for _, does := range []struct{ key, what string }{{"y", q.Yes}, {"n", q.No}} {
		if does.what != "" {
			lines = append(lines, indent("  "+p.key.of(does.key)+"  ", wrap(does.what, p.prose()-5))...)
		}
	}
	return lines
}
