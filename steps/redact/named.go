package redact

import (
	"slices"
	"strings"
)

// named is the value of a secret name: name=value, name: value, "name": "value", name="name" value="value",
// <name>value</name>, -name value, name 'value', name is value, and how Windows Installer logs a property.
func named(t text, at int) []part {
	n := nameAround(t, at)
	if n.kind != plain {
		if found := n.value(t); len(found) > 0 {
			return found
		}
	}
	return upTo(n.to)
}

// phrase is named for a name of several words.
func phrase(t text, at int) []part {
	n := name{from: at, to: at, kind: password, word: "password"}
	for n.to < len(t.s) && (inName(t.s[n.to]) || t.s[n.to] == ' ' && n.to-at < 12 || letterAt(t.s, n.to) > 0) {
		n.to += max(1, letterAt(t.s, n.to))
	}
	n.to = at + len(strings.TrimRight(t.s[at:n.to], " "))
	return n.value(t)
}

func (n name) value(t text) []part {
	if at, ok := n.element(t.s); ok {
		return n.inElement(t, at)
	}
	if rest, ok := strings.CutPrefix(t.low[n.to:], " property. its "); ok {
		return n.change(t.s, len(t.s)-len(rest))
	}
	if found := n.before(t); len(found) > 0 {
		return found
	}
	for _, read := range []func(text) (value, bool){n.assigned, n.elsewhere} {
		if v, ok := read(t); ok {
			return n.listed(t, v)
		}
	}
	for _, find := range []func(text) []part{n.attribute, n.said} {
		if found := find(t); len(found) > 0 {
			return found
		}
	}
	return nil
}

// unless is a value, unless it says something that is no secret.
func (n name) unless(t text, v value) []part {
	const enough = 256 // of a value to tell
	v.pin = hasSuffix(n.word, pins)
	to, ended := v.end(t.s, v.from+enough)
	if strings.HasSuffix(t.s[:n.from], "::") && number(strings.TrimRight(t.s[v.from:to], "])")) {
		return nil // the line of a function's source: CProvider::GetToken:1674]
	}
	if to == v.from || n.dashed(t.s) && stands(t.s[v.from:to], t.low[n.from:n.to]) || says(t.s, v, to, n.kind) ||
		n.word == "pwd" && path(t.s[v.from:to]) {
		return nil
	}
	if !ended {
		to, _ = v.end(t.s, len(t.s))
	}
	return only(part{from: v.from, to: to})
}

// pins are how names end of what may be digits only.
var pins = []string{"pin", "otp", "passcode", "serialnumber", "serialnum"}

// change is what Windows Installer logs of a property: Its value is 'x'. Its current value is 'x'. Its new value: 'y'.
// It does not escape quotation marks, so the last one ends it.
func (n name) change(s string, at int) []part {
	rest := strings.TrimPrefix(s[at:], "current ")
	if !strings.HasPrefix(rest, "value is '") {
		return nil
	}
	from := len(s) - len(rest) + len("value is '")
	to := strings.LastIndexByte(s, '\'')
	if to < from {
		to = len(s) // cut off
	}
	const then = "'. Its new value: '"
	parts := []part{{from: from, to: to}}
	if i := strings.Index(s[from:to], then); i >= 0 {
		parts = []part{{from: from, to: from + i}, {from: from + i + len(then), to: to}}
	}
	return slices.DeleteFunc(parts, func(p part) bool {
		return says(s, value{from: p.from, pin: hasSuffix(n.word, pins)}, p.to, n.kind)
	})
}

// told are how names end whose values are no secrets, whatever they look like.
var told = []string{"build", "version", "ver", "lang", "culture", "arch", "platform", "sku", "id", "name", "date",
	"thumbprint"}

// actionData is what looks like a secret in CustomActionData, which hands an action values without their names, one
// behind the other.
func actionData(t text, at int) []part {
	const longest = 4 << 10
	var parts []part
	from := at + len("customactiondata")
	end := min(len(t.s), from+longest)
	for from < end {
		to := from
		for to < end && strings.IndexByte(";|,\t'\"()= ", t.s[to]) < 0 {
			to++
		}
		if v := t.s[from:to]; spelled(v) && !hexOnly(v) && !(t.s[from-1] == '=' && hasSuffix(t.low[:from-1], told)) {
			parts = append(parts, part{from: from, to: to})
		}
		from = to + 1
	}
	return append(parts, part{from: end, to: end})
}

