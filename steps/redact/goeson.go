package redact

import "strings"

// how tells what of the next line a line has announced.
type how int

const (
	closed  how = iota // nothing
	anyhow             // it goes on there, as cmd, PowerShell and shells have it
	oneWord            // it asks for a secret: a line of one word is one
	inMarks            // a list or a field of JSON: a text in quotation marks
	block              // a block of YAML: the whole line, if it is indented
	whole              // a text of PowerShell between @' and '@: the whole line
	element            // an element of XML that holds the value
)

// opened is what a line has begun and not ended.
type opened struct {
	context string // the end of that line
	how     how
	kind    kind
	prefix  string // before the name of the secret: time and process
}

// longestContext bounds how much of a line is looked at again with the next one, in bytes.
const longestContext = 4 * longestName

// opening is what a line begins that goes on in the next one.
func opening(line string) opened {
	s := strings.TrimRight(line, " \t")
	if s == "" {
		return opened{}
	}
	last := s[len(s)-1]
	if len(s) > 1 && strings.IndexByte("^`\\", last) >= 0 && blankAt(s, len(s)-2) > 0 {
		return opened{context: lastOf(s[:len(s)-1]), how: anyhow}
	}
	if last == '>' {
		return opened{context: lastTags(s), how: element}
	}
	o := opened{how: oneWord}
	for _, end := range []struct {
		text string
		how  how
	}{{": |", block}, {": >", block}, {": |-", block}, {": >-", block}, {":[", inMarks}, {": [", inMarks},
		{"= @'", whole}, {"= @\"", whole}} {
		if strings.HasSuffix(s, end.text) {
			o.how = end.how
			s = s[:len(s)-len(end.text)+1]
		}
	}
	name := strings.TrimRight(s[:len(s)-1], " \t\"'\\")
	if last = s[len(s)-1]; last != ':' && last != '=' || name == "" {
		return opened{}
	}
	n := nameAround(text{name, lowerASCII(name)}, len(name)-1)
	if n.kind != password && n.kind != key {
		return opened{}
	}
	if n.kind == password && last == '=' {
		n.kind = key // an empty field, more often than a question
	}
	o.kind, o.context, o.prefix = n.kind, lastOf(s), name[:n.from]
	return o
}

// lastOf is the end of a line, from the beginning of a word on.
func lastOf(s string) string {
	if len(s) <= longestContext {
		return s
	}
	s = s[len(s)-longestContext:]
	return s[strings.IndexByte(s, ' ')+1:]
}

// lastTags are the tags at the end of a line of which the text may be a name: <key>Password</key>, <x name="Password">.
func lastTags(s string) string {
	i := strings.LastIndexByte(s[:len(s)-1], '<')
	if i > 0 && strings.HasPrefix(s[i:], "</") {
		i = strings.LastIndexByte(s[:i], '<')
	}
	if i < 0 || len(s)-i > longestContext {
		return ""
	}
	return s[i:]
}

// secrets are those of a line, read with what has begun before it.
func (o opened) secrets(r *Redactor, line string) []part {
	low := lowerASCII(line)
	body := strings.TrimSpace(line)
	from := strings.Index(line, body)
	switch o.how {
	case oneWord:
		if p := sharedPrefix(o.prefix, line); hasDigit(p) {
			body = strings.TrimSpace(line[len(p):])
			from = len(p) + strings.Index(line[len(p):], body)
		}
		fallthrough
	case inMarks:
		text := strings.TrimRight(body, ",")
		if v, ok := quoted(text, 0); ok {
			if to, _ := v.end(text, len(text)); to+len(v.mark) == len(text) && to > v.from {
				return []part{{from: from + v.from, to: from + to}}
			}
		}
		if o.how == oneWord && o.isWord(body) {
			return []part{{from: from, to: from + len(body)}}
		}
	case block, whole:
		if (from > 0 || o.how == whole) && body != "" {
			return []part{{from: from, to: from + len(body)}}
		}
	case anyhow, element:
		if _, ok := valueElement(text{line, low}, 0); o.how == element && !ok {
			break
		}
		return append(r.found(line, low), o.crossing(r, line)...)
	}
	return r.found(line, low)
}

// crossing are the secrets of a line that what has begun before it makes one.
func (o opened) crossing(r *Redactor, line string) []part {
	both := strings.TrimRight(o.context, " \t") + " " + strings.TrimLeft(line, " \t")
	shift := len(both) - len(line)
	var parts []part
	for _, p := range r.found(both, lowerASCII(both)) {
		if p.from, p.to = max(p.from-shift, len(line)-len(strings.TrimLeft(line, " \t"))), p.to-shift; p.to > p.from {
			parts = append(parts, p)
		}
	}
	return parts
}

// isWord reports whether a line is the value that the one before has asked for: one word that looks like it.
func (o opened) isWord(word string) bool {
	if word == "" || strings.ContainsAny(word, " \t<>") || nameAhead(word, 0, 1) && !strings.HasSuffix(word, "=") {
		return false
	}
	remark := says(word, value{loose: true, ends: proseEnds}, len(word), o.kind)
	return !remark && (o.kind == password || spelled(word))
}

// sharedPrefix is what a line has in common with the beginning of another one: the same fields, with another time.
func sharedPrefix(prefix, line string) string {
	if len(line) < len(prefix) {
		return ""
	}
	for i := range len(prefix) {
		if a, b := prefix[i], line[i]; a != b && !(inName(a) && inName(b)) {
			return ""
		}
	}
	return line[:len(prefix)]
}

func hasDigit(s string) bool { return strings.ContainsAny(s, "0123456789") }
