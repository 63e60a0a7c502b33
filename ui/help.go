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
	case bound(k.name, h.own.home):
		h.scroll = 0
	case bound(k.name, h.own.end):
		h.scroll = h.most
	}
	h.scroll = max(0, min(h.scroll, h.most))
	return nil, false
}

func (h *help) take(tea.Msg) tea.Cmd { return nil }

func (h *help) busy() bool { return false }

func (h *help) typing() bool { return false }

func (h *help) shut() {}

// draw is the help text, the footer's keys with those that are always there, and the words that may be new. Where that
// is more than the window holds it says how far it is shown.
func (h *help) draw(p painter, _, height int, _ string) string {
	top := append(p.header(h.screen), p.ruler())
	bottom := append([]string{p.ruler()}, p.footer([]entry{h.own.close, h.own.quit})...)
	text := wrap(h.screen.Help, p.prose())
	text = append(text, "", p.name.of(keysTitle))
	text = append(text, p.keyList(append(append([]entry{}, h.keys...), always(h.own, h.screen)...))...)
	text = append(text, "", p.name.of(wordsTitle))
	text = append(text, p.keyList(glossary())...)
	n := height - len(top) - len(bottom)
	shown, from := p.cut(text, h.scroll, n, scrollKeys)
	h.scroll, h.most, h.page = from, max(len(text)-n, 0), max(n-2, 1)
	return spaced(append(append(top, fill(shown, n)...), bottom...))
}

// always are the keys that a footer does not name.
func always(own keyMap, sc screen.Screen) []entry {
	move := bind(nil, "up down", scrollHelp)
	if sc.Question != nil && sc.Question.Kind == screen.Choose {
		move = bind(nil, "up down", chooseHelp)
	}
	return []entry{move, own.leave}
}
