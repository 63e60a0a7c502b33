package redact

import "strings"

// Lines redacts the lines of one log, one after the other. Keys and certificates go over many lines, whatever their
// length and also where one end of them is cut off, and so does the text of elements of XML. A line that could be one
// of a key waits until it is known whether it is: Flush gives what waits.
type Lines struct {
	red  *Redactor
	put  func(line, tail string)
	held []held

	heldBytes int
	width     int    // of the lines of base64 before; 0: the line before was none
	before    string // what stands before the base64 of those lines
	ended     bool   // the last of them was shorter: no further one belongs to them
	inKey     bool   // they are those of a key
	pem       bool   // a block of PEM has begun
	prefix    string // before the beginning of that block in its line: time and process
	hex       bool   // the line before was the hex of a secret value of a .reg file that goes on
	element   int    // lines since the beginning of a secret element that has not ended; 0: none
	open      opened // what the line before has begun
}

// held is a line of which it is not yet known what it is, and where its base64 begins.
type held struct {
	line, tail string
	from       int
}

func (h held) body() string { return strings.TrimSpace(h.line[h.from:]) }

// Lines begins a log. put gets the lines in their order; of each the tail comes as it was given to Add.
func (r *Redactor) Lines(put func(line, tail string)) *Lines {
	return &Lines{red: r, put: put}
}

const pemBegin, pemEnds = "-----BEGIN ", "-----END "

// mostElement bounds how many lines a secret element may have: a log may end in the middle of one, and another session
// follow.
const mostElement = 500

// Add redacts the next line.
func (l *Lines) Add(line, tail string) {
	rest, done := line, ""
	switch {
	case l.pem && l.ofPEM(line):
		l.take(line, len(l.common(line)), tail)
		return
	case l.hex && ofHex(line):
		l.hex = continued(line)
		l.take(line, 0, tail)
		return
	case l.element > 0:
		end := strings.IndexByte(line, '<')
		if _, ok := valueElement(text{line, lowerASCII(line)}, 0); ok && !l.startsAnew(line) {
			if l.element++; strings.Count(line, "</") > 1 { // the outer one ends as well
				l.element = 0
			}
			l.put(l.red.without(line, opened{context: "<Password>", how: anyhow}.secrets(l.red, line)), tail)
			return
		}
		if end < 0 && !l.startsAnew(line) {
			l.element++
			l.take(line, 0, tail)
			return
		}
		l.element = 0
		if end > 0 {
			done, rest = l.without(line[:end], 0), line[end:]
		}
	}
	if from := l.base64At(line); from >= 0 && rest == line {
		l.wait(held{line, tail, from})
		return
	}
	l.settle(strings.HasPrefix(strings.TrimSpace(line), pemEnds))
	l.width, l.inKey, l.ended = 0, false, false
	l.plain(rest, tail, done)
}

// plain redacts a line by what is in it. done is what of it is redacted already.
func (l *Lines) plain(line, tail, done string) {
	open := l.open
	l.begin(line)
	if open.how != closed && !l.startsAnew(line) {
		l.put(done+l.red.without(line, open.secrets(l.red, line)), tail)
		return
	}
	l.put(done+l.red.line(line), tail)
}

// Flush gives the lines that wait for another one. What is added then does not go on from them.
func (l *Lines) Flush() {
	l.settle(false)
	*l = Lines{red: l.red, put: l.put}
}

// take gives a line without what stands in it behind a place.
func (l *Lines) take(line string, from int, tail string) {
	l.open = opened{}
	l.put(l.without(line, from), tail)
}

func (l *Lines) without(line string, from int) string {
	body := strings.TrimSpace(line[from:])
	if body == "" || body == Mark {
		return line
	}
	at := from + strings.Index(line[from:], body)
	return l.red.without(line, []part{{from: at, to: at + len(body)}})
}

// begin notes what a line begins that goes on in the next one.
func (l *Lines) begin(line string) {
	l.hex = continued(line) && secretHex(line)
	if i := strings.LastIndex(line, pemBegin); i >= 0 && strings.Contains(line[i+len(pemBegin):], "-----") {
		l.pem, l.prefix = !strings.Contains(line[i:], pemEnds), line[:i]
	}
	if i := strings.LastIndexByte(line, '<'); i >= 0 && i+1 < len(line) && strings.IndexByte(line[i:], '>') > 0 {
		at := i + 1
		for at < len(line) && at-i < longestName && (inName(line[at]) || line[at] == ':') {
			at++
		}
		if n := nameAround(text{line, lowerASCII(line)}, max(i+1, at-1)); n.kind == password || n.kind == key {
			if _, ok := n.element(line); ok {
				l.element = 1
			}
		}
	}
	l.open = opening(line)
}

// secretHex reports whether a line is one of a .reg file that gives a secret value as bytes: "ProxyPassword"=hex:68,00.
func secretHex(line string) bool {
	low := lowerASCII(line)
	at := strings.Index(low, `"=hex`)
	if at <= 0 {
		return false
	}
	n := nameAround(text{line, low}, at-1)
	return n.kind != plain
}

