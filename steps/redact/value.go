package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The kinds of ASCII characters.
const (
	small = 1 << iota
	large
	digit
	under
	letter = small | large
)

// kinds are the kinds of every byte: one look instead of many comparisons, of which this package would be full.
var kinds = func() (k [256]byte) {
	for c := 'a'; c <= 'z'; c++ {
		k[c], k[c-'a'+'A'] = small, large
	}
	for c := '0'; c <= '9'; c++ {
		k[c] = digit
	}
	k['_'] = under
	return k
}()

func isLetter(c byte) bool { return kinds[c]&letter != 0 }

func isDigit(c byte) bool { return kinds[c] == digit }

// inName reports whether a byte can be one of a name: of a property, a switch, a field.
func inName(c byte) bool { return kinds[c] != 0 }

func isWideLetter(r rune) bool { return r != utf8.RuneError && unicode.IsLetter(r) }

// blankAt is how long the blank at a place is, 0 when there is none. French puts one that does not break before a
// colon, Chinese and Japanese have a wide one.
func blankAt(s string, at int) int {
	switch {
	case at >= len(s):
		return 0
	case s[at] == ' ' || s[at] == '\t':
		return 1
	case s[at] == 0xc2 && at+1 < len(s) && s[at+1] == 0xa0:
		return 2
	case s[at] == 0xe2 && at+2 < len(s) && s[at+1] == 0x80 && (s[at+2] <= 0x8a || s[at+2] == 0xaf),
		strings.HasPrefix(s[at:], "\u3000"):
		return 3
	}
	return 0
}

func skipBlanks(s string, at int) int {
	for n := blankAt(s, at); n > 0; n = blankAt(s, at) {
		at += n
	}
	return at
}

// wordEnd is where a word ends that is closed by a blank.
func wordEnd(s string, at int) int {
	for at < len(s) && blankAt(s, at) == 0 {
		at++
	}
	return at
}

// quotes are the pairs of quotation marks, the opening one first. A second pair of the same opening is how German
// closes it.
var quotes = [][2]string{
	{`"`, `"`}, {"'", "'"}, {"“", "”"}, {"‘", "’"}, {"„", "“"}, {"«", "»"}, {"”", "”"},
}

// longestEscape bounds how many backslashes or backticks are before a quotation mark that is quoted, in what is quoted.
const longestEscape = 7

// quoteAt is the quotation mark that opens at a place and the one that closes it; both empty when there is none.
// Doubled marks, as batch files and Basic write them, are one mark when something stands right behind them.
func quoteAt(s string, at int) (open, end string) {
	escaped := at
	for escaped < len(s) && strings.IndexByte("\\`^", s[escaped]) >= 0 && escaped-at < longestEscape {
		escaped++
	}
	if escaped > at && escaped < len(s) && isQuote(s[escaped]) { // in a text that is quoted itself
		return s[at : escaped+1], s[at : escaped+1]
	}
	for _, q := range quotes {
		if !strings.HasPrefix(s[at:], q[0]) {
			continue
		}
		if len(q[0]) > 1 {
			return q[0], q[1]
		}
		run := at
		for run < len(s) && s[run] == q[0][0] {
			run++
		}
		if run-at > 1 && run < len(s) && blankAt(s, run) == 0 && strings.IndexByte(",;)}]>/&", s[run]) < 0 {
			return s[at:run], s[at:run]
		}
		return q[0], q[1]
	}
	return "", ""
}

// ending is how a value ends.
type ending int

const (
	wordEnds   ending = iota // with the next blank, or where an assignment follows
	proseEnds                // it may hold blanks: where prose goes on to something else
	argEnds                  // with the next blank and nothing else: it is a switch's
	markEnds                 // with its closing quotation mark
	tagEnds                  // with the next tag
	textEnds                 // with the text
	fieldEnds                // with a tab
	cookiesEnd               // with a tab or a quotation mark
)

// value is what may be a secret: where it begins and how it ends. Its end is not looked for before it is wanted: most
// values are none.
type value struct {
	from  int
	ends  ending
	mark  string // of markEnds
	sep   byte   // the separator before it
	loose bool   // a blank is before it
	pin   bool   // digits can be all of it
}

// quoted is a value that is in quotation marks; false when there are none at a place.
func quoted(s string, at int) (v value, ok bool) {
	if at >= len(s) {
		return value{}, false
	}
	open, end := quoteAt(s, at)
	return value{from: at + len(open), ends: markEnds, mark: end}, open != ""
}

// valueAt is the value behind a separator. Behind a blank it is prose and may hold blanks, unless it is that of a
// switch.
func valueAt(s string, at int, sep byte, isSwitch bool) value {
	from := skipBlanks(s, at)
	v, ok := quoted(s, from)
	if !ok {
		v = value{from: from}
		switch {
		case isSwitch:
			v.ends = argEnds
		case from > at:
			v.ends = proseEnds
		}
	}
	v.sep, v.loose = sep, from > at && !isSwitch
	return v
}

