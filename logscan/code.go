package logscan

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// number is a run of digits, or an HRESULT of Win32 or its code in hex, in a text.
type number struct {
	text    string
	at, end int
	value   int
	coded   bool // written as an HRESULT: nothing else looks so
}

// facility is FACILITY_WIN32 with the bit of failure.
const facility = 0x80070000

// mostCodes is how many numbers of a line are looked at: more than any has that nobody has made to cost much.
const mostCodes = 1000

// codesIn goes through the numbers of four digits in a text, and the HRESULTs.
func codesIn(text string) func(func(number) bool) {
	return func(yield func(number) bool) {
		left := mostCodes
		for i := 0; i < len(text) && left > 0; {
			if text[i] < '0' || text[i] > '9' {
				i++
				continue
			}
			n := number{text: text, at: i}
			for i < len(text) && isHexDigit(text[i]) || i == n.at+1 && i < len(text) && text[i]|0x20 == 'x' {
				i++
			}
			n.end = i
			if !n.read() && !n.misread() {
				continue
			}
			i = n.end
			if left--; !yield(n) {
				return
			}
		}
	}
}

func isHexDigit(c byte) bool { return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f' }

// read reads the number's value.
func (n *number) read() bool {
	digits := n.text[n.at:n.end]
	if len(digits) == len("1612") {
		v, err := strconv.Atoi(digits)
		n.value = v
		return err == nil
	}
	base, text := 10, digits
	switch {
	case len(digits) > 2 && digits[1]|0x20 == 'x':
		base, text = 16, digits[2:]
	case len(digits) == 8 && strings.HasPrefix(digits, "8007"):
		base = 16
	}
	v, err := strconv.ParseUint(text, base, 32)
	if base == 10 && n.at > 0 && n.text[n.at-1] == '-' {
		v = uint64(uint32(-int64(v)))
	}
	n.value, n.coded = int(v&0xFFFF), v&^0xFFFF == facility
	return err == nil && (n.coded || base == 16 && v <= 0xFFFF)
}

// alike are the letters that a copy from a picture has for digits, and those digits.
var alike = [...]string{"l", "1", "I", "1", "|", "1", "O", "0", "o", "0", "Z", "2", "S", "5", "s", "5", "b", "6"}

// misread reports whether the digits stand in a word of four that are digits or look like them, "l6I2", or are the rest
// of a code that a blank has broken, and takes it.
func (n *number) misread() bool {
	begin, end := n.at, n.end
	if begin > 1 && n.text[begin-1] == ' ' && isDigit(n.text[begin-2]) {
		return n.rejoined()
	}
	for ; begin > 0 && n.end-begin <= len("1612") && isAlike(n.text[begin-1]); begin-- {
	}
	for ; end < len(n.text) && end-begin <= len("1612") && (isAlike(n.text[end]) || isDigit(n.text[end])); end++ {
	}
	if end-begin != len("1612") || end-begin == n.end-n.at {
		return false
	}
	v, err := strconv.Atoi(digitsOf.get().Replace(n.text[begin:end]))
	if err != nil || !isLostSource(v) {
		return false
	}
	n.at, n.end, n.value = begin, end, v
	return true
}

// rejoined reports whether digits and those before the blank in front of them are a code behind a word for one, "code 1
// 612", and takes it.
func (n *number) rejoined() bool {
	head := n.text[max(0, n.at-codeContext) : n.at-1]
	before := strings.TrimRight(head, "0123456789")
	v, err := strconv.Atoi(head[len(before):] + n.text[n.at:n.end])
	if err != nil || !isLostSource(v) || !isErrorWord(lastWord(strings.TrimRight(unmarked(before), ":："))) {
		return false
	}
	n.at, n.value = n.at-1-(len(head)-len(before)), v
	return true
}

func isAlike(c byte) bool {
	for i := 0; i < len(alike); i += 2 {
		if alike[i][0] == c {
			return true
		}
	}
	return false
}

var digitsOf = lazy[*strings.Replacer]{make: func() *strings.Replacer { return strings.NewReplacer(alike[:]...) }}

// codeContext is how many bytes on each side of a number decide whether it is a code. The bound keeps a line full of
// numbers as cheap as any other.
const codeContext = 256

// isCode reports whether the number stands as the code of an error does: alone, behind a word of whatever language
// ("Systemfehler 1612."), in brackets behind one, or behind a colon if the word before that is one for an error or the
// number ends a sentence. Sizes, ids, versions and values do not.
func (n number) isCode(before string) bool {
	if n.coded {
		return true
	}
	head, tail := n.text[max(0, n.at-codeContext):n.at], n.text[n.end:min(len(n.text), n.end+codeContext)]
	if !endsCode(tail) || strings.Contains(head, ",  ") { // "File: x,  Directory: y,  Size: 1612"
		return false
	}
	if inflected, word, _ := strings.Cut(tail, " "); inflected != "" && strings.IndexByte(".-", inflected[0]) >= 0 &&
		isErrorWord(firstWord(word)) { // "1714. hiba.", "1714-es hiba"
		return true
	}
	bare := unmarked(head)
	// a viewer's line number, unless it goes on where the line before was broken
	if strings.IndexFunc(head, unicode.IsLetter) < 0 && !strings.HasSuffix(bare, "??") && !isEscaped(bare) {
		last, _ := utf8.DecodeLastRuneInString(strings.TrimRightFunc(before, unicode.IsSpace))
		return (unicode.IsLetter(last) || isColon(last) && endsSentence(tail)) &&
			strings.Trim(tail, " \t.。!:;)]\"'") == ""
	}
	between := head[len(bare):]
	last, size := utf8.DecodeLastRuneInString(bare)
	switch {
	case isWordEnd(bare):
		spaced := isUnspaced(last) || strings.Contains(between, entity) ||
			strings.ContainsFunc(between, unicode.IsSpace)
		return (spaced || between != "" && isErrorWord(lastWord(bare))) && !isCounted(bare, tail)
	case isColon(last) || last == '=' || last == '#':
		bare = bare[:len(bare)-size]
		return isErrorWord(lastWord(bare)) || isColon(last) && endsSentence(tail) && !isCounted(bare, tail)
	}
	return false
}

// isCounted reports whether a number between two texts counts or names something that is no error.
func isCounted(head, tail string) bool {
	switch strings.ToLower(lastWord(head)) {
	case "id", "pid", "process", "thread", "session", "line", "port", "size", "bytes", "sequence", "counter",
		"zeile", "ligne",
		"version", "build", "kb",
		"am", "pm": // of a clock, behind which CMTrace puts the thread
		return true
	}
	unit, _, _ := strings.Cut(strings.TrimLeft(tail, " \u00A0"), " ")
	switch strings.ToLower(strings.Trim(unit, ".,;)")) {
	case "b", "kb", "mb", "gb", "bytes", "byte", "ms", "s", "sec", "seconds", "files", "lines", "times":
		return true
	}
	return false
}

// endsCode reports whether a code may end before tail: no letter or digit follows, not even behind a dot.
func endsCode(tail string) bool {
	r, size := utf8.DecodeRuneInString(tail)
	if size == 0 || strings.HasPrefix(tail, `\u3002`) {
		return true
	}
	if strings.ContainsRune(`\/}%_!`, r) || r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(tail[size:])
	return !strings.ContainsRune(".,:-", r) || !unicode.IsDigit(next)
}

// endsSentence reports whether a text is no more than a sentence's end, and what a copy or a collector puts behind one.
func endsSentence(text string) bool {
	text = strings.TrimLeft(text, "*`")
	rest, dot := strings.CutPrefix(text, ".")
	if !dot {
		rest, dot = strings.CutPrefix(text, "。")
	}
	rest = strings.TrimLeft(rest, " \u00A0*`")
	return dot && (rest == "" || strings.IndexByte("\"<]\\\t|,;", rest[0]) >= 0)
}

// codedStops are 。 of the code pages of Chinese and Japanese, read as Windows-1252.
var codedStops = [...]string{"¡£", "¡C", "\uFFFDB"}

// endNumber is the number of its own in which a text ends, as a message does whose reason is a system error: "Erreur
// système : 1612." is told by its place, whatever its words. One that goes on in the next line, perhaps, is none.
func endNumber(text string) (n int, ok bool) {
	whole := strings.TrimRight(text, " \t\u00A0\"*`")
	text = strings.TrimRight(whole, ".。*`?")
	for _, stop := range codedStops {
		text = strings.TrimSuffix(text, stop)
	}
	digits := len(text) - len(strings.TrimRight(text, "0123456789"))
	rest := text[:len(text)-digits]
	if head, ok := strings.CutSuffix(rest, " "); ok && digits < len("1612") { // "1 612", of a copy from a picture
		if begun := len(head) - len(strings.TrimRight(head, "0123456789")); begun > 0 && begun+digits == len("1612") {
			rest, text = head[:len(head)-begun], head+text[len(rest):]
			digits += begun
		}
	}
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(rest, "*`"))
	alone := rest == "" || unicode.IsSpace(last) || isUnspaced(last) || isColon(last)
	if !alone || digits > 5 || digits < len("1612") && len(text) == len(whole) {
		return 0, false
	}
	n, err := strconv.Atoi(text[len(rest):])
	return n, err == nil
}
