package logscan

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The codes of Windows Installer that say that a source is lost.
// (https://learn.microsoft.com/windows/win32/msi/error-codes, …/msi/windows-installer-error-messages)
const (
	noSource      = 1612 // the installation source for this product is not available
	noPatch       = 1635 // the patch package could not be opened
	noValidSource = 1706 // no valid source could be found
	notRemoved    = 1714 // the older version cannot be removed; its reason stands at its end, "System Error 1612."
)

// fatalError is the result of a session whatever went wrong in it.
const fatalError = 1603

// gapWords say that lines were left out, where such a word stands in a line of its own between marks.
var gapWords = [...]string{"snip", "omit", "truncated", "removed", "skipped", "hidden", "lines", "brevity", "8<", ">8",
	"gekürzt", "ausgelassen", "zeilen", "lignes", "tronqu", "líneas", "righe", "omess", "строк", "省略", "行", "생략"}

// longestGap is how many bytes such a line has at most.
const longestGap = 80

// isGap reports whether a line stands for others that were left out: "...", "[…]", "<snip>", "-- Lines omitted --", or
// a hole of NULs.
func isGap(text string) bool {
	if strings.Contains(text, "\x00\x00\x00\x00") {
		return true
	}
	text = strings.Trim(text, " \t>|")
	if text == "" || len(text) > longestGap || isLetter(text[0]) || isDigit(text[0]) {
		return strings.EqualFold(text, "snip") || strings.EqualFold(text, "snipped")
	}
	folded := fold(text)
	for _, word := range gapWords {
		if strings.Contains(folded, word) {
			return true
		}
	}
	text = strings.TrimLeft(text, "[(<-* ")
	return strings.HasPrefix(text, "..") || strings.HasPrefix(text, "…")
}

// tellsOther reports whether a line says what went wrong: an action other than those that hold all failed, or an error
// with a code of its own.
func tellsOther(text string) bool {
	for _, begin := range silentLines {
		if strings.HasPrefix(text, begin) {
			return false
		}
	}
	if strings.Contains(text, "eturn value 3") && !strings.Contains(text, ": INSTALL.") &&
		!strings.Contains(text, ": RemoveExistingProducts.") && !strings.Contains(text, ": ExecuteAction.") {
		return true
	}
	for n := range codesIn(text) {
		if n.value > 1100 && n.value < 3000 && n.value != fatalError && n.isCode("") {
			return true
		}
	}
	return strings.Contains(text, " actual error code ")
}

// isLostSource reports whether a result means that a source is lost. 1714 as a result has no reason.
func isLostSource(code int) bool {
	return code == noSource || code == noPatch || code == noValidSource || code == notRemoved
}

// isSourceTried reports whether an engine line says that one source was not there, or did not have a patch.
func isSourceTried(text string) bool {
	return strings.Contains(text, "SOURCEMGMT: Source is invalid due to ") ||
		strings.Contains(text, "1: 1706 2: ") ||
		strings.Contains(text, "Unable to create a temp copy of patch ")
}

// silentLines begin lines whose numbers are no error codes but values: of properties, registry entries, processes.
var silentLines = [...]string{"PROPERTY CHANGE: ", "Property(", "Executing op: ", "Component: ", "Feature: ",
	"RESTART MANAGER: ", "Machine policy value ",
	"User policy value ", "Note: 1: "}

// lostWords are what the codes mean, in English, where a message stands without its code.
var lostWords = [...]string{"installation source for this product is not available",
	"on a network resource that is unavailable", "patch package could not be opened"}

// lostIn reports whether a line names one of the codes, whatever the language about it. open: it names 1714, whose
// reason may stand in the next line. before is the line before, which a message may have been broken from.
func lostIn(text, before string) (told, open bool) {
	if _, note, ok := strings.Cut(text, "Note: 1: 1714 "); ok {
		reason, _ := endNumber(note)
		return isLostSource(reason), false
	}
	for _, begin := range silentLines {
		if strings.HasPrefix(text, begin) {
			return false, false
		}
	}
	for _, words := range lostWords {
		if strings.Contains(text, words) {
			return true, false
		}
	}
	for n := range codesIn(text) {
		switch {
		case !isLostSource(n.value) || !n.isCode(before):
		case n.value != notRemoved:
			return true, false
		default:
			reason, ok := endNumber(text[n.end:])
			if isLostSource(reason) {
				return true, false
			}
			open = open || !ok
		}
	}
	return false, open
}

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
			if !n.read() {
				continue
			}
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

