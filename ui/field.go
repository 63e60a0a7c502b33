package ui

import (
	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/bubbles/textinput"
	tea "github.com/charmbracelet/bubbletea"
)

// field is one line of text being typed. The toolkit's text input edits it; it is drawn here, since that one's cursor is a blank in
// other colours, which cannot be seen where a screen is read as text.
type field struct {
	input textinput.Model
	fits  func(rune) bool // which characters it takes
}

// fieldKeys are the text input's own, but for those that ask other programs for the clipboard or for words.
func fieldKeys() textinput.KeyMap {
	keys := textinput.DefaultKeyMap
	none := key.NewBinding(key.WithDisabled())
	keys.Paste, keys.AcceptSuggestion, keys.NextSuggestion, keys.PrevSuggestion = none, none, none, none
	return keys
}

// newField is an empty field of at most limit characters.
func newField(limit int, fits func(rune) bool) field {
	f := field{textinput.New(), fits}
	f.input.CharLimit, f.input.KeyMap = limit, fieldKeys()
	f.input.Focus() // its command makes a cursor blink: this one stands still
	return f
}

func (f *field) text() string { return f.input.Value() }

// press takes a key that edits, and says whether it was one.
func (f *field) press(k keyPress) bool {
	keys := f.input.KeyMap
	edits := k.char != 0 && f.fits(k.char)
	if k.char == 0 {
		edits = key.Matches(k, keys.CharacterForward, keys.CharacterBackward, keys.WordForward, keys.WordBackward,
			keys.DeleteWordBackward, keys.DeleteWordForward, keys.DeleteAfterCursor, keys.DeleteBeforeCursor,
			keys.DeleteCharacterBackward, keys.DeleteCharacterForward, keys.LineStart, keys.LineEnd)
	}
	if edits {
		f.input, _ = f.input.Update(k.message()) // its command would make the cursor blink
	}
	return edits
}

// paste puts in what fits of a text.
func (f *field) paste(text string) {
	var fitting []rune
	for _, r := range text {
		if f.fits(r) {
			fitting = append(fitting, r)
		}
	}
	f.input, _ = f.input.Update(tea.KeyMsg{Type: tea.KeyRunes, Runes: fitting, Paste: true})
}

// typed draws a field with its cursor.
func (p painter) typed(f field) string {
	text, at := []rune(f.text()), f.input.Position()
	if at >= len(text) {
		return string(text) + p.mark.of(p.cursor)
	}
	return string(text[:at]) + p.mark.of(string(text[at])) + string(text[at+1:])
}
