// Package redact takes passwords, tokens, keys and, where asked, the names of users out of text that leaves the computer; it must never take
// what a reader of the logs needs, and never let through a secret that it has been told the shape of.
package redact

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Redactor takes out of text what must not leave the computer: passwords and tokens always, user names on request. A user gets the same
// number everywhere, so that a reader can still tell one from another. It is not safe for use from several goroutines.
type Redactor struct {
	secrets []secret
	users   bool
	people  []secret
	names   map[string]int // lower case, to its number
	known   *regexp.Regexp // the names that are replaced wherever they stand; nil: none
	count   int            // how much was taken out
}

// Mark stands where a secret stood.
const Mark = "[removed]"

// New makes one; known are the user names that this computer is known to have.
func New(users bool, known []string) *Redactor {
	r := &Redactor{secrets: compile(secretShapes), users: users, names: map[string]int{}}
	if !users {
		return r
	}
	r.people = compile(userShapes)
	var alternatives []string
	for _, n := range known {
		if telltale(n) {
			r.number(n)
			alternatives = append(alternatives, regexp.QuoteMeta(n))
		}
	}
	if len(alternatives) > 0 {
		r.known = regexp.MustCompile(`(?i)` + strings.Join(alternatives, "|"))
	}
	return r
}

// telltale leaves alone the accounts that every Windows has, and names so short that they stand in every other word.
func telltale(name string) bool {
	switch strings.ToLower(name) {
	case "public", "default", "default user", "all users", "system", "administrator", "administrators", "localservice", "networkservice",
		"local service", "network service", "trustedinstaller", "defaultapppool", "users", "windows user", "windows":
		return false
	}
	return utf8.RuneCountInString(name) >= 3 && !strings.HasPrefix(name, "[user")
}

// Removed is how many secrets and names have been taken out so far.
func (r *Redactor) Removed() int { return r.count }

// Text redacts one line.
func (r *Redactor) Text(s string) string {
	low := lowerASCII(s)
	removed := func(string) string { return Mark }
	for i := range r.secrets {
		if sh := &r.secrets[i]; sh.worth(low) {
			s = r.replace(s, sh.spans(s), removed)
		}
	}
	s = r.replace(s, keyed(s, lowerASCII(s)), removed)
	s = r.replace(s, inURLs(s), removed)
	s = r.replace(s, blobs(s), removed)
	if !r.users {
		return s
	}
	for i := range r.people {
		if sh := &r.people[i]; sh.worth(low) {
			s = r.replace(s, sh.spans(s), r.user)
		}
	}
	return r.withoutKnown(s)
}

// replace puts what with makes of them in the place of parts of a line. What has been taken out already stays as it is.
func (r *Redactor) replace(s string, parts []span, with func(string) string) string {
	slices.SortFunc(parts, func(a, b span) int { return cmp.Or(a.from-b.from, b.to-a.to) })
	var b strings.Builder
	at := 0
	for _, p := range parts {
		if p.from < at {
			p.from = at // two parts overlap: what is left of the second goes as well
		}
		if p.to <= p.from {
			continue
		}
		was := s[p.from:p.to]
		now := with(was)
		if now == was || was == Mark {
			continue
		}
		b.WriteString(s[at:p.from])
		b.WriteString(now)
		at = p.to
		r.count++
	}
	if at == 0 {
		return s
	}
	b.WriteString(s[at:])
	return b.String()
}

// withoutKnown replaces the known names where they stand as words of their own.
func (r *Redactor) withoutKnown(s string) string {
	if r.known == nil {
		return s
	}
	var b strings.Builder
	at := 0
	for _, m := range r.known.FindAllStringIndex(s, -1) {
		before, _ := utf8.DecodeLastRuneInString(s[:m[0]])
		after, _ := utf8.DecodeRuneInString(s[m[1]:])
		if inWord(before) || inWord(after) {
			continue
		}
		b.WriteString(s[at:m[0]])
		b.WriteString(r.user(s[m[0]:m[1]]))
		at = m[1]
		r.count++
	}
	if at == 0 {
		return s
	}
	b.WriteString(s[at:])
	return b.String()
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

func (r *Redactor) number(name string) int {
	key := strings.ToLower(name)
	n, ok := r.names[key]
	if !ok {
		n = len(r.names) + 1
		r.names[key] = n
	}
	return n
}

// user is what stands for a user's name. A domain before it goes with it.
func (r *Redactor) user(was string) string {
	name := strings.Trim(strings.TrimSpace(was), `"'`)
	if i := strings.LastIndexByte(name, '\\'); i >= 0 {
		name = name[i+1:]
	}
	if !telltale(name) {
		return was
	}
	return fmt.Sprintf("[user %d]", r.number(name))
}
