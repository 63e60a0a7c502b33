package redact

import "strings"

// longestAttributes bounds how long the attributes of an element are, in bytes.
const longestAttributes = 1 << 10

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
	after := s[n.to:min(len(s), n.to+longestAttributes)]
	if from > 1 && (s[from-2] == ':' || s[from-2] == '=') && !strings.Contains(after, "</") {
		return 0, false // /pw:<password>
	}
	return tagEnd(s, n.to)
}

// tagEnd is where the text of an element begins of which the tag stands at a place; false when the element is empty.
func tagEnd(s string, at int) (int, bool) {
	end := strings.IndexByte(s[at:min(len(s), at+longestAttributes)], '>')
	if end < 0 || end > 0 && s[at+end-1] == '/' {
		return 0, false
	}
	return at + end + 1, true
}

// valueElements are what elements are called that hold the value of what is around them or before them.
const valueElements words = " value string text secret data cleartext "

// inElement is the text of an element, or of the element in it that holds its value: <Password><Value>x</Value>.
func (n name) inElement(t text, at int) []part {
	if in, ok := valueElement(t, at); ok {
		at = in
	}
	if rest, ok := strings.CutPrefix(t.low[at:], "<![cdata["); ok {
		return n.unless(t, value{from: len(t.s) - len(rest), ends: markEnds, mark: "]]>"})
	}
	return n.unless(t, value{from: at, ends: tagEnds})
}

// valueElement is where the text begins of an element that holds a value.
func valueElement(t text, at int) (int, bool) {
	at = skipBlanks(t.s, at)
	if at >= len(t.s) || t.s[at] != '<' {
		return 0, false
	}
	from := at + 1
	for at = from; at < len(t.s) && at-from < longestName && (inName(t.s[at]) || t.s[at] == ':'); {
		at++
	}
	name := t.low[from:at]
	if !valueElements.have(name[strings.IndexByte(name, ':')+1:]) {
		return 0, false
	}
	return tagEnd(t.s, at)
}

// namesOfNames are the attributes and fields that hold the name of what another one holds the value of.
var namesOfNames = []string{"name", "key", "id", "n"}

// attribute is the text of an element that is named by an attribute, or by the text of the element before it:
// <Data Name="Password">x</Data>, <setting name="Password"><value>x</value>, <key>Password</key><string>x</string>.
func (n name) attribute(t text) []part {
	at := n.to
	if strings.HasPrefix(t.s[at:], "</") {
		if end, ok := tagEnd(t.s, at); ok && n.from > 0 && t.s[n.from-1] == '>' {
			if at, ok := valueElement(t, end); ok {
				return n.inElement(t, at)
			}
		}
		return nil
	}
	mark := n.opened(t.s)
	if mark == "" || !strings.HasPrefix(t.s[at:], mark) || !hasSuffix(squeezeEquals(t.low[:n.from-1]), namesOfNames) {
		return nil
	}
	end, ok := tagEnd(t.s, at)
	if !ok || strings.IndexByte(t.s[at:end], '<') >= 0 {
		return nil
	}
	return n.inElement(t, end)
}

// squeezeEquals is a text without the equals sign at its end; empty when there is none.
func squeezeEquals(s string) string {
	s, ok := strings.CutSuffix(strings.TrimRight(s[max(0, len(s)-longestName):], " "), "=")
	if !ok {
		return ""
	}
	return strings.TrimRight(s, " ")
}

// before is the value that stands before its name: {"value": "x", "name": "Password"}, value="x" key="Password".
func (n name) before(t text) []part {
	const longest = 1 << 10
	mark := n.opened(t.s)
	if mark == "" || !strings.HasPrefix(t.s[n.to:], mark) {
		return nil
	}
	head := strings.TrimRight(t.low[max(0, n.from-1-longest):n.from-1], " ")
	if head == "" || head[len(head)-1] != ':' && head[len(head)-1] != '=' {
		return nil
	}
	head = strings.TrimRight(head[:len(head)-1], ` "'`)
	i := strings.LastIndex(head, "value")
	if i < 0 || !hasSuffix(head, namesOfNames) {
		return nil
	}
	from := max(0, n.from-1-longest) + i + len("value")
	for from < n.from && strings.IndexByte(`"' =:`, t.s[from]) >= 0 && t.s[from] != mark[0] {
		from++
	}
	if t.s[from] == mark[0] && t.s[from-1] != ' ' && t.s[from-1] != '=' && t.s[from-1] != ':' { // closes "value"
		for from++; from < n.from && strings.IndexByte(` =:`, t.s[from]) >= 0; {
			from++
		}
	}
	v, ok := quoted(t.s, from)
	if !ok {
		return nil
	}
	if to, _ := v.end(t.s, n.from-1); strings.ContainsAny(t.s[min(to+1, n.from-1):n.from-1], "{}<>") ||
		strings.Count(t.s[to:n.from], mark) > 4 {
		return nil
	}
	return n.unless(t, v)
}
