package logscan

import (
	"strings"
	"unicode"
)

// wording is what a warning says behind the name that it quotes.
type wording struct {
	kind Kind
	text string
}

// localWordings are the three of "Warning: Local cached package '…'", as msi.dll writes them.
var localWordings = [...]wording{
	{Missing, " is missing"},
	{NotStorage, " could not be opened as a storage file"},
	{NoPackageCode, " does not contain valid package code"},
}

// quoted is a name found in the text of a warning.
type quoted struct {
	path string
	at   int // where in the text it begins
	kind Kind
	// lost: the log ends within the name, so that it cannot be used.
	lost bool
}

// readLocal reads what follows "Warning: Local cached package": a quoted name and one of three wordings. The article's
// own sample lacks the closing quote, so that counts before " is missing" as well. cut: the log ends with this text.
func readLocal(text string, cut bool) quoted {
	at, ok := openQuote(text)
	if !ok {
		return unquoted(text, cut)
	}
	body := text[at:]
	quote := strings.IndexByte(body, '\'')
	if bare := bareEnd(body); bare >= 0 && (quote < 0 || bare < quote) {
		return quoted{path: body[:bare], at: at, kind: Missing}
	}
	if quote < 0 {
		return openEnd(body, at, cut)
	}
	q := quoted{path: body[:quote], at: at, kind: Cut}
	for _, w := range localWordings {
		if strings.HasPrefix(body[quote+1:], w.text) {
			q.kind = w.kind
		}
	}
	return q
}

// readQuoted reads a quoted name whose warning is known by the words before it.
func readQuoted(text string, cut bool, kind Kind) quoted {
	at, ok := openQuote(text)
	if !ok {
		return unquoted(text, cut)
	}
	q := openEnd(text[at:], at, cut)
	if quote := strings.IndexByte(text[at:], '\''); quote >= 0 {
		q = quoted{path: text[at : at+quote], at: at}
	}
	q.kind = kind
	return q
}

// openQuote finds where the name begins behind its opening quote.
func openQuote(text string) (int, bool) {
	rest := strings.TrimLeft(text, " \t")
	return len(text) - len(rest) + 1, strings.HasPrefix(rest, "'")
}

// unquoted is a warning without an opening quote: never a name, but shown.
func unquoted(text string, cut bool) quoted {
	path := strings.TrimSpace(text)
	return quoted{path: path, at: strings.Index(text, path), kind: Cut, lost: cut && path == ""}
}

// bareEnd finds where a name without a closing quote ends: before " is missing" and the end of the sentence.
func bareEnd(body string) int {
	words := localWordings[0].text
	i := strings.Index(body, words)
	if i < 0 {
		return -1
	}
	rest := body[i+len(words):]
	if rest == "" || rest == "." || rest[0] == '.' && !strings.ContainsRune(`.\/`, rune(rest[1])) &&
		!isLetter(rest[1]) && !isDigit(rest[1]) {
		return i
	}
	return -1
}

// openEnd is a name behind which the text ends, perhaps within the words that follow it. One without its extension is
// lost where the log itself ends, and shown otherwise.
func openEnd(body string, at int, cut bool) quoted {
	name := body
	words := localWordings[0].text
	for n := len(words) - 1; n > 0 && cut; n-- {
		if short, ok := strings.CutSuffix(body, words[:n]); ok && hasExt(short, ".msi") {
			name = short
		}
	}
	return quoted{path: name, at: at, kind: Cut, lost: cut && !hasExt(name, ".msi") && !hasExt(name, ".msp")}
}

// hasExt reports whether a path ends in ext, without case.
func hasExt(path, ext string) bool {
	return len(path) >= len(ext) && equalFold(path[len(path)-len(ext):], ext)
}

// maxID is the length of the longest Unique_ID: Windows Installer names cached packages by a number in hex.
const maxID = 16

