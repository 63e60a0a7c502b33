package ui

import (
	"strconv"
	"strings"

	"marsfix/steps/screen"
)

const (
	widestLabel = 14
	noteGap     = 3 // cells between a value and its note
)

// rows is what was found, a label, a value and a note on each line. Without extra only those rows that are needed to
// decide.
func (p painter) rows(list []screen.Row, d detail) []string {
	column := 0
	for _, r := range list {
		column = max(column, min(width(r.Label), widestLabel))
	}
	var lines []string
	for _, r := range list {
		switch {
		case r.Extra && !d.extra:
		case r == screen.Row{} && !d.airy:
		case r == screen.Row{}:
			lines = append(lines, "")
		default:
			lines = append(lines, p.row(r, column)...)
		}
	}
	return lines
}

// row is a row on as many lines as it needs: the note stands behind the value, or below it where there is no room.
func (p painter) row(r screen.Row, column int) []string {
	lead := p.faint.of(pad(fitting(r.Label, column, p.dots), column)) + "  "
	room := p.prose() - width(lead)
	value := p.value(r.Value, room)
	look := p.toneLook(r.Tone)
	last := len(value) - 1
	switch {
	case r.Note == "":
		value = toned(look, r.Word, value)
	case width(value[last])+noteGap+width(r.Note) <= room:
		value[last] += strings.Repeat(" ", noteGap) + toned(look, r.Word, []string{r.Note})[0]
	default:
		under := ""
		if r.Label == "" { // in a list of values a note must not look like the next one
			under = "  "
		}
		value = append(value, indent(under, toned(look, r.Word, p.note(r, room-len(under))))...)
	}
	return indent(lead, value)
}

// note breaks a note into lines, but never within the word that its tone marks.
func (p painter) note(r screen.Row, room int) []string {
	const glue = "\u00a0"
	whole := strings.ReplaceAll(r.Word, " ", glue)
	lines := wrap(strings.Replace(r.Note, r.Word, whole, 1), room)
	for i, l := range lines {
		lines[i] = strings.ReplaceAll(l, whole, r.Word)
	}
	return lines
}

// toned gives the first occurrence of a word in lines its look, or, without a word, all of them.
func toned(look role, word string, lines []string) []string {
	if word == "" {
		return styled(look, lines)
	}
	for i, l := range lines {
		if before, after, found := strings.Cut(l, word); found {
			lines[i] = before + look.of(word) + after
			break
		}
	}
	return lines
}

// value breaks a value into lines. A path is shortened in its middle; where even that is too long, it is broken and
// nothing is lost.
func (p painter) value(v string, room int) []string {
	if width(v) <= room {
		return []string{v}
	}
	at := pathAt(v)
	if at < 0 {
		return wrap(v, room)
	}
	short, ok := shorten(v[at:], room-width(v[:at]), p.dots)
	if !ok {
		return wrap(v, room)
	}
	return []string{v[:at] + short}
}

// options are the choices of a question, the present one marked, at most n of them around it. Where the present one had
// to be shortened it is said in full below.
func (p painter) options(list []screen.Option, at, n int) []string {
	if len(list) == 0 {
		return nil
	}
	from := 0
	if len(list) > n {
		from = min(max(at-n/2, 0), len(list)-n)
	}
	to := min(from+n, len(list))
	number := len(strconv.Itoa(to))
	var lines []string
	for i := from; i < to; i++ {
		lines = append(lines, p.option(list[i], i, i == at, number))
	}
	if from > 0 {
		lines[0] = p.faint.of("  " + p.dots + " " + moreAbove)
	}
	if to < len(list) {
		lines[len(lines)-1] = p.faint.of("  " + p.dots + " " + moreBelow)
	}
	if o := list[at]; !p.whole(o, number) {
		lines = append(lines, indent("     ", wrap(o.Label, p.prose()-5))...)
	}
	return lines
}

// optionRoom is how many cells the label and the note of a choice have, and how many of them the note: half of them, or
// what the label leaves.
func (p painter) optionRoom(o screen.Option, number int) (room, note int) {
	room = p.prose() - 2 - number - 2
	return room, min(width(o.Note), max(room/2, room-2-width(o.Label)))
}

// whole reports whether a choice's label needs no shortening.
func (p painter) whole(o screen.Option, number int) bool {
	room, note := p.optionRoom(o, number)
	return width(o.Label) <= room-note-2
}

// option is a choice on one line, its note at the right. Both are shortened where they do not fit.
func (p painter) option(o screen.Option, i int, chosen bool, number int) string {
	lead, look := "  ", role{}
	if chosen {
		lead, look = p.pointer+" ", p.here
	}
	lead += strings.Repeat(" ", max(0, number-len(strconv.Itoa(i+1)))) + strconv.Itoa(i+1) + "  "
	room, most := p.optionRoom(o, number)
	note, label := fitting(o.Note, most, p.dots), o.Label
	if n := room - most - 2; width(label) > n {
		var ok bool
		if label, ok = shorten(label, n, p.dots); !ok {
			label = fitting(label, n, p.dots)
		}
	}
	if note == "" {
		return look.of(lead + label)
	}
	return look.of(lead+label) + gap("", note, room-width(label))
}