// assigned is the value behind a separator.
func (n name) assigned(t text) (value, bool) {
	s, at := t.s, n.to
	if at < len(s) && s[at] == '[' { // passphrase[16]
		if end := strings.IndexByte(s[at:min(len(s), at+8)], ']'); end > 1 && number(s[at+1:at+end]) {
			at += end
		}
	}
	for at < len(s) && strings.IndexByte("\"'])\\*`", s[at]) >= 0 {
		at++
	}
	if strings.HasPrefix(s[at:], "?[") { // the end of a colour, of which the escape is cleaned away
		end := strings.IndexByte(s[at:min(len(s), at+8)], 'm')
		if end > 0 && strings.Trim(s[at+2:at+end], "0123456789;") == "" {
			at += end + 1
		}
	}
	if strings.HasPrefix(s[at:], "}=") || strings.HasPrefix(s[at:], "}:") {
		at++
	}
	if at == n.to {
		at += n.aside(t.low[at:min(len(s), at+longestName)])
	}
	if at < len(s) && s[at] == '(' && !strings.HasSuffix(n.word, "credential") { // setPassword("x")
		if in, ok := quoted(s, at+1); ok {
			return in, true
		}
	}
	closed := at > n.to
	for at < len(s) && (blankAt(s, at) > 0 || s[at] == '.' && at-n.to < longestName) { // Password . . . : x
		at += max(1, blankAt(s, at))
	}
	if w := wideSeparator(s, at); w > 0 {
		at += w - 1
	} else if at >= len(s) || s[at] != ':' && s[at] != '=' {
		return n.switched(t, at)
	}
	if strings.HasPrefix(s[at:], "::") {
		if blankAt(s, at+2) == 0 {
			return value{}, false
		}
		at++ // LDIF writes so what is in base64
	}
	sep := s[at]
	for at++; at < len(s) && (s[at] == '=' || s[at] == '>'); at++ { // :=  ==  =>
		sep = '='
	}
	for at < len(s) && s[at] == '*' { // *Password:* x
		at++
	}
	at = inside(t, at)
	if hasSuffix(t.low[:n.from], []string{"property(s): ", "property(c): ", "property(n): "}) {
		return value{from: skipBlanks(s, at), ends: textEnds}, true
	}
	if n.opened(s) != "" && !closed {
		from := skipBlanks(s, at)
		if _, ok := quoted(s, from); !ok { // "PW=a b": the whole is quoted
			return value{from: from, ends: markEnds, mark: n.opened(s)}, true
		}
	}
	v := valueAt(s, at, sep, n.dashed(s))
	if v.ends == wordEnds && strings.Contains(n.word, "phrase") {
		v.ends = proseEnds // of several words
	}
	return v, v.ends != proseEnds || n.fits(s[v.from:min(len(s), v.from+longestName)], sep)
}

// wideSeparator is how long the separator at a place is that is none of ASCII's: Chinese and Japanese write it so.
func wideSeparator(s string, at int) int {
	if at < len(s) && s[at] >= 0x80 {
		for _, sep := range []string{"：", "＝", "﹕", "≔"} {
			if strings.HasPrefix(s[at:], sep) {
				return len(sep)
			}
		}
	}
	return 0
}

// aside is how long the words are that stand between a name and its separator: password (of the proxy): x, password for
// bob: x.
func (n name) aside(after string) int {
	if strings.HasPrefix(after, " (") {
		return strings.IndexByte(after, ')') + 1
	}
	end := strings.IndexAny(after, ":=,;|\"<>")
	for end > 0 && strings.HasPrefix(after[end:], "://") { // of an address
		next := strings.IndexAny(after[end+1:], ":=,;|\"<>")
		if next < 0 {
			return 0
		}
		end += 1 + next
	}
	if n.kind != password && !hasSuffix(n.word, pins) || end < 0 || after[end] != ':' && after[end] != '=' {
		return 0
	}
	between := strings.TrimRight(after[:end], " \t")
	whose := hasPrefix(after, prepositions) && strings.Count(between, " ") <= 4
	done := strings.TrimPrefix(strings.TrimPrefix(between, " was"), " has been")
	if whose && !hasAny(between, copulas) || slices.Contains(participles, done) || slices.Contains(doings, done) {
		return end
	}
	if slices.Contains(refusals, done) && spelled(wordAt(after, skipBlanks(after, end+1))) {
		return end
	}
	return 0
}

