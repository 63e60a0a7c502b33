package logscan

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// damage gathers the signs that copying has changed a log.
type damage struct {
	letters  []byte // of all lines, as squeezed has them
	exact    [len(phrases)]int
	shifted  bool
	sentence bool // an engine line has more than one word
	english  bool // and one was in English
	foreign  int  // lines that only a translation has
	returned int  // "MainEngineThread" without its English words
	misread  bool // a result whose number, or the word before it, cannot be read
	cut      int  // lines that end in dots, as tables shorten them
	open     bool // the line before ended within a result, perhaps
	split    bool // and this one goes on with it
	short    bool // a result is cut short
}

// phrases are the words that tell how a session ended, as the engine writes them and as their letters alone.
var phrases = [...]struct{ words, letters string }{
	{"Warning: Local cached package", "warninglocalcachedpackage"},
	{"Warning: The package code in the cached package", "warningthepackagecodeinthecachedpackage"},
	{"Couldn't find local patch", "couldntfindlocalpatch"},
	{"Failed to resolve source", "failedtoresolvesource"},
	{"Verbose logging started: ", "verboseloggingstarted"},
	{"MainEngineThread is returning ", "mainenginethreadisreturning"},
}

// line takes a line; rest is what stands behind the beginning of an engine line.
func (d *damage) line(text, rest string, engine bool) {
	var odd bool
	if d.letters, odd = squeezed(d.letters, text); odd {
		d.shifted = d.shifted || isShifted(text)
	}
	for i, p := range phrases {
		d.exact[i] += strings.Count(text, p.words)
	}
	if strings.HasSuffix(text, "...") || strings.HasSuffix(text, "…") {
		d.cut++
	}
	if _, after, ok := strings.Cut(text, "MainEngineThread"); ok && !strings.HasPrefix(after, " is ") {
		d.returned++
	} else if ok {
		d.misread = d.misread || isMisread(after)
	}
	d.split = d.split || d.open && startsInNumber(text)
	d.open = endsInCode(text)
	d.short = d.short || d.open && isShort(text)
	if engine && !d.english && !isMessage(rest) {
		english, words := wordsOf(rest)
		d.english = english || saysPhrase(rest)
		d.sentence = d.sentence || words > 1
	}
	if namesCached(rest, engine) && !strings.Contains(rest, "cached package") && !isUnread(rest, cachedIn(rest)) {
		if english, _ := wordsOf(rest); !english {
			d.foreign++
		}
	}
}

// isMisread reports whether what follows "MainEngineThread" is no result as the engine writes it, and neither the
// beginning of one, where the line is cut or broken.
func isMisread(after string) bool {
	const words = " is returning "
	number, ok := strings.CutPrefix(after, words)
	if !ok {
		return !strings.HasPrefix(words, strings.TrimRight(after, " >=\r\x00"))
	}
	_, ok = leadingCode(number)
	hex := strings.HasPrefix(strings.ToLower(number), "0x") // its code is told all the same
	return !ok && number != "" && !hex
}

// isMessage reports whether an engine line holds a message to people, which is in the system's language.
func isMessage(text string) bool {
	_, status := statusIn(text)
	return status || strings.Contains(text, " -- ")
}

// saysPhrase reports whether one of the engine's own phrases stands in a text.
func saysPhrase(text string) bool {
	for _, p := range phrases {
		if strings.Contains(text, p.words) {
			return true
		}
	}
	return false
}

// wordsOf counts the words of a text and reports whether one of the engine's is among them.
func wordsOf(text string) (english bool, words int) {
	for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }) {
		words++
		english = english || isEnglish.get()[w]
	}
	return english, words
}

// englishWords stand in the engine's lines and, spelt so, in few other languages.
const englishWords = "The the value values Property property Doing Skipping returning returned Return change Changing running Executing user looking Looking " +
	"failed Failed Counter counter Opening Resetting with been from against Grabbed execution enabled Attempting completed successfully Running Using policy " +
	"Setting Transforming Specified already Product Entering Leaving Adding Deleting Verifying Validating digital trusted Component Feature Installed Request"

var isEnglish = lazy[map[string]bool]{make: func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(englishWords) {
		m[w] = true
	}
	return m
}}

