// Package redact takes passwords, tokens, keys and, where asked, the names of users out of text that leaves the
// computer; it must never let a secret through whose shape it knows, and never take what a reader of the logs needs.
//
// What a secret looks like is said in tables: names.go the names of secret values, shapes.go what stands for itself,
// switches.go command lines, people.go where users stand. testdata/shapes.txt shows of each what goes and what stays.
package redact

import (
	"slices"
	"sort"
	"strings"
)

// Mark stands where a secret stood.
const Mark = "[removed]"

// Redactor takes out of text what must not leave the computer: passwords, tokens and keys always, the names of users on
// request. A user gets the same number everywhere, so that a reader can still tell one from another. It is not safe for
// use from several goroutines.
type Redactor struct {
	people *people // nil: their names are left in
	count  int
}

// New makes one; known are the user names that this computer is known to have. They count only where users are hidden.
func New(hideUsers bool, known []string) *Redactor {
	if !hideUsers {
		return &Redactor{}
	}
	return &Redactor{people: newPeople(known)}
}

// Removed is how many secrets and names have been taken out so far.
func (r *Redactor) Removed() int { return r.count }

// Text redacts a text that stands for itself. Lines does the lines of a log, of which one can tell what the next one
// is.
func (r *Redactor) Text(s string) string {
	if !strings.Contains(s, "\n") {
		return r.line(s)
	}
	var out []string
	lines := r.Lines(func(line, _ string) { out = append(out, line) })
	for line := range strings.SplitSeq(s, "\n") {
		lines.Add(line, "")
	}
	lines.Flush()
	return strings.Join(out, "\n")
}

// evidence is what the walk and its reader look for in the logs. No secret reaches into it, whatever the text before it
// looks like.
var evidence = []string{"warning: local cached package", "warning: the package code in the cached package",
	"directory path for setuplaunchscreen",
	"mainenginethread is returning", "couldn't find local patch", "=== verbose logging", "=== logging"}

// line redacts one line, evidence and what lies before it each for itself.
func (r *Redactor) line(s string) string {
	low := lowerASCII(s)
	var cuts []int
	for _, words := range evidence {
		for at := 0; ; {
			i := strings.Index(low[at:], words)
			if i < 0 {
				break
			}
			cuts = append(cuts, at+i)
			at += i + len(words)
		}
	}
	if len(cuts) == 0 {
		return r.piece(s, low)
	}
	slices.Sort(cuts)
	var b strings.Builder
	at := 0
	for _, cut := range append(cuts, len(s)) {
		b.WriteString(r.piece(s[at:cut], low[at:cut]))
		at = cut
	}
	return b.String()
}

// part is a part of a text, in bytes, that has to go. A user's has the name that stands there, a secret's none.
type part struct {
	from, to int
	name     string
}

// piece redacts a text until nothing more of it has to go: a mark may be read otherwise than what stood there, and who
// redacts a bundle once more is to find nothing.
func (r *Redactor) piece(s, low string) string {
	const most = 4 // passes; hardly a line needs a second one
	for range most {
		out := r.without(s, r.found(s, low))
		if out == s {
			break
		}
		s, low = out, lowerASCII(out)
	}
	return s
}

// found are the parts of a text that have to go, as it reads, and as it reads once quoting is taken off it.
func (r *Redactor) found(s, low string) []part {
	var found []part
	for _, v := range views(s, low) {
		found = append(found, v.home(v.secrets())...)
		if r.people != nil {
			found = append(found, v.home(r.people.in(v.text))...)
		}
	}
	return found
}

// without is a text without some of its parts. Parts that overlap go as one: a secret when one of them is, else by the
// name of the longest, or, of several, the one that is read with the least quoting.
func (r *Redactor) without(s string, parts []part) string {
	if len(parts) == 0 {
		return s
	}
	sort.Stable(byPlace(parts))
	var b strings.Builder
	at := 0
	for i := 0; i < len(parts); {
		p := parts[i]
		longest := p.to - p.from
		for i++; i < len(parts); i++ {
			q := parts[i]
			if q.from > p.to || q.from == p.to && (q.name != "" || p.name != "") {
				break
			}
			switch {
			case p.name == "" || q.name == "":
				p.name = ""
			case q.to-q.from >= longest:
				p.name, longest = q.name, q.to-q.from
			}
			p.to = max(p.to, q.to)
		}
		now := Mark
		if p.name != "" {
			now = r.people.mark(p.name)
		}
		if s[p.from:p.to] == now || marked(s, p) {
			continue
		}
		b.WriteString(s[at:p.from])
		b.WriteString(now)
		at = p.to
		r.count++
	}
	b.WriteString(s[at:])
	return b.String()
}

// byPlace sorts parts by where they begin, longer ones first.
type byPlace []part

func (p byPlace) Len() int      { return len(p) }
func (p byPlace) Swap(i, j int) { p[i], p[j] = p[j], p[i] }
func (p byPlace) Less(i, j int) bool {
	return p[i].from < p[j].from || p[i].from == p[j].from && p[i].to > p[j].to
}

// marked reports whether a part is one of a mark that stands there already.
func marked(s string, p part) bool {
	for from := p.from; from >= max(0, p.from-len(Mark)); from-- {
		if strings.HasPrefix(s[from:], Mark) {
			return p.to <= from+len(Mark)
		}
	}
	return false
}
