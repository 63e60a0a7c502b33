package redact

import (
	"slices"
	"strings"
)

// participles stand behind a name, before what joins it and its value.
var participles = []string{" used", " entered", " typed", " given", " generated"}

// doings stand between a name and its separator, besides.
var doings = []string{" set", " changed", " saved", " stored", " created", " updated", " reset", " confirm",
	" confirmation", " again", " bestätigen", " wiederholen", " eingeben", " geändert", " gesetzt", " gespeichert",
	" modifié", " changé", " enregistré"}

// refusals stand there as well, more often before a reason than before the secret.
var refusals = []string{" rejected", " mismatch", " incorrect", " invalid", " wrong", " refused"}

// prepositions stand between a name and whose secret it is.
var prepositions = []string{" for ", " of ", " für ", " von ", " vom ", " des ", " de ", " du ", " do ", " da ", " del ",
	" van ", " voor ", " för ", " til ", " dla ", " для "}

func hasPrefix(s string, begins []string) bool {
	return slices.ContainsFunc(begins, func(b string) bool { return strings.HasPrefix(s, b) })
}

// copulas join a name and its value in prose.
var copulas = []string{" is set to", " was set to", " was changed to", " was reset to",
	" has been set to", " has been changed to", " set to", " changed to", " reset to", " is now", " is", " was",
	" lautet", " ist", " war", " est", " es", " è", " é", " är", " er", " je", " jest", " was changed from",
	" changed from", " reset from"}

// said is the value that prose tells: the password is x, password x.
func (n name) said(t text) []part {
	at := n.to
	if at < len(t.s) && isQuote(t.s[at]) {
		at++
	}
	at += n.whose(t.low[at:])
	for _, p := range participles {
		if strings.HasPrefix(t.low[at:], p) {
			at += len(p)
			break
		}
	}
	for _, c := range copulas {
		if rest, ok := strings.CutPrefix(t.low[at:], c); ok && rest != "" && (rest[0] == ' ' || rest[0] == ':') {
			v := valueAt(t.s, len(t.s)-len(rest)+1, ':', false)
			v.loose = true
			return n.changed(t, n.told(t, v))
		}
	}
	if found := n.assignedInProse(t); len(found) > 0 {
		return found
	}
	from := skipBlanks(t.s, n.to)
	word := wordAt(t.s, from)
	digits := len(word) >= 4 && len(word) <= 12 && strings.Trim(word, "0123456789") == ""
	pin := hasSuffix(n.word, pins) && digits
	shortOne := n.kind == short && (strings.HasSuffix(n.word, "pw") || // PASS x: as FTP and POP3 send it
		t.s[n.from:n.to] == "PASS" && hasSuffix(strings.TrimRight(t.low[:n.from], " "), []string{">", "ftp:", "pop3:"}))
	if from > n.to && n.kind == key && issued(word) {
		return only(part{from: from, to: from + len(word)})
	}
	if from > n.to && ((n.kind == password || shortOne) && spelled(word) && !file(word) || pin) {
		return only(part{from: from, to: from + len(word)})
	}
	return nil
}

// issued reports whether a word of prose looks like a key or a token that somebody was given: letters and digits mixed.
func issued(word string) bool {
	const least = 8
	digits := strings.ContainsAny(word, "0123456789")
	return len(word) >= least && digits && spelled(word) && !file(word) && !strings.ContainsAny(word, `.:\()[]{}<>"'`)
}

// whose is how long the words are that tell whose secret it is, before a copula: for bob, of the machine SRV1.
func (n name) whose(after string) int {
	const most = 4 // words
	if n.kind != password || !hasPrefix(after, prepositions) {
		return 0
	}
	for at, words := 0, 0; words <= most; words++ {
		if at += 1 + wordEnd(after[at+1:min(len(after), at+longestName)], 0); at >= len(after) || after[at] != ' ' ||
			strings.IndexByte(".,;:!?", after[at-1]) >= 0 {
			return 0
		}
		if words > 0 && hasPrefix(after[at:], copulas) {
			return at
		}
	}
	return 0
}

