package redact

import (
	"encoding/base64"
	"strings"
)

// schemes are how requests authenticate themselves. Which one it is stays.
const schemes words = `
	basic bearer digest negotiate ntlm sharedkey sharedkeylite sharedaccesssignature token apikey aws4-hmac-sha256
	hmac-sha256 mac hawk `

// authorization is what a header of that name carries.
func authorization(t text, at int) []part {
	n := name{from: at, to: nameAround(t, at).to, kind: key, word: "authorization"}
	if hasSuffix(t.low[at:n.to], notSecret) {
		return nil // authorization_uri: where to ask
	}
	v, ok := n.assigned(t)
	if !ok {
		if v, ok = n.argument(t); !ok { // Add("Authorization", "Bearer x")
			return nil
		}
	}
	end := v.from
	for end < len(t.s) && (inName(t.s[end]) || t.s[end] == '-') {
		end++
	}
	if schemes.have(t.low[v.from:end]) && blankAt(t.s, end) > 0 {
		several := v.from < len(t.s) && (t.low[v.from] == 'd' || strings.HasPrefix(t.low[v.from:], "aws4"))
		v.from = skipBlanks(t.s, end)
		if v.ends != markEnds {
			v.ends = wordEnds
			if several {
				v.ends = fieldEnds
			}
		}
		v.loose = false
	}
	return n.unless(t, v)
}

// cookie is what a header of that name carries.
func cookie(t text, at int) []part {
	n := name{from: at, to: at + len("cookie"), kind: key, word: "cookie"}
	if strings.HasPrefix(t.s[n.to:], "s") {
		n.to++
	}
	v, ok := n.assigned(t)
	if !ok {
		return nil
	}
	word := v.from
	for word < len(t.s) && word-v.from < longestName && (inName(t.s[word]) || strings.IndexByte("-.", t.s[word]) >= 0) {
		word++
	}
	if word == v.from || word >= len(t.s) || t.s[word] != '=' {
		return nil // no cookie begins here
	}
	if v.ends == proseEnds || v.ends == wordEnds {
		v = value{from: v.from, ends: cookiesEnd}
	}
	return n.unless(t, v)
}

// scheme is a credential without the name of its header: Bearer x.
func scheme(t text, at int) []part {
	if !wordStart(t.s, at) {
		return nil
	}
	end := at
	for end < len(t.s) && isLetter(t.s[end]) {
		end++
	}
	from := skipBlanks(t.s, end)
	if from == end {
		return nil
	}
	to := from
	for to < len(t.s) && (base64Byte(t.s[to]) || strings.IndexByte("._~:-%", t.s[to]) >= 0) {
		to++
	}
	token := strings.TrimRight(t.s[from:to], ".:")
	switch t.low[at:end] {
	case "sharedkey", "sharedkeylite":
		colon := strings.IndexByte(token, ':')
		if colon <= 0 {
			return nil
		}
		from, token = from+colon+1, token[colon+1:]
	case "basic":
		plain, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(token, "="))
		if err == nil && len(token) >= 4 && printablePair(plain) {
			return only(part{from: from, to: from + len(token)})
		}
	}
	if strings.HasSuffix(token, "=") && to < len(t.s) && isQuote(t.s[to]) && !hasDigit(token) {
		return nil // what the server asks for: authorization_uri="x"
	}
	if len(token) < 16 || !strings.ContainsAny(token, "0123456789=") || guid(token) {
		return nil
	}
	return only(part{from: from, to: from + len(token)})
}

// printablePair reports whether a text is name:password.
func printablePair(b []byte) bool {
	colon := false
	for _, c := range b {
		if c < ' ' || c == 0x7f {
			return false
		}
		colon = colon || c == ':'
	}
	return colon
}

// signature is that of a shared access signature.
func signature(t text, at int) []part {
	if !wordStart(t.s, at) {
		return nil
	}
	end := at + len("sig")
	if at > 0 && isQuote(t.s[at-1]) && end < len(t.s) && t.s[end] == t.s[at-1] { // "sig": "x"
		if end = skipBlanks(t.s, end+1); end < len(t.s) && t.s[end] == ':' {
			if v, ok := quoted(t.s, skipBlanks(t.s, end+1)); ok {
				to, _ := v.end(t.s, len(t.s))
				return only(part{from: v.from, to: to})
			}
		}
		return nil
	}
	if end = skipBlanks(t.s, end); end >= len(t.s) || t.s[end] != '=' {
		return nil
	}
	return queryValue(t.s, skipBlanks(t.s, end+1))
}

// queried are names of fields that carry secrets in an address. Elsewhere they are results, keys of the registry and
// checks of files.
const queried words = " code key auth signature x-amz-signature x-goog-signature "