// end is where a value ends, and whether that is before a limit.
func (v value) end(s string, limit int) (to int, before bool) {
	limit = min(limit, len(s))
	to = v.from
	if v.ends == markEnds && to < limit && !strings.Contains(s[to:limit], v.mark) {
		return limit, limit == len(s)
	}
	for to < limit && !v.endsAt(s, to) {
		if v.ends == markEnds && to+1 < len(s) && v.jumps(s, to) {
			to++
		}
		to++
	}
	to = min(to, len(s))
	if to == limit && limit < len(s) {
		return to, false
	}
	switch v.ends {
	case wordEnds, argEnds:
		if strings.IndexByte(s[v.from:to], '(') < 0 { // of what the value is an argument of
			to = v.from + len(strings.TrimRight(s[v.from:to], ",)"))
		}
		return to, true
	case proseEnds:
	default:
		return to, true
	}
	return v.from + len(strings.TrimRight(s[v.from:to], " \t.,;")), true // what ends the sentence is not of it
}

// jumps reports whether a quotation mark that comes next does not end a quotation: one behind a backslash or a
// backtick, and a doubled one.
func (v value) jumps(s string, at int) bool {
	switch c := s[at]; {
	case c == '\\' || c == '`':
		return v.mark == `"` || v.mark == "'" && s[at+1] == '\'' && at+2 < len(s) && inName(s[at+2])
	case len(v.mark) == 1 && c == v.mark[0]:
		return true // endsAt has seen that it is doubled
	}
	return false
}

func (v value) endsAt(s string, i int) bool {
	c := s[i]
	switch v.ends {
	case textEnds:
		return false
	case tagEnds:
		return c == '<'
	case cookiesEnd:
		return c == '\t' || c == '"' || c == '\''
	case fieldEnds:
		return c == '\t'
	case markEnds:
		return strings.HasPrefix(s[i:], v.mark) && (len(v.mark) > 1 || !strings.HasPrefix(s[i+1:], v.mark)) &&
			!(v.mark == "'" && i+1 < len(s) && inName(s[i+1])) // it's
	}
	switch {
	case c == '\t':
		return true
	case c == ' ' && v.ends != proseEnds:
		return true
	case c == '"' && v.ends != proseEnds: // it opens before what the value stands in
		return i+1 == len(s) || strings.IndexByte(" \t,;:)]}/>", s[i+1]) >= 0
	case c == ' ':
		return strings.HasPrefix(s[i:], "  ") || strings.HasPrefix(s[i:], " MSI (") ||
			v.sep == '=' && nameAhead(s, i+1, 1) || v.sep == ':' && nameAhead(s, i+1, 2) ||
			!v.loose && i+1 < len(s) && (s[i+1] == '/' || s[i+1] == '-') ||
			s[i-1] == '.' && sentence(s, i+1) && strings.IndexByte(s[v.from:min(i, v.from+longestName)], ' ') < 0
	case c == '|' && v.sep == '|':
		return true
	case c == ';' || c == ',' || c == '|' || c == '&' && !strings.HasPrefix(s[i:], "&#"):
		return v.ends != argEnds && nameAhead(s, i+1, 3)
	case c == '<':
		return strings.HasPrefix(s[i:], "</") || strings.HasPrefix(s[i:], "<br")
	case c == '\\' || c == '`' || c == '&':
		const longest = 16 // of two line ends
		end := i
		for n := breakAt(s[i:]); n > 0 && end-i < longest; n = breakAt(s[end:]) {
			end += n
		}
		return end > i && nameAhead(s, end, 3) || strings.HasPrefix(s[i:], `\r\n`)
	}
	return false
}

func sentence(s string, at int) bool { return at < len(s) && s[at] >= 'A' && s[at] <= 'Z' }

// longestName bounds how long a name is, in bytes: a hostile line is not to cost more than its length.
const longestName = 64

// nameAhead reports whether a name of at most some words and an equals sign or a colon stand next, in quotation marks
// or not.
func nameAhead(s string, at, words int) bool {
	s = s[at:min(len(s), at+longestName)]
	i := skipBlanks(s, 0)
	for i < len(s) && strings.IndexByte(`"'{[\$`, s[i]) >= 0 {
		i++
	}
	for n := 0; n < words; n++ {
		from := i
		for i < len(s) && (inName(s[i]) || i > from && (s[i] == '-' || s[i] == '.')) {
			i++
		}
		if i == from || isDigit(s[from]) {
			return false
		}
		word := lowerASCII(s[from:i])
		for i < len(s) && strings.IndexByte(`"'\`, s[i]) >= 0 {
			i++
		}
		if i = skipBlanks(s, i); i < len(s) && (s[i] == '=' || s[i] == ':') {
			return true
		}
		if n == 0 && !ofSeveralWords.have(word) {
			return false
		}
	}
	return false
}

// ofSeveralWords are the first words of names of several words, as the fields of connection strings have them.
const ofSeveralWords words = `
	access application attach authentication connect connection current data database default error failover host
	confirm initial integrated load local max min multiple network new old packet persist pool server service source
	trust type user
	workstation your the azure backup security windows encryption proxy `
