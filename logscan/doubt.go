package logscan

import (
	"bytes"
	"context"
	"strings"
	"unicode"
)

// Doubt is why the text of a log cannot be relied on: the nearest guess.
type Doubt uint8

const (
	NoDoubt    Doubt = iota
	OtherText        // no line of Windows Installer in it
	Archive          // a zip file, or another archive
	WebPage          // HTML
	Data             // JSON or XML
	SetupLines       // the set-up log
	NotText          // a picture, a program, …
	Shifted          // its UTF-16 text is out of step, or in two encodings
	Wrapped          // its lines are broken inside words
	Blanks           // other characters stand for its blanks
	Altered          // its words are changed in another way
	Translated       // its engine lines are not English
	Reversed         // its lines stand the other way round
)

// Damage reports whether the file is a log of Windows Installer that copying has changed.
func (d Doubt) Damage() bool { return d >= Shifted }

// howBroken reads the lines again and tells what has been done to their words.
func howBroken(ctx context.Context, p *Pager, from int64, d damage) (Doubt, error) {
	var blanks, alone int
	err := p.each(ctx, newWindow(), from, p.size, 0, func(l Line) {
		letters, _ := squeezed(nil, l.Text)
		plainly := strings.Join(strings.FieldsFunc(l.Text, func(r rune) bool {
			return unicode.IsSpace(r) ||
				unicode.Is(unicode.Zs, r)
		}), " ")
		for _, p := range phrases {
			alone += bytes.Count(letters, []byte(p.letters))
			blanks += strings.Count(plainly, strings.TrimRight(p.words, " "))
		}
	})
	found := 0
	for _, p := range phrases {
		found += bytes.Count(d.letters, []byte(p.letters))
	}
	switch {
	case found > alone || d.split:
		return Wrapped, err
	case blanks == alone:
		return Blanks, err
	}
	return Altered, err
}
