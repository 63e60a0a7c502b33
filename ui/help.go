package ui

import (
	"github.com/charmbracelet/bubbletea"

	"marsfix/steps/screen"
)

// help lies over a step: what the step is about, and every key.
type help struct {
	screen screen.Screen
	keys   []entry
	own    keyMap
	scroll int
	most   int // the furthest it can be scrolled, known once it is drawn
	page   int
}

func newHelp(own keyMap, sc screen.Screen, keys []entry) *help {
	return &help{screen: sc, keys: keys, own: own}
}

func (h *help) press(k keyPress) (cmd tea.Cmd, closed bool) {
	switch {
	case bound(k.name, h.own.close), k.name == "?":
		return nil, true
	case bound(k.name, h.own.up):
		h.scroll--
	case bound(k.name, h.own.down):
		h.scroll++
	case bound(k.name, h.own.pageUp):
		h.scroll -= h.page
	case bound(k.name, h.own.pageDown):
		h.scroll += h.page
	}
	h.scroll = max(0, min(h.scroll, h.most))
	return nil, false
}

func (h *help) take(tea.Msg) tea.Cmd { return nil }

func (h *help) busy() bool { return false }

func (h *help) typing() bool { return false }

func (h *help) shut() {}

// draw is the help text, then the footer's keys and those that are always there.
func (h *help) draw(p painter, _, height int, _ string) string {
	top := append(p.header(h.screen), p.ruler())
	bottom := append([]string{p.ruler()}, p.footer([]entry{h.own.close, h.own.quit})...)
	text := wrap(h.screen.Help, p.prose())
	for i, word := range glossary {
		if i == 0 {
			text = append(text, "")
		}
		text = append(text, indent(p.name.of(word.term)+"  ", wrap(word.means, p.prose()-width(word.term)-2))...)
	}
	text = append(text, "", p.name.of(keysTitle))
	text = append(text, p.keyList(append(append([]entry{}, h.keys...), always(h.own, h.screen)...))...)
	n := height - len(top) - len(bottom)
	shown, from := p.cut(text, h.scroll, n)
	h.scroll, h.most, h.page = from, max(len(text)-n, 0), max(n-2, 1)
	return spaced(append(append(top, fill(shown, n)...), bottom...))
}

// always are the keys that a footer does not name.
func always(own keyMap, sc screen.Screen) []entry {
	keys := []entry{bind(nil, "up down", scrollHelp), bind(nil, "pgup pgdn", pageHelp)}
	if sc.Question != nil && sc.Question.Kind == screen.Choose {
		keys[0] = bind(nil, "up down", chooseHelp)
	}
	return append(keys, own.leave)
}
