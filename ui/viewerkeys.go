package ui

import (
	tea "github.com/charmbracelet/bubbletea"

	"marsfix/logscan"
)

// sideways is how many cells left and right move.
const sideways = 20

// press takes a key: into the field that is typed in, or for the log. It reports whether the viewer is to be closed.
func (v *viewer) press(k keyPress) (cmd tea.Cmd, closed bool) {
	if v.asking {
		return v.ask(k), false
	}
	if cmd, closed = v.act(k); closed {
		return nil, true
	}
	return tea.Batch(cmd, v.number()), false
}

// act takes a key for the log, and reports whether the viewer is to be closed.
func (v *viewer) act(k keyPress) (cmd tea.Cmd, closed bool) {
	v.remark = ""
	is := func(e entry) bool { return bound(k.name, e) }
	switch {
	case is(v.keys.close) && v.wait == searching:
		v.stop()
	case is(v.keys.close):
		return nil, true
	case is(v.keys.search):
		v.askFor()
	case is(v.keys.next):
		return v.find(false), false
	case is(v.keys.previous):
		return v.find(true), false
	default:
		v.move(is)
	}
	return nil, false
}

// move goes through the log. The window keeps a line of the page before, which also keeps the count of lines.
func (v *viewer) move(is func(entry) bool) {
	lines := v.page.lines
	if len(lines) == 0 {
		return
	}
	last := len(lines) - 1
	switch {
	case is(v.keys.up):
		v.page.hold(0)
		v.show(lines[0].Offset, 1)
	case is(v.keys.down):
		v.page.hold(min(1, last))
		v.show(lines[min(1, last)].Offset, 0)
	case is(v.keys.pageUp):
		v.page.hold(0)
		v.show(lines[0].Offset, v.height-1)
	case is(v.keys.pageDown):
		v.page.hold(last)
		v.show(lines[last].Offset, 0)
	case is(v.keys.home):
		v.show(0, 0)
	case is(v.keys.end):
		v.show(max(v.log.Size-1, 0), v.height-1)
	case is(v.keys.left):
		v.left = max(0, v.left-sideways)
	case is(v.keys.right):
		v.left += sideways
		if v.left >= v.widest() {
			v.left -= sideways
		}
	}
}

// widest is how wide the widest line in sight is.
func (v *viewer) widest() int {
	w := 0
	for _, l := range v.page.lines {
		w = max(w, width(l.Text))
	}
	return w
}

// ask takes a key for the field of what is to be searched for.
func (v *viewer) ask(k keyPress) tea.Cmd {
	switch {
	case k.name == "esc":
		v.asking = false
	case k.name == "enter":
		v.asking = false
		if text := v.field.text(); text != "" {
			v.found = text
			return v.find(false)
		}
	default:
		v.field.press(k)
	}
	return nil
}

// askFor opens the field for what is to be searched for.
func (v *viewer) askFor() {
	v.asking, v.field = true, newField(mostSearched, func(r rune) bool { return logscan.Clean(string(r)) == string(r) })
}

// mostSearched bounds what is searched for.
const mostSearched = 200
