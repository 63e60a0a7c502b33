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
		if rest, ok := strings.CutPrefix(t.low[at:], "<![cdata["); ok {
			return n.unless(t, value{from: len(t.s) - len(rest), ends: markEnds, mark: "]]>"})
		}
		return n.unless(t, value{from: at, ends: tagEnds})
	}
	if rest, ok := strings.CutPrefix(t.low[n.to:], " property. its "); ok {
		return n.change(t.s, len(t.s)-len(rest))
	}
	for _, read := range []func(text) (value, bool){n.assigned, n.elsewhere} {
		if v, ok := read(t); ok {
			return n.unless(t, v)
		}
	}
	return n.said(t)
}

// unless is a value, unless it says something that is no secret.
func (n name) unless(t text, v value) []part {
	const enough = 256 // of a value to tell
	v.pin = strings.HasSuffix(n.word, "pin")
	to, ended := v.end(t.s, v.from+enough)
	if to == v.from || says(t.s, v, to, n.kind) || n.word == "pwd" && path(t.s[v.from:to]) {
		return nil
	}
	if !ended {
		to, _ = v.end(t.s, len(t.s))
	}
	return only(part{from: v.from, to: to})
}

// element is where the text of an element of XML begins whose name this is.
func (n name) element(s string) (at int, ok bool) {
	from := n.from
	if from > 0 && s[from-1] == ':' { // of a name space
		for from--; from > 0 && n.from-from < longestName && inName(s[from-1]); {
			from--
		}
	}
	if from == 0 || s[from-1] != '<' {
		return 0, false
	}
	const longestAttributes = 1 << 10
	end := strings.IndexByte(s[n.to:min(len(s), n.to+longestAttributes)], '>')
	if end <= 0 && (end < 0 || n.to >= len(s)) || s[n.to+end-1] == '/' {
		return 0, false
	}
	return n.to + end + 1, true
}

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
		return says(s, value{from: p.from, pin: strings.HasSuffix(n.word, "pin")}, p.to, n.kind)
	})
}

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
		if v := t.s[from:to]; spelled(v) && !hexOnly(v) {
			parts = append(parts, part{from: from, to: to})
		}
		from = to + 1
	}
	return append(parts, part{from: end, to: end})
}

// assigned is the value behind a separator.
func (n name) assigned(t text) (value, bool) {
	s, at := t.s, n.to
	for at < len(s) && strings.IndexByte(`"'])\`, s[at]) >= 0 {
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
	if at < len(s) && strings.HasPrefix(s[at:], "：") { // as Chinese and Japanese write it
		at += len("：") - 1
	} else if at >= len(s) || s[at] != ':' && s[at] != '=' {
		return n.switched(t, at)
	}
	if strings.HasPrefix(s[at:], "::") {
		return value{}, false
	}
	sep := s[at]
	for at++; at < len(s) && (s[at] == '=' || s[at] == '>'); at++ { // :=  ==  =>
		sep = '='
	}
	in := strings.TrimLeft(t.low[at:min(len(s), at+longestName)], " \t{\"")
	if strings.HasPrefix(in, "value\":") { // {"value": "x"}
		at += strings.Index(t.low[at:], "value\":") + len("value\":")
	}
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
	return v, v.ends != proseEnds || n.fits(s[v.from:min(len(s), v.from+longestName)], sep)
}

// aside is how long the words are that stand between a name and its separator: password (of the proxy): x, password for
// bob: x.
func (n name) aside(after string) int {
	if strings.HasPrefix(after, " (") {
		return strings.IndexByte(after, ')') + 1
	}
	end := strings.IndexAny(after, ":=,;|\"<>")
	if n.kind != password || end < 0 || after[end] != ':' && after[end] != '=' {
		return 0
	}
	between := strings.TrimRight(after[:end], " \t")
	whose := hasPrefix(after, prepositions) && strings.Count(between, " ") <= 4
	done := strings.TrimPrefix(strings.TrimPrefix(between, " was"), " has been")
	if whose && !hasAny(between, copulas) || slices.Contains(participles, done) || slices.Contains(doings, done) {
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
	if at == n.to || at >= len(t.s) {
		return value{}, false
	}
	if n.dashed(t.s) {
		if c := t.s[at]; c == '-' || c == '/' || c == '(' && at+1 < len(t.s) && isLetter(t.s[at+1]) {
			return value{}, false // the next switch, or what makes the value
		}
		return valueAt(t.s, at, ' ', true), true
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
	if mark := n.opened(t.s); mark != "" && n.from >= 2 && t.s[n.from-2] == '(' { // set("Password", "x")
		if rest, ok := strings.CutPrefix(t.s[n.to:], mark); ok {
			if rest, ok = strings.CutPrefix(strings.TrimLeft(rest, " "), ","); ok {
				return quoted(t.s, skipBlanks(t.s, len(t.s)-len(rest)))
			}
		}
	}
	if len(ahead) > 2 && isQuote(ahead[0]) && ahead[1] == '>' { // <Data Name="Password">x</Data>
		return value{from: n.to + 2, ends: tagEnds}, true
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
			if strings.TrimLeft(ahead[:i], " \t\"") == "" {
				return value{from: skipBlanks(t.s, at), ends: textEnds}, true
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