// continued reports whether a line of a .reg file goes on in the next one.
func continued(line string) bool { return strings.HasSuffix(strings.TrimSpace(line), `,\`) }

// ofHex reports whether a line is nothing but bytes in hex, as the second and further lines of a value in a .reg file
// are.
func ofHex(line string) bool {
	body := strings.TrimSuffix(strings.TrimSpace(line), `\`)
	return len(body) > 1 && strings.Trim(body, "0123456789abcdefABCDEF,") == "" && (len(body) == 2 || body[2] == ',')
}

// startsAnew reports whether a line is one of a log and no longer one of an element's text.
func (l *Lines) startsAnew(line string) bool {
	for _, begins := range []string{"MSI (", "===", "Action "} {
		if strings.HasPrefix(line, begins) {
			return true
		}
	}
	return l.element > mostElement || strings.Count(line, "\t") > 3 || hasAny(lowerASCII(line), evidence)
}

// ofPEM reports whether a line belongs to the block of PEM that has begun. Its end is read as a line of its own.
func (l *Lines) ofPEM(line string) bool {
	body := strings.Trim(line[len(l.common(line)):], " \t\"'`+\\,;&")
	low := lowerASCII(body)
	for _, header := range []string{"proc-type:", "dek-info:", "comment:", "version:"} {
		if strings.HasPrefix(low, header) {
			return true
		}
	}
	l.pem = (body == "" || ofBase64(body)) && !strings.HasPrefix(low, "-----end ")
	return l.pem
}

// common is what a line has in common with the one that the block began in: the same fields, with another time.
func (l *Lines) common(line string) string {
	return sharedPrefix(l.prefix, line)
}

// ofBase64 reports whether a line is nothing but base64.
func ofBase64(line string) bool {
	body := strings.TrimRight(strings.TrimSpace(line), "=")
	for i := 0; i < len(body); i++ {
		if !base64Byte(body[i]) || body[i] == '=' {
			return false
		}
	}
	return body != ""
}

// base64At is where the base64 of a line begins that is nothing else but what a log puts before each of its lines; -1
// when there is none. Behind such a prefix a first line has to be as long as those that keys are wrapped at.
func (l *Lines) base64At(line string) int {
	if ofBase64(line) {
		return 0
	}
	from := strings.LastIndexAny(strings.TrimRight(line, " \t"), " \t") + 1
	body := strings.TrimSpace(line[from:])
	goesOn := l.width > 0 && l.before != "" && len(body) <= l.width && sharedPrefix(l.before, line) == line[:from]
	if from == 0 || !ofBase64(body) || !goesOn && (len(body) < wrapLines-4 || hexOnly(body) || ofHash(line)) {
		return -1
	}
	return from
}

// wait holds a line of base64 until there are enough to tell what they are. All lines of a key but its last are of one
// length.
func (l *Lines) wait(h held) {
	n := len(h.body())
	if l.width != n && (n > l.width || l.ended || word(h.body())) || sharedPrefix(l.before, h.line) != h.line[:h.from] {
		l.restart(n)
	}
	l.before = h.line[:h.from]
	l.ended = n < l.width
	if l.inKey {
		l.take(h.line, h.from, h.tail)
		return
	}
	l.held = append(l.held, h)
	if l.heldBytes += n; l.heldBytes < anyKey {
		return
	}
	if l.inKey = l.ofKey(); l.inKey {
		l.settle(true)
	} else {
		l.restart(n)
	}
}

// restart begins with a line of n bytes, or with the one before it if that is as long: it was no end, but the first of
// these.
func (l *Lines) restart(n int) {
	var last []held
	if i := len(l.held) - 1; l.ended && i >= 0 && len(l.held[i].body()) == n {
		l.held, last = l.held[:i], l.held[i:]
	}
	l.settle(false)
	l.held, l.heldBytes, l.width, l.inKey, l.ended = last, n*len(last), n, false, false
}

// word reports whether a line is a word or a number of prose, and not the end of a key.
func word(line string) bool {
	body := strings.TrimSpace(line)
	const small, large = "abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	return number(body) || strings.Trim(body[1:], small) == "" || strings.Trim(body, large) == ""
}

// ofKey reports whether the lines that wait are those of a key or certificate.
func (l *Lines) ofKey() bool {
	var all strings.Builder
	for _, h := range l.held {
		all.WriteString(h.body())
	}
	const fewest = 60 // bytes in several lines; one line alone is told by its length, as any text is
	s := all.String()
	return len(l.held) > 1 && len(s) >= fewest && !hexOnly(s) && random(s)
}

// settle gives the lines that wait, as those of a key or as any others.
func (l *Lines) settle(key bool) {
	key = len(l.held) > 0 && (key || l.ofKey())
	waited := l.held
	l.held, l.heldBytes = nil, 0
	for _, h := range waited {
		if key {
			l.take(h.line, h.from, h.tail)
		} else {
			l.plain(h.line, h.tail, "")
		}
	}
}