// fits reports whether a value behind a colon and a blank can be that of this name: short names stand in prose for
// something else.
func (n name) fits(v string, sep byte) bool {
	if n.kind != short && n.kind != property {
		return true
	}
	first, _, _ := strings.Cut(v, " ")
	return spelled(first) || sep == '=' || n.kind == property && len(first) > 3 && number(first)
}

// dashed reports whether the name is a switch.
func (n name) dashed(s string) bool {
	at := n.from
	for at > 0 && s[at-1] == '-' {
		at--
	}
	if at == n.from && (at == 0 || s[at-1] != '/') {
		return false
	}
	if at == n.from {
		at--
	}
	return at == 0 || blankAt(s, at-1) > 0 || strings.IndexByte(`"'(,;|`, s[at-1]) >= 0
}

// opened is the quotation mark right before the name, or before the switch that it is.
func (n name) opened(s string) string {
	at := n.from
	for at > 0 && (s[at-1] == '-' || s[at-1] == '/') {
		at--
	}
	if at > 0 && (s[at-1] == '"' || s[at-1] == '\'') {
		return s[at-1 : at]
	}
	return ""
}

// switched is the value that follows a switch, or that stands in quotation marks behind a name in prose.
func (n name) switched(t text, at int) (value, bool) {
	if at >= len(t.s) || at == n.to && t.s[at] != '|' {
		return value{}, false
	}
	if n.dashed(t.s) && at > n.to {
		if c := t.s[at]; c == '-' || c == '/' || c == ',' || c == '(' && at+1 < len(t.s) && isLetter(t.s[at+1]) {
			return value{}, false // the next switch, or what makes the value
		}
		return valueAt(t.s, at, ' ', true), true
	}
	for _, sep := range []string{"| ", "|", "-> ", "→ ", "- ", "– "} { // of a table, or prose
		if rest, ok := strings.CutPrefix(t.s[at:], sep); ok && n.kind != property {
			v := valueAt(t.s, len(t.s)-len(rest), '|', false)
			v.loose = true
			return v, v.ends == markEnds || spelled(wordAt(t.s, v.from))
		}
	}
	if in, ok := quoted(t.s, at); ok && n.kind != property && t.s[at-1] == ' ' {
		in.loose = true
		return in, true
	}
	return value{}, false
}

// elsewhere is the value of a name that is a value itself: key="ProxyPassword" value="x", Name: ProxyPassword, Value:
// x, and the registry's ProxyPassword REG_SZ x, /v ProxyPassword /t REG_SZ /d x.
func (n name) elsewhere(t text) (value, bool) {
	const near = 64
	ahead := t.low[n.to:min(len(t.low), n.to+near)]
	if v, ok := n.argument(t); ok {
		return v, true
	}
	if rest, ok := strings.CutPrefix(t.low[n.to:], "' to value '"); ok { // as Burn logs it
		return value{from: len(t.s) - len(rest), ends: markEnds, mark: "'"}, true
	}
	for _, word := range []string{"value", "reg_sz", "reg_expand_sz", "reg_binary", "/d "} {
		i := strings.Index(ahead, word)
		if i < 0 || i > 0 && inName(ahead[i-1]) || strings.ContainsAny(ahead[:i], "}<>") {
			continue
		}
		at := n.to + i + len(word)
		switch {
		case word == "/d ":
			return valueAt(t.s, at, ' ', true), true
		case word != "value":
			if strings.Trim(ahead[:i], " \t\",0") == "" {
				for at < len(t.s) && strings.IndexByte(":, \t", t.s[at]) >= 0 {
					at++
				}
				if v, ok := quoted(t.s, at); ok && strings.IndexByte(ahead[:i], ',') >= 0 {
					return v, true // RegSetValueEx(h, "x", 0, REG_SZ, "y")
				}
				return value{from: at, ends: textEnds}, true
			}
		case strings.ContainsAny(ahead[:i], ",\"' "):
			for at < len(t.s) && strings.IndexByte("\"' ", t.s[at]) >= 0 {
				at++
			}
			if at < len(t.s) && (t.s[at] == '=' || t.s[at] == ':') {
				return valueAt(t.s, at+1, t.s[at], false), true
			}
		}
	}
	return value{}, false
}
