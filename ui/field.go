package ui

import "slices"

// field is one line of text being typed. The toolkit's text input is not for here: it brings a package for the
// clipboard that loads a DLL before main can say from where.
type field struct {
	runes []rune
	at    int             // the cursor stands before this one
	limit int             // how many it takes
	fits  func(rune) bool // which it takes
}

// newField is an empty field of at most limit characters.
func newField(limit int, fits func(rune) bool) field { return field{limit: limit, fits: fits} }

func (f *field) text() string { return string(f.runes) }

// press takes a key that edits, and reports whether it was one.
func (f *field) press(k keyPress) bool {
	if k.char != 0 {
		if !f.fits(k.char) {
			return false
		}
		f.put(k.char)
		return true
	}
	switch k.name {
	case "left", "ctrl+b":
		f.at = max(f.at-1, 0)
	case "right", "ctrl+f":
		f.at = min(f.at+1, len(f.runes))
	case "home", "ctrl+a":
		f.at = 0
	case "end", "ctrl+e":
		f.at = len(f.runes)
	case "backspace", "ctrl+h":
		f.cut(max(f.at-1, 0), f.at)
	case "delete", "ctrl+d":
		f.cut(f.at, min(f.at+1, len(f.runes)))
	case "ctrl+u":
		f.cut(0, f.at)
	case "ctrl+k":
		f.cut(f.at, len(f.runes))
	default:
		return false
	}
	return true
}

// put puts a character in where the cursor stands, if there is room for it.
func (f *field) put(r rune) {
	if len(f.runes) < f.limit {
		f.runes = slices.Insert(slices.Clone(f.runes), f.at, r) // a copy: a field is a value
		f.at++
	}
}

// cut takes characters out.
func (f *field) cut(from, to int) {
	f.runes = slices.Delete(slices.Clone(f.runes), from, to)
	f.at = from
}

// paste puts in what fits of a text.
func (f *field) paste(text string) {
	for _, r := range text {
		if f.fits(r) {
			f.put(r)
		}
	}
}

// typed draws a field with its cursor.
func (p painter) typed(f field) string {
	if f.at >= len(f.runes) {
		return f.text() + p.mark.of(p.cursor)
	}
	return string(f.runes[:f.at]) + p.mark.of(string(f.runes[f.at])) + string(f.runes[f.at+1:])
}
