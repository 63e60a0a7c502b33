package ui

import (
	"strings"

	"marsfix/steps/screen"
)

// header is the first two lines. "Step N of 12" is one run of characters, so that it can be found by whoever reads the
// screen.
func (p painter) header(sc screen.Screen) []string {
	rights := notElevated
	if sc.Elevated {
		rights = elevated
	}
	if sc.Label != "" {
		rights += "  " + screen.Named(sc.Label)
	}
	rights = fitting(rights, p.room-len(program)-2, p.dots)
	who, round := p.name.of(program), ""
	if sc.Round > 1 {
		round = "  " + roundWords(sc.Round) // here, since the track has the room on the next line
	}
	if n := p.room - width(who) - 2 - width(round) - 2 - width(rights); n > 0 && sc.Computer != "" {
		who += "  " + fitting(sc.Computer, n, p.dots)
	}
	return []string{gap(who+round, rights, p.room), p.stepLine(sc)}
}

// stepLine is the step's number and title, and the track where there is room: the number says the same.
func (p painter) stepLine(sc screen.Screen) string {
	line := stepWords(sc.Step) + "   "
	track := p.track(sc)
	if width(line)+width(sc.Title)+3+width(track) > p.room {
		return line + p.name.of(fitting(sc.Title, p.room-width(line), p.dots))
	}
	return gap(line+p.name.of(sc.Title), track, p.room)
}

// track is a mark for each step: done, the one on the screen, to come. Neighbours of one look are drawn in one piece.
func (p painter) track(sc screen.Screen) string {
	var b strings.Builder
	marks, look := "", role{}
	add := func(mark string, as role) {
		if as != look {
			b.WriteString(look.of(marks))
			marks, look = "", as
		}
		marks += mark
	}
	for i, state := range sc.Track {
		switch {
		case i+1 == sc.Step:
			add(p.pointer, p.here)
		case state == screen.Done:
			add(p.done, p.finished)
		default:
			add(p.ahead, p.faint)
		}
	}
	return b.String() + look.of(marks)
}

// known is what is known already: it stays in sight on every step, on a line of its own each where one line is too
// short.
func (p painter) known(sc screen.Screen) []string {
	var lines []string
	if sc.UniqueID != "" {
		lines = append(lines, p.faint.of(idLabel)+" "+p.name.of(fitting(sc.UniqueID, p.room-len(idLabel)-1, p.dots)))
	}
	if sc.TempPath == "" {
		return lines
	}
	temp := p.faint.of(tempLabel) + " " + squeeze(sc.TempPath, p.room-len(tempLabel)-1, p.dots)
	if len(lines) > 0 && width(lines[0])+6+width(temp) <= p.room {
		return []string{lines[0] + "      " + temp}
	}
	return append(lines, temp)
}

func (p painter) ruler() string { return p.faint.of(strings.Repeat(p.rule, p.room)) }