func isColon(r rune) bool { return r == ':' || r == '：' }

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

// entity is how HTML writes a blank that keeps a line from breaking.
const entity = "&nbsp;"

// unmarked is a text without the blanks and the marks at its end that set off what follows: brackets, quotes, stars,
// tags.
func unmarked(text string) string {
	for {
		bare := strings.TrimSuffix(strings.TrimRight(text, " \t\u00A0([\"'*`“”‘’„«"), entity)
		if tag := strings.LastIndexByte(bare, '<'); tag >= 0 && bare[len(bare)-1] == '>' {
			bare = bare[:tag]
		}
		if bare == text {
			return bare
		}
		text = bare
	}
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

// isWordEnd reports whether a text ends in a word, also in one of a code page that was read as Windows-1252: there
// letters look like signs, and the second byte of some is one of ASCII. A copy as ASCII has "??" for a word of others,
// or nothing behind the dashes.
func isWordEnd(text string) bool {
	last, size := utf8.DecodeLastRuneInString(text)
	before, _ := utf8.DecodeLastRuneInString(text[:len(text)-size])
	switch {
	case unicode.IsLetter(last), strings.HasSuffix(text, "??"), strings.HasSuffix(text, " --"), isEscaped(text):
		return true
	case last >= utf8.RuneSelf:
		return !strings.ContainsRune("。：，、；«»“”’", last)
	}
	return last > ' ' && before >= utf8.RuneSelf && !unicode.IsSpace(before) && !strings.ContainsRune(".:;,)-", last)
}

// isEscaped reports whether a text ends in a letter as a copy as ASCII writes it: "&#1072;", `\u0430`.
func isEscaped(text string) bool {
	begin, base := `\u`, 16
	code, entity := strings.CutSuffix(text[max(0, len(text)-len("&#12354;")):], ";")
	if entity {
		begin, base = "&#", 10
	}
	_, code, ok := strings.Cut(code, begin)
	n, err := strconv.ParseUint(code, base, 16)
	return ok && err == nil && unicode.In(rune(n), unicode.L, unicode.M)
}

// isUnspaced reports whether words of the script are written without blanks between them.
func isUnspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai) || r == 'ー'
}

// isCounted reports whether a number between two texts counts or names something that is no error.
func isCounted(head, tail string) bool {
	switch strings.ToLower(lastWord(head)) {
	case "id", "pid", "process", "thread", "session", "line", "port", "size", "bytes", "sequence", "zeile", "ligne",
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

// lastWord is the letters at a text's end.
func lastWord(text string) string {
	text = strings.TrimRightFunc(text, unicode.IsSpace)
	return text[strings.LastIndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })+1:]
}

// firstWord is the letters at a text's beginning.
func firstWord(text string) string {
	if end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) }); end >= 0 {
		return text[:end]
	}
	return text
}

// errorStems are parts of words for error, code, status and result.
var errorStems = [...]string{"err", "code", "stat", "result", "return", "exit", "fail", "fehl", "kod", "kód", "códig",
	"codig", "chyb", "hiba", "hata", "fout", "fejl", "feil",
	"virhe", "błąd", "ошибк", "код", "помилк", "σφάλμα", "κωδικ", "错误", "錯誤", "代码", "代碼", "エラー", "コード", "오류", "코드",
	"خطأ", "שגיאה"}

func isErrorWord(word string) bool {
	word = strings.ToLower(word)
	if word == "rc" || word == "hr" {
		return true
	}
	for _, stem := range errorStems {
		if strings.Contains(word, stem) {
			return true
		}
	}
	return false
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
	last, _ := utf8.DecodeLastRuneInString(strings.TrimRight(rest, "*`"))
	alone := rest == "" || unicode.IsSpace(last) || isUnspaced(last) || isColon(last)
	if !alone || digits > 5 || digits < len("1612") && len(text) == len(whole) {
		return 0, false
	}
	n, err := strconv.Atoi(text[len(rest):])
	return n, err == nil
}
