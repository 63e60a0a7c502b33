package redact

import "strings"

// fieldsInside are the fields that hold the value of the field that they stand in: "password": {"value": "x"}.
const fieldsInside words = " value secure plaintext cleartext secret text #text $value string p "

// inside is where a value begins that stands in a list or in a field of an object; the place itself when it does not.
func inside(t text, at int) int {
	in := skipBlanks(t.s, at)
	if in >= len(t.s) || t.s[in] != '[' && t.s[in] != '{' {
		return at
	}
	list := t.s[in] == '['
	in = skipBlanks(t.s, in+1)
	v, ok := quoted(t.s, in)
	switch {
	case !ok:
		return at
	case list:
		return in
	}
	const most = 8 // fields
	for n := 0; ok && n < most; n++ {
		to, _ := v.end(t.s, v.from+longestName)
		name := t.low[v.from:to]
		to = skipBlanks(t.s, min(len(t.s), to+len(v.mark)))
		if to >= len(t.s) || t.s[to] != ':' {
			return at
		}
		if fieldsInside.have(name) {
			return to + 1
		}
		other, isQuoted := quoted(t.s, skipBlanks(t.s, to+1))
		if !isQuoted {
			return at
		}
		if to, _ = other.end(t.s, other.from+4*longestName); to >= len(t.s) {
			return at
		}
		if to = skipBlanks(t.s, to+len(other.mark)); to >= len(t.s) || t.s[to] != ',' {
			return at
		}
		v, ok = quoted(t.s, skipBlanks(t.s, to+1))
	}
	return at
}

// listed is a value with those behind it in a list: "passwords": ["x", "y"].
func (n name) listed(t text, v value) []part {
	found := n.unless(t, v)
	open := v.from - len(v.mark)
	if v.ends != markEnds || len(found) == 0 || strings.TrimRight(t.s[max(0, open-2):open], " ") == "" ||
		!strings.HasSuffix(strings.TrimRight(t.s[max(0, open-2):open], " "), "[") {
		return found
	}
	for to := found[0].to; ; {
		comma := skipBlanks(t.s, min(len(t.s), to+len(v.mark)))
		if comma >= len(t.s) || t.s[comma] != ',' {
			return found
		}
		next, ok := quoted(t.s, skipBlanks(t.s, comma+1))
		if !ok {
			return found
		}
		found = append(found, n.unless(t, next)...)
		to, _ = next.end(t.s, len(t.s))
	}
}

// argument is the value behind a name that is quoted and followed by a comma: set("Password", "x"),
// ["--password", "x"], and "password","x" in a table.
func (n name) argument(t text) (value, bool) {
	mark := n.opened(t.s)
	rest, ok := strings.CutPrefix(t.s[n.to:], mark)
	if mark == "" || !ok {
		return value{}, false
	}
	if rest, ok = strings.CutPrefix(strings.TrimLeft(rest, " "), ","); !ok {
		return value{}, false
	}
	v, ok := quoted(t.s, skipBlanks(t.s, len(t.s)-len(rest)))
	if !ok {
		return value{}, false
	}
	to, _ := v.end(t.s, v.from+longestName)
	call := n.from >= 2 && t.s[n.from-2] == '('
	return v, call || n.dashed(t.s) || spelled(t.s[v.from:to])
}
