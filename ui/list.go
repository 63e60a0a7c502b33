package ui

import (
	"fmt"

	"marsfix/steps/screen"
)

const (
	listFrom = 110 // columns of a window, from which on the list of all steps stands at its left
	listHigh = 12  // lines of it: one a step
	listGap  = 3   // cells between the list and the step
	listName = 18  // cells for a step's name
	listCame = 11  // cells for what it came to
	listWide = 6 + listName + 2 + listCame
)

// listed reports whether a window has room for the list of all steps beside the step.
func listed(width, height int) bool { return width >= listFrom && height >= listHigh }

// list is a line for each of the twelve steps, with what it came to.
func (p painter) list(sc screen.Screen) []string {
	lines := make([]string, 0, len(sc.List))
	for i, e := range sc.List {
		mark, look := p.ahead, p.faint
		switch {
		case i+1 == sc.Step:
			mark, look = p.here.of(p.pointer), p.name
		case sc.Track[i] == screen.Done:
			mark, look = p.finished.of(p.done), role{}
		}
		name := look.of(pad(fmt.Sprintf("%2d  %s", i+1, fitting(e.Name, listName, p.dots)), listName+4))
		lines = append(lines, mark+" "+name+"  "+pad(fitting(e.Came, listCame, p.dots), listCame))
	}
	return lines
}

// beside puts the list at the left of the step's lines.
func (p painter) beside(sc screen.Screen, lines []string) []string {
	list := p.list(sc)
	for i, l := range lines {
		left := ""
		if i < len(list) {
			left = list[i]
		}
		lines[i] = pad(left, listWide+listGap) + l
	}
	return lines
}
