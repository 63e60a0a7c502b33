package ui

import (
	"fmt"
	"math"
	"strings"

	"marsfix/logscan"
	"marsfix/steps/screen"
)

// draw is the log's path, its lines, and the viewer's keys.
func (v *viewer) draw(p painter, _, height int, spin string) string {
	at := v.position()
	path := p.name.of(squeeze(logscan.Clean(v.ref.Path), p.room-width(at)-2, p.dots))
	top := []string{gap(path, at, p.room), p.ruler()}
	bottom := append([]string{p.ruler(), v.line(p, spin)}, p.footer(v.footer())...)
	n := max(height-len(top)-len(bottom), 1)
	if n != v.height {
		v.resize(n)
	}
	return spaced(append(append(top, fill(v.body(p), n)...), bottom...))
}

// resize keeps the first line where it is.
func (v *viewer) resize(n int) {
	v.height = n
	if len(v.page.lines) > 0 {
		first := v.page.lines[0].Offset
		v.page.hold(0)
		v.show(first, 0)
	}
}

// position is the line that is marked, or the first in sight, of how many: "326 of 337". Where nobody has counted the
// lines it tells how far that is into the log.
func (v *viewer) position() string {
	lines := v.page.lines
	if v.broken != "" || len(lines) == 0 {
		return ""
	}
	if last := lines[len(lines)-1]; v.page.end == math.MaxInt64 && last.Number > 0 {
		v.lines = last.Number
	}
	at := lines[max(v.marks(), 0)]
	share := fmt.Sprintf("%d %%", 100*at.Offset/max(v.log.Size, 1))
	switch {
	case at.Number > 0 && v.lines > 0:
		return fmt.Sprintf("%d of %d", at.Number, v.lines)
	case at.Number > 0:
		return fmt.Sprintf("line %d, %s", at.Number, share)
	}
	return share
}

// marks is which line in sight is marked, -1 when none is.
func (v *viewer) marks() int {
	if v.found == "" && v.ref.Offset <= 0 {
		return -1
	}
	return v.page.place(v.hit)
}

func (v *viewer) body(p painter) []string {
	if v.broken != "" {
		return styled(p.bad, wrap(v.broken, p.prose()))
	}
	column := 0
	for _, l := range v.page.lines {
		column = max(column, len(number(l.Number)))
	}
	var lines []string
	hit := v.marks()
	for i, l := range v.page.lines {
		ll := screen.LogLine{Number: l.Number, Text: l.Text, Match: i == hit}
		if ll.Match {
			ll.MarkAt, ll.Mark = v.marked(l.Text)
		}
		lines = append(lines, p.logLine(ll, column, v.left))
	}
	return lines
}

// marked is the part of the line that was found which is to be marked.
func (v *viewer) marked(text string) (at, n int) {
	what := v.mark
	if v.found != "" {
		what = v.found
	}
	if what == "" {
		return 0, 0
	}
	if at = strings.Index(lowerASCII(text), lowerASCII(what)); at < 0 {
		return 0, 0
	}
	return at, len(what)
}

// lowerASCII is a text with the letters of ASCII lowered and every byte where it was.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// line is what is typed, what runs, or what came of it.
func (v *viewer) line(p painter, spin string) string {
	switch {
	case v.asking:
		return fitting(p.here.of(searchFor)+p.typed(v.field), p.room, p.dots)
	case v.wait != "" && spin != "":
		return p.here.of(spin) + " " + v.wait
	case v.counts && spin != "" && v.remark == "":
		return p.here.of(spin) + " " + counting
	}
	return fitting(v.remark, p.room, p.dots)
}

func (v *viewer) footer() []entry {
	k := v.keys
	if v.asking {
		return []entry{bind([]string{"enter"}, "enter", "search"), k.close}
	}
	if v.broken != "" || v.pager == nil {
		return []entry{k.close, k.quit}
	}
	// One line in a window of 80 cells; the arrow keys up and down need no words.
	keys := []entry{k.search}
	if v.found != "" {
		keys = append(keys, bind(nil, "n N", "matches"), bind(nil, "pgup pgdn", "page"))
	} else {
		keys = append(keys, bind(nil, "home end pgup pgdn", "move"))
	}
	return append(keys, bind(nil, "left right", "sideways"), k.close, k.quit)
}
