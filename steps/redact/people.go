package redact

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// people are the users of a computer whose names are not to leave it.
type people struct {
	numbers map[string]int // lower case, to what stands for it
	known   [256][]string  // by the first byte, in lower case; longer names first
	finder  *finder
}

func newPeople(known []string) *people {
	p := &people{numbers: map[string]int{}}
	for _, name := range known {
		if !personal(name) {
			continue
		}
		n := p.number(name)
		if short := shortName(name); short != "" {
			p.numbers[short] = n
		}
		if !common.have(strings.ToLower(name)) {
			first := lowerASCII(name[:1])[0]
			p.known[first] = append(p.known[first], name)
		}
	}
	for _, names := range p.known {
		slices.SortStableFunc(names, func(a, b string) int { return len(b) - len(a) })
	}
	shapes := make([]shape, len(userShapes))
	for i, sh := range userShapes {
		shapes[i] = shape{sh.needle, func(t text, at int) []part {
			from, to := sh.find(p, t, at)
			if to <= from || !personal(bare(t.s[from:to])) {
				return upTo(from)
			}
			return only(part{from, to, bare(t.s[from:to])})
		}}
	}
	p.finder = newFinder(shapes)
	return p
}

const (
	// everywhere are accounts that every Windows has: they tell nobody's name.
	everywhere words = `
		administrateur administrateurs administrator administratoren administrators benutzer default defaultaccount
		defaultuser0 defaultapppool everyone gast guest jeder krbtgt localservice localsystem networkservice none null
		public service
		system système trustedinstaller user users wdagutilityaccount windows
		admini~1 admini~2 defaul~1 locals~1 networ~1 `
	// common are names of users that are words of these logs as well: they go where a user stands, and stay elsewhere.
	common words = `
		admin agent azure backup client computer engine error install installer local log logon mars microsoft network
		program root server setup temp test update upgrade warning `
)

// personal reports whether a name is somebody's. Very short ones stand in every other word.
func personal(name string) bool {
	low := strings.ToLower(name)
	switch low {
	case "default user", "all users", "local service", "network service", "windows user", "lokaler dienst",
		"netzwerkdienst", "service local", "anonymous logon":
		return false
	}
	if everywhere.have(low) || nothing.have(low) || number(name) || placeholder(name) || masked(name) {
		return false
	}
	return utf8.RuneCountInString(name) >= 3 && !strings.HasPrefix(name, "[user") && !strings.HasSuffix(name, "$")
}

// shortName is how Windows shortens a name of a folder for old programs, the first time; empty when it does not.
func shortName(name string) string {
	squeezed := strings.Map(func(r rune) rune {
		if r == ' ' || r == '.' {
			return -1
		}
		return r
	}, strings.ToLower(name))
	asItIs := len(name) <= 8 && squeezed == strings.ToLower(name)
	if asItIs || len(squeezed) < 6 || len(squeezed) > utf8.RuneCountInString(squeezed) {
		return "" // what becomes of other letters depends on the code page
	}
	return squeezed[:6] + "~1"
}

func (p *people) number(name string) int {
	key := strings.ToLower(name)
	n, ok := p.numbers[key]
	if !ok {
		n = 1
		for _, have := range p.numbers {
			n = max(n, have+1)
		}
		p.numbers[key] = n
	}
	return n
}

// userMark begins what stands for a user's name.
const userMark = "[user "

// mark is what stands for a user's name.
func (p *people) mark(name string) string { return fmt.Sprintf(userMark+"%d]", p.number(name)) }

// Account is the name of an account; where users are hidden it is so whole, whatever words it has.
func (r *Redactor) Account(name string) string {
	who := bare(name)
	if r.people == nil || !personal(who) || strings.HasPrefix(name, `NT `) || strings.HasPrefix(who, "S-1-") {
		return r.Text(name)
	}
	r.count++
	return strings.TrimSuffix(name, who) + r.people.mark(who)
}

// in are the names of users in a text: those that are known, and what stands where users do.
func (p *people) in(t text) []part {
	found := p.finder.in(t)
	for i := range found {
		// A part that holds a known name has that one's number. Domain and host go with it.
		if known := p.named(text{t.s[found[i].from:found[i].to], t.low[found[i].from:found[i].to]}); len(known) > 0 {
			found[i].name = known[0].name
		}
	}
	return append(found, p.named(t)...)
}

// bare is a name without its domain.
func bare(name string) string {
	name = strings.Trim(strings.TrimSpace(name), `"'`)
	return name[strings.LastIndexByte(name, '\\')+1:]
}

// named finds the known names where they stand as words of their own.
func (p *people) named(t text) []part {
	var found []part
	for i := 0; i < len(t.s); i++ {
		names := p.known[t.low[i]]
		if len(names) == 0 || i > 0 && letterOrDigitBefore(t.s, i) {
			continue
		}
		if name, n := knownAt(t.s[i:], names); n > 0 {
			found = append(found, part{i, i + n, name})
			i += n - 1
		}
	}
	return found
}

// knownAt is the longest known name that a text begins with, and how long it is there. A blank in it may be what
// addresses write for one.
func knownAt(s string, names []string) (string, int) {
	for _, name := range names {
		if len(s) < len(name) || letterAt(s, len(name)) > 0 || len(s) > len(name) && isDigit(s[len(name)]) {
			continue
		}
		here := s[:len(name)]
		if strings.EqualFold(here, name) || strings.IndexByte(name, ' ') > 0 && strings.EqualFold(spaced(here), name) {
			return name, len(name)
		}
	}
	return "", 0
}

func spaced(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '.' || r == '_' || r == '+' || r == '-' {
			return ' '
		}
		return r
	}, s)
}

func letterOrDigitBefore(s string, at int) bool {
	if c := s[at-1]; c < utf8.RuneSelf {
		return isLetter(c) || isDigit(c)
	}
	r, _ := utf8.DecodeLastRuneInString(s[:at])
	return isWideLetter(r)
}
