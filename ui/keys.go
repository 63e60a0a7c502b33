package ui

import (
	"slices"
	"strings"

	"github.com/charmbracelet/bubbles/key"

	"marsfix/steps/screen"
)

// entry is a key that does something now, as the footer shows it.
type entry struct {
	key.Binding
	unripe bool // it does not count yet: the footer keeps its room free
}

func bind(keys []string, name, verb string) entry {
	return entry{Binding: key.NewBinding(key.WithKeys(keys...), key.WithHelp(name, verb))}
}

// keyMap is the interface's own keys, their help beside them.
type keyMap struct {
	up, down, pageUp, pageDown, home, end, left, right entry
	search, next, previous, close, quit, leave         entry
}

func newKeyMap() keyMap {
	return keyMap{
		up:       bind([]string{"up", "k"}, "up", "line up"),
		down:     bind([]string{"down", "j"}, "down", "line down"),
		pageUp:   bind([]string{"pgup", "ctrl+b"}, "pgup", "page up"),
		pageDown: bind([]string{"pgdown", "ctrl+f", " "}, "pgdn", "page down"),
		home:     bind([]string{"home", "g"}, "home", "start"),
		end:      bind([]string{"end", "G"}, "end", "end"),
		left:     bind([]string{"left"}, "left", "to the left"),
		right:    bind([]string{"right"}, "right", "to the right"),
		search:   bind([]string{"/"}, "/", "search"),
		next:     bind([]string{"n"}, "n", "next"),
		previous: bind([]string{"N"}, "N", "previous"),
		close:    bind([]string{"esc"}, "esc", "back"),
		quit:     bind([]string{"q"}, "q", "quit"),
		leave:    bind([]string{"ctrl+c"}, "ctrl+c", stopHelp),
	}
}

// offered are the walk's keys that do something now: those whose function this face was not given, and letters that a
// field takes as text, are left out.
func offered(sc screen.Screen, o Options) []entry {
	var keys []entry
	for _, a := range sc.Actions {
		switch {
		case a.Key == "l" && (o.OpenLog == nil || sc.Log == nil):
		case a.Key == "c" && (o.Copy == nil || sc.Fact == "" || typing(sc)):
		default:
			keys = append(keys, bind([]string{a.Key}, a.Key, a.Verb))
		}
	}
	return keys
}

// unripe are the keys of a footer before those that commit count. Nothing else moves when they come.
func unripe(sc screen.Screen, keys []entry) []entry {
	for i := range keys {
		keys[i].unripe = weighs(sc, keys[i].Help().Key)
	}
	return keys
}

// typing reports whether a field takes what is typed.
func typing(sc screen.Screen) bool { return sc.Question != nil && sc.Question.Kind == screen.Type }

// footer is the keys that do something now, "key verb", two or three blanks apart, on as many lines as they need.
func (p painter) footer(keys []entry) []string {
	var plain, drawn []string
	total := 0
	for _, k := range keys {
		name := k.Help().Key
		verb := fitting(k.Help().Desc, p.room-width(name)-1, p.dots)
		plain = append(plain, name+" "+verb)
		if k.unripe {
			drawn = append(drawn, strings.Repeat(" ", width(name+" "+verb)))
		} else {
			drawn = append(drawn, p.key.of(name)+" "+verb)
		}
		total += width(name) + 1 + width(verb)
	}
	between := "   "
	if total+3*(len(keys)-1) > p.room {
		between = "  "
	}
	lines, used := []string{""}, 0
	for i := range plain {
		last := len(lines) - 1
		switch w := width(plain[i]); {
		case used == 0:
			lines[last], used = drawn[i], w
		case used+len(between)+w <= p.room:
			lines[last], used = lines[last]+between+drawn[i], used+len(between)+w
		default:
			lines, used = append(lines, drawn[i]), w
		}
	}
	return lines
}

// bound reports whether one of the entries is for a key of this name.
func bound(name string, entries ...entry) bool {
	return slices.ContainsFunc(entries, func(e entry) bool { return slices.Contains(e.Keys(), name) })
}

// keyList is every key with what it does, for help.
func (p painter) keyList(keys []entry) []string {
	column := 0
	for _, k := range keys {
		column = max(column, width(k.Help().Key))
	}
	var lines []string
	for _, k := range keys {
		h := k.Help()
		lead := p.key.of(pad(h.Key, column)) + "  "
		lines = append(lines, indent(lead, wrap(h.Desc, p.prose()-width(lead)))...)
	}
	return lines
}

// spaced puts lines into one text, each behind the margin.
func spaced(lines []string) string {
	var b strings.Builder
	for i, l := range lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		if l != "" {
			b.WriteString(margin)
			b.WriteString(l)
		}
	}
	return b.String()
}
