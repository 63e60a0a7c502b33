package logscan

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// plainOpener is how a session without engine lines begins, where its header is English.
const plainOpener = "Logging started"

// sessionHeader is a line `=== Verbose logging started: 12/3/2015  13:14:36  Build type: … ===`, or one that ends a
// session.
type sessionHeader struct {
	words   string // before the colon
	started string // date and time as written
	verbose bool
}

// readHeader reads a session's first or last line, of whatever language, also behind what a copy has put before it.
func readHeader(text string) (h sessionHeader, ok bool) {
	_, inner, ok := strings.Cut(text, "=== ")
	if !ok {
		return h, false
	}
	inner, _, _ = strings.Cut(inner, " ===")
	words, rest, ok := strings.Cut(inner, ": ")
	if !ok || rest == "" || rest[0] < '0' || rest[0] > '9' {
		return h, false
	}
	h.words = words
	h.started, _, h.verbose = strings.Cut(rest, "Build type:")
	h.started = startedIn(h.started)
	h.verbose = h.verbose || strings.HasPrefix(words, "Verbose ")
	return h, true
}

// startedIn is the date and the time in front of other words, which a translation may have: three letters in a row are
// a word.
func startedIn(text string) string {
	letters, word := 0, 0
	for i, r := range text {
		switch {
		case !unicode.IsLetter(r):
			letters = 0
		case letters == 0:
			letters, word = 1, i
		case letters == 2:
			return strings.TrimSpace(text[:word])
		default:
			letters++
		}
	}
	return strings.TrimSpace(text)
}

// engineText finds the beginning of an engine line, "MSI (s) (C0:E4) [09:27:14:308]: ", and returns what stands behind
// it; without one, all of the text. What a copy has put before it does no harm.
func engineText(text string) (rest string, ok bool) {
	const begin = "MSI ("
	for from := 0; ; {
		at := strings.Index(text[from:], begin)
		if at < 0 {
			return text, false
		}
		from += at + len(begin)
		if rest, ok := engineRest(text[from:]); ok {
			return rest, true
		}
	}
}

// engineRest reads `s) (C0:E4) [09:27:14:308]: `.
func engineRest(text string) (rest string, ok bool) {
	if len(text) < len("s) (0:0)") || !isLetter(text[0]) || text[1:4] != ") (" {
		return "", false
	}
	ids, _, ok := strings.Cut(text[4:min(len(text), 4+2*maxID+len(":)"))], ")")
	process, thread, parted := strings.Cut(ids, ":")
	if !parted {
		process, thread, parted = strings.Cut(ids, "!") // the server's of custom actions
	}
	if !ok || !parted || !isHex(process) || !isHex(thread) {
		return "", false
	}
	rest = strings.TrimLeft(text[4+len(ids)+len(")"):], " \t")
	if len(rest) > len("[00:00:00:000]") && hasShape(rest[:len("[00:00:00:000]")], "[00:00:00:000]") {
		rest = rest[len("[00:00:00:000]"):]
	}
	return strings.TrimLeft(strings.TrimPrefix(rest, ":"), " \t"), true
}

// engineOf is whose line one is that begins so: the client's or the server's, by its process and thread, "s) (C0:E4".
func engineOf(begin string) string {
	_, who, _ := strings.Cut(begin, "MSI (")
	if end := strings.LastIndexByte(who, ')'); end >= 0 {
		return who[:end]
	}
	return who
}

// longestEngine is how many characters the beginning of an engine line has at most.
const longestEngine = len("MSI (c) (:) [00:00:00:000]: ") + 2*maxID

// isClient reports whether a text is the beginning of a line of the client's engine and nothing more, whatever a copy
// has put before it.
func isClient(begin string) bool {
	rest, engine := engineText(begin)
	return engine && rest == "" && strings.HasPrefix(engineOf(begin), "c")
}

// isAction reports whether a line is one that logs without engine lines are made of: "Action start 16:37:07: INSTALL."
// in whatever language.
func isAction(text string) bool {
	const clock = "00:00:00"
	for i := 1; i+len(clock) < len(text); i++ {
		if text[i-1] == ' ' && hasShape(text[i:i+len(clock)], clock) {
			name, colon := strings.CutPrefix(strings.TrimLeft(text[i+len(clock):], " \u00A0"), ": ") // in French " : "
			if !colon {
				continue
			}
			end := strings.IndexFunc(name, func(r rune) bool { return r == '.' || r >= utf8.RuneSelf })
			return end > 0 && !strings.ContainsAny(name[:end], " \t")
		}
	}
	return false
}