// joins stand between a name and its value as well, and more often before something else: what follows has to look like
// a secret.
var joins = []string{" has value", " has the value", " returned", "() returned", "() returns", " property is",
	" value is", " wurde auf"}

// settings stand before a name and make what stands behind "to" its value.
var settings = []string{"set ", "setting ", "setting property ", "set property ", "changing ", "changed "}

// assignedInProse is the value that prose gives a name: Setting Password to x, GetPassword() returned x.
func (n name) assignedInProse(t text) []part {
	all := joins
	if hasSuffix(t.low[max(0, n.from-longestName):n.from], settings) {
		all = []string{" to"}
	}
	for _, join := range all {
		rest, ok := strings.CutPrefix(t.low[n.to:], join)
		if !ok || rest == "" || rest[0] != ' ' && rest[0] != ':' {
			continue
		}
		v := valueAt(t.s, len(t.s)-len(rest)+1, ':', false)
		word := wordAt(t.s, v.from)
		if v.ends == markEnds {
			v.loose = true
			return n.unless(t, v)
		}
		if spelled(word) && !file(word) {
			return only(part{from: v.from, to: v.from + len(word)})
		}
	}
	return nil
}

// changed are a value and the one that it was changed to, if that stands behind it: changed from 'x' to 'y'.
func (n name) changed(t text, found []part) []part {
	const then = "' to '"
	if len(found) == 0 || !strings.HasPrefix(t.s[found[0].to:], then) {
		return found
	}
	from := found[0].to + len(then)
	return append(found, n.unless(t, value{from: from, ends: markEnds, mark: "'"})...)
}

// told is a value that prose tells, if it looks like one and not like what the sentence says of the secret.
func (n name) told(t text, v value) []part {
	if v.ends == markEnds {
		return n.unless(t, v)
	}
	word := wordAt(t.s, v.from)
	low := strings.ToLower(strings.Trim(word, ".,;:!?()\"'"))
	phrase := strings.Contains(n.word, "phrase") && strings.Contains(t.s[v.from:], " ") && !remark(t.s[v.from:])
	switch {
	case phrase:
		v.ends = proseEnds
		to, _ := v.end(t.s, len(t.s))
		return only(part{from: v.from, to: to})
	case hasSuffix(n.word, pins) && len(word) >= 4 && number(word):
	case !spelled(word) && (n.kind != password || nothing.have(low) ||
		states.have(low) && remark(t.s[v.from:])):
		return nil
	}
	return only(part{from: v.from, to: moreWords(t.s, v.from+len(word))})
}

// moreWords is where a secret ends that prose tells and that may be of several words: before a word that goes on with
// the sentence, a mark, or what has a name of its own.
func moreWords(s string, to int) int {
	const most = 4
	for range most {
		word := ""
		if to < len(s) && s[to] == ' ' && !nameAhead(s, to+1, 3) {
			word = wordAt(s, to+1)
		}
		low := strings.ToLower(word)
		if word == "" || strings.IndexByte(`("'[{<-=/`, word[0]) >= 0 || states.have(low) || nothing.have(low) ||
			goesOn.have(low) {
			return to
		}
		to += len(" ") + len(word)
	}
	return to
}

// goesOn are words with which a sentence goes on behind a secret, beside those that tell of its state.
const goesOn words = " of so since please thanks user account instead here there again only yet i he she we one oder aber bitte auf mit et mais "

// wordAt is the word of prose at a place, without what ends a sentence.
func wordAt(s string, at int) string {
	const longest = 2 * longestName
	s = s[at:min(len(s), at+longest)]
	return strings.TrimRight(s[:wordEnd(s, 0)], ".,;:")
}

func isQuote(c byte) bool { return c == '"' || c == '\'' }