// query is what such a field carries. at is where the equals sign stands or the end of the name.
func query(t text, at int) []part {
	to := at + strings.IndexByte(t.s[at:], '=')
	from := at
	for from > 0 && to-from < longestName && (inName(t.s[from-1]) || t.s[from-1] == '-') {
		from--
	}
	own := strings.HasPrefix(t.low[from:], "x-") // a name like no other
	if !own && (from == 0 || t.s[from-1] != '?' && t.s[from-1] != '&') || !queried.have(t.low[from:to]) {
		return nil
	}
	return queryValue(t.s, to+1)
}

// pair is what a field of that name carries when it is name:password, in base64 or not.
func pair(t text, at int) []part {
	n := nameAround(t, at)
	if !strings.HasSuffix(n.word, "auth") {
		return nil
	}
	v, ok := n.assigned(t)
	if !ok {
		return nil
	}
	to, _ := v.end(t.s, v.from+4*longestName)
	word := t.s[v.from:to]
	if ofBase64(word) {
		plain, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(word, "="))
		if err == nil && len(word) >= 4 && printablePair(plain) {
			return only(part{from: v.from, to: to})
		}
	}
	if colon := strings.IndexByte(word, ':'); colon > 0 && spelled(word[colon+1:]) && !path(word) {
		return only(part{from: v.from + colon + 1, to: to})
	}
	return nil
}

func queryValue(s string, at int) []part {
	if v, ok := quoted(s, at); ok {
		to, _ := v.end(s, len(s))
		return only(part{from: v.from, to: to})
	}
	to := at
	for to < len(s) && strings.IndexByte("&\"'<>;, \t#)]}|\\`", s[to]) < 0 {
		if to++; to == at+longestName && path(s[at:to]) {
			return nil
		}
	}
	v := s[at:to]
	if code(v) || number(v) && len(v) <= 5 || masked(v) || placeholder(v) || path(s[at:min(len(s), to+1)]) {
		return nil
	}
	return only(part{from: at, to: to})
}

// address is the password of scheme://user:password@host. It may hold what an address does not allow: it goes to the
// last @.
func address(t text, at int) []part {
	const longestUser, longestAddress = 128, 2 << 10
	from := at + len("://")
	colon := from
	for colon < len(t.s) && colon-from < longestUser && strings.IndexByte(":/?#@ \t\"'<>\\", t.s[colon]) < 0 {
		colon++
	}
	if colon < len(t.s) && t.s[colon] == '@' && colon-from >= 20 && spelled(t.s[from:colon]) {
		return only(part{from: from, to: colon}) // a token in the place of the user
	}
	if colon >= len(t.s) || t.s[colon] != ':' {
		return nil
	}
	end := colon + 1
	host := -1
	for end < min(len(t.s), from+longestAddress) && strings.IndexByte(" \t\"<>", t.s[end]) < 0 {
		if strings.HasPrefix(t.s[end:], "://") {
			break
		}
		if t.s[end] == '@' && end+1 < len(t.s) && (inName(t.s[end+1]) || t.s[end+1] == '[' || t.s[end+1] >= 0x80) {
			host = end
		}
		end++
	}
	if host < 0 || portThenPath(t.s[colon+1:host]) {
		return nil
	}
	return only(part{from: colon + 1, to: host})
}

// portThenPath reports whether what looks like a password is a port and the beginning of a path with an @ in it.
func portThenPath(s string) bool {
	slash := strings.IndexByte(s, '/')
	return slash > 0 && slash <= 5 && number(s[:slash])
}

// login is the password of user:password@host:port, an address without its scheme; behind the word proxy it may lack
// the port.
func login(t text, at int) []part {
	host := at + 1
	for host < len(t.s) && (inName(t.s[host]) || strings.IndexByte(".-", t.s[host]) >= 0) {
		host++
	}
	from := at
	for from > 0 && at-from < longestName && strings.IndexByte(" \t\"'<>=/,;(", t.s[from-1]) < 0 {
		from--
	}
	ported := host+1 < len(t.s) && t.s[host] == ':' && isDigit(t.s[host+1])
	share := strings.HasPrefix(t.s[from:], `\\`)
	if host == at+1 || !ported && !share && !strings.Contains(t.low[max(0, from-longestName):from], "proxy") {
		return nil
	}
	colon := strings.IndexByte(t.s[from:at], ':')
	if colon <= 0 {
		return nil
	}
	return only(part{from: from + colon + 1, to: at})
}

// oracle is the password of name/password@database, as Oracle's programs read it.
func oracle(t text, at int) []part {
	from := at
	for from > 0 && at-from < longestName && strings.IndexByte(" \t\"'/@\\", t.s[from-1]) < 0 {
		from--
	}
	programs := []string{"sqlplus", "oracle:thin:", "expdp", "impdp", "rman", "sqlldr"}
	if from < 2 || from == at || t.s[from-1] != '/' || !inName(t.s[from-2]) || !after(t, from, programs) {
		return nil
	}
	return only(part{from: from, to: at})
}