// endsInCode reports whether a line ends in a result that the next line may continue: no result of Windows Installer
// has two digits.
func endsInCode(text string) bool {
	_, code, ok := strings.Cut(text, "MainEngineThread is returning ")
	code = strings.TrimSuffix(code, "=") // quoted-printable's broken line
	return ok && len(code) >= 1 && len(code) <= 3 && code != "0" && strings.Trim(code, "0123456789") == ""
}

// isShort reports whether a result has the first digits of 1612 and the others, and no more: Windows Installer has none
// of the kind.
func isShort(text string) bool {
	code := strings.TrimSuffix(text[strings.LastIndexByte(text, ' ')+1:], "=")
	return code == "1" || strings.HasPrefix(code, "16") || strings.HasPrefix(code, "17")
}

// startsInNumber reports whether a line begins with a number and nothing else, perhaps behind marks of quotation.
func startsInNumber(text string) bool {
	text = strings.Trim(text, " \t>|=")
	return text != "" && strings.Trim(text, "0123456789") == ""
}

// broken reports whether the letters of the engine's phrases are there without its words, so that no search finds them.
func (d *damage) broken() bool {
	for i, p := range phrases {
		if bytes.Count(d.letters, []byte(p.letters)) > d.exact[i] {
			return true
		}
	}
	return d.split
}

// translated reports whether the engine's lines, which are English on every computer, are not.
func (d *damage) translated(log PatchLog) bool {
	return d.foreign > 0 || !log.LastSession.HasCode && (d.returned > 0 || log.Sessions == 0 &&
		d.sentence && !d.english)
}

// squeezed appends the letters of a text, in lower case, without what copies put between them: blanks, the digits of a
// viewer, escapes of JSON and HTML, the codes of quoted-printable. odd: there is more in it than ASCII characters.
func squeezed(letters []byte, text string) (_ []byte, odd bool) {
	n := len(letters)
	letters = slices.Grow(letters, len(text))[:n+len(text)]
	for i := 0; i < len(text); i++ {
		c := text[i]
		letters[n] = c | 0x20 // is written over unless it is one
		switch {
		case isLetter(c):
			n++
		case c >= utf8.RuneSelf || c == 0:
			odd = true
		case c == '\\' || c == '=' || c == '&' || c == '<':
			i += escaped(text[i:])
		}
	}
	return letters[:n], odd
}

// escaped is how many bytes follow a byte that with it stand for another character, or for none.
func escaped(text string) int {
	hex := func(n int) bool { return len(text) > n && isHex(text[n-1:n+1]) }
	switch {
	case text[0] == '\\' && len(text) > 5 && text[1] == 'u' && hex(3) && hex(5):
		return 5
	case text[0] == '\\' && len(text) > 1 && strings.IndexByte("nrt", text[1]) >= 0:
		return 1
	case text[0] == '=' && hex(2) && strings.ToUpper(text[1:3]) == text[1:3]:
		return 2
	case text[0] == '&':
		if end := strings.IndexByte(text[:min(len(text), 10)], ';'); end > 0 {
			return end
		}
	case text[0] == '<' && len(text) > 1 && (text[1] == '/' || isLetter(text[1])):
		if end := strings.IndexByte(text[:min(len(text), 200)], '>'); end > 0 {
			return end
		}
	}
	return 0
}

// namesCached reports whether a line names a cached package between words, as only the four warnings do. One that is no
// engine's, any more, does so in quotes: a command's are double ones.
func namesCached(text string, engine bool) bool {
	if !strings.Contains(text, "nstaller") && !strings.Contains(text, "NSTALLER") {
		return false
	}
	folded := strings.ReplaceAll(fold(text), " ", "")
	before, rest, _ := strings.Cut(folded, cacheFolder)
	name, rest, ok := strings.Cut(rest, ".msi")
	if !ok || !isHex(name) {
		return false
	}
	before = before[:max(0, strings.LastIndex(before, `:\`)-1)]
	quote, size := utf8.DecodeLastRuneInString(before)
	quoted := strings.ContainsRune("'‘“„«「", quote)
	follows := strings.IndexFunc(rest, unicode.IsLetter) >= 0
	return follows && (engine || quoted) || quoted && isWordEnd(before[:len(before)-size])
}