// uniqueID returns the Unique_ID of a path that is exactly a drive letter, `:\`, one of the Windows folder's names,
// `\Installer\`, 1 to 16 hex digits and `.msi`, without case; else the empty string.
func uniqueID(path string, windows []string) string {
	if len(path) < len(`C:\`) || !isLetter(path[0]) || path[1:3] != `:\` {
		return ""
	}
	for _, w := range windows {
		folder := w + `\Installer\`
		rest := path[3:]
		if w == "" || len(rest) < len(folder) || !equalFold(rest[:len(folder)], folder) || !hasExt(rest, ".msi") {
			continue
		}
		if id := rest[len(folder) : len(rest)-len(".msi")]; isHex(id) {
			return id
		}
	}
	return ""
}

// IsID reports whether a text is a Unique_ID: 1 to 16 hex digits.
func IsID(text string) bool { return isHex(text) }

func isHex(id string) bool {
	for _, c := range []byte(id) {
		if (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'f') {
			return false
		}
	}
	return len(id) > 0 && len(id) <= maxID
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// equalFold compares without case for ASCII letters only: strings.EqualFold takes the Kelvin sign for a k.
func equalFold(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if a[i] != b[i] && (a[i]|0x20 != b[i]|0x20 || !isLetter(a[i])) {
			return false
		}
	}
	return true
}

// escapes are what copies make of the characters in a logged name.
var escapes = lazy[*strings.Replacer]{make: func() *strings.Replacer {
	return strings.NewReplacer(`\u0027`, "'", `\'`, "'", `\x27`, "'", "#047", "'", "%27", "'", "&#39;", "'",
		"&#x27;", "'", "&apos;", "'", "&quot;", "'", "=27", "'",
		"‘", "'", "’", "'", "‚", "'", "“", "'", "”", "'", "„", "'",
		"«", "'", "»", "'", "`", "'", `"`, "'", `\\`, `\`, `/`, `\`, "\u00A0", "", "\u200B", "", "\u00AD", "",
		" ", "", "\t", "")
}}

// Restored is the Unique_ID that a name would be whose characters copying has changed, or that was cut where its line
// was broken; "?" for the latter. It tells damage from a name that never was one, and is never used as an id.
func Restored(path string, windows []string) string {
	// "=" is quoted-printable's broken line
	name := strings.Trim(strings.TrimRight(escapes.get().Replace(path), "="), "'")
	if end := strings.IndexByte(name, '\''); end >= 0 {
		name = name[:end]
	}
	for _, plain := range []string{name, strings.Map(withoutMarks, name)} {
		if id := uniqueID(plain, windows); id != "" {
			return id
		}
	}
	for _, w := range windows {
		if bare := `C:` + w + `Installer`; len(name) > len(bare) && equalFold(name[1:len(bare)], bare[1:]) &&
			hasExt(name, ".msi") && isHex(name[len(bare):len(name)-len(".msi")]) {
			return name[len(bare) : len(name)-len(".msi")] // without its backslashes
		}
		if whole := `C:\` + w + `\Installer\`; len(name) > 0 && len(name) <= len(whole)+maxID && isLetter(name[0]) &&
			isCutFrom(name, whole) {
			return "?"
		}
	}
	return ""
}

// withoutMarks takes a character as it was before a page, a chat or an input method changed it: without the marks of
// Markdown and HTML about it and what draws nothing, and from its wide form.
func withoutMarks(r rune) rune {
	switch {
	case strings.ContainsRune("*_~[](){}<>", r), unicode.Is(unicode.Cf, r):
		return -1
	case r > '\uFF00' && r < '\uFF5F':
		return r - '\uFF01' + '!'
	}
	return r
}

// IsHidden reports whether somebody has taken the name out of a path, or a viewer a part of it: "C:\Windows\…\a1.msi",
// "***", "<REDACTED>", `C:\Windows\Installer\xxxxxx.msi`.
func IsHidden(path string) bool {
	folded := fold(path)
	for _, word := range []string{"redacted", "removed", "hidden", "masked"} {
		if strings.Contains(folded, word) {
			return true
		}
	}
	name := folded[strings.LastIndexByte(folded, '\\')+1:]
	name = strings.TrimSuffix(strings.TrimSuffix(name, ".msi"), ".msp")
	if len(name) > 2 && strings.Trim(name, "x*#?<>•█-_.…") == "" && strings.Trim(name, ".") != "" {
		return true
	}
	shown := strings.ReplaceAll(strings.ReplaceAll(path, "...", "…"), "…", "")
	return shown != path && !strings.Contains(shown, "..") && len(path) > 2 && isLetter(path[0]) && path[1:3] == `:\`
}

// isCutFrom reports whether a name is the beginning of a cached package's path, on any drive.
func isCutFrom(name, folder string) bool {
	n := min(len(name), len(folder))
	return equalFold(name[1:n], folder[1:n]) && (len(name) <= len(folder) || isHex(name[len(folder):]))
}
