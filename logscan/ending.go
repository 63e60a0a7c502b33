package logscan

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// ending follows a session's lines for how the whole of it ended. Within it there are results of others: of an action,
// of a product that is removed on the way, of an engine that runs for that. What they come to is not the session's, and
// behind them it goes on. An engine's session ends with "MainEngineThread is returning N"; one without engine lines
// ends with its last sentence or action, and that is known to be the last where the line follows that closes the log.
type ending struct {
	code    int
	hasCode bool
	failed  bool // without a code
	engine  bool // told by the session's own engine
	closed  bool // a line has closed the log since
	goesOn  bool // the last engine that gave a result was not the session's, or the session went on behind it
	main    string
	inner   string // the engine that runs within an action of the main one
}

// line takes the session's next line; rest is what stands behind the beginning of an engine line.
func (e *ending) line(text, rest string, engine bool) {
	who := ""
	if engine {
		who = engineOf(text[:len(text)-len(rest)])
	}
	if code, ok := returnedIn(rest); ok {
		e.returned(who, code)
		return
	}
	switch end := installEnd(rest); {
	case end != 0:
		e.forget()
		e.code, e.hasCode, e.failed = 0, end == '1', end == '3'
		e.goesOn = true
	case strings.HasPrefix(rest, "Doing action: "):
		e.forget()
		if who != e.inner && strings.HasPrefix(who, "s") {
			e.main = who
		}
	case strings.Contains(rest, "******* RunEngine:"):
		e.forget()
		if e.main != "" && who != e.main && strings.HasPrefix(who, "s") {
			e.inner = who
		}
	case isAction(text), namesLost(rest):
		e.forget()
	default:
		if code, ok := statusIn(rest); ok {
			e.code, e.hasCode = code, true
		}
	}
}

// returned takes what an engine returns. The client's comes after the server's, and is the last.
func (e *ending) returned(who string, code int) {
	if who != "" && who == e.inner {
		e.forget()
		return
	}
	*e = ending{code: code, hasCode: true, engine: true}
}

// forget drops what was taken for the result: the session goes on.
func (e *ending) forget() {
	e.code, e.hasCode, e.failed, e.engine, e.closed, e.goesOn = 0, false, false, false, false, true
}

// returnedIn is the result in an engine's last line.
func returnedIn(text string) (code int, ok bool) {
	_, rest, ok := strings.Cut(text, string(patchNeedles[findReturn]))
	if !ok {
		return 0, false
	}
	return leadingCode(rest)
}

// leadingCode is the number that a text begins with, if Windows has such a result.
func leadingCode(text string) (code int, ok bool) {
	digits := len(text) - len(strings.TrimLeft(text, "0123456789"))
	n, err := strconv.ParseUint(text[:digits], 10, 32)
	return int(n), err == nil && !isBegun(text[:digits], text[digits:])
}

// isBegun reports whether the digits of a result are only a part of it: of a number in hex, "0x64C", or of one that a
// copy from a picture has broken or misread, "1 612", "16l2", "0O".
func isBegun(digits, rest string) bool {
	switch {
	case rest == "":
		return false
	case rest[0]|0x20 == 'x':
		return true
	case digits == "0":
		return rest[0]|0x20 == 'o'
	case len(digits) >= len("1612"):
		return false
	}
	return isLetter(rest[0]) || len(rest) > 1 && strings.IndexByte(" ,.", rest[0]) >= 0 && isDigit(rest[1])
}

// namesLost reports whether a line is one that tells of a lost file in the search's words.
func namesLost(text string) bool {
	for i, words := range patchNeedles {
		if i != findSession && i != findReturn && strings.Contains(text, string(words)) {
			return true
		}
	}
	return false
}

// statusIn is the result in the sentence with which a session ends, in every language: four facts of the product and
// the code at the end. "Windows Installer installed the product. Product Name: … Manufacturer: … Installation success
// or error status: 1603."
func statusIn(text string) (code int, ok bool) {
	colons := strings.Count(text, ":") + strings.Count(text, "：")
	stops := strings.Count(text, ". ") + strings.Count(text, "。")
	if colons < 4 || stops < 4 || strings.Contains(text, ",  ") {
		return 0, false
	}
	for end := len(text); end > 0; {
		at := max(0, strings.LastIndexFunc(text[:end], isColon))
		word, _ := utf8.DecodeLastRuneInString(strings.TrimRight(text[:at], " \u00A0"))
		status := strings.TrimLeft(strings.TrimPrefix(text[at:], "："), ": \u00A0")
		digits := len(status) - len(strings.TrimLeft(status, "0123456789"))
		n, err := strconv.ParseUint(status[:digits], 10, 16)
		if err == nil && unicode.IsLetter(word) && endsStatus(status[digits:]) {
			return int(n), true
		}
		end = at // what a collector has put behind the sentence may have colons of its own
	}
	return 0, false
}

// endsStatus reports whether a sentence is over before a text, or a line: "Version: 2.0. Language: 1033. Manufacturer"
// goes on.
func endsStatus(text string) bool {
	rest := strings.TrimLeft(text, " .。")
	r, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || rest != text && text[0] != ' ' && !unicode.IsLetter(r) && (!isDigit(rest[0]) || text[1] == ' ')
}

// installEnd is how the line that tells the end of the action INSTALL says that it ended, 0 in another line: "Action
// ended 16:37:07: INSTALL. Return value 3.", "操作结束 16:37:07: INSTALL。返回值 3。" Behind it may stand what a collector has
// added.
func installEnd(text string) byte {
	_, rest, _ := strings.Cut(text, ": INSTALL")
	at := strings.IndexAny(rest, "0123456789")
	if at < 1 || isWord(rest[0]) || strings.ContainsAny(rest[:at], "|\"<]\t") || strings.Trim(rest[:at], " .。") == "" {
		return 0
	}
	return rest[at]
}
