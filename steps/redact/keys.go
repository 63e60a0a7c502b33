package redact

import "strings"

// keyStems are what the names of secret values have in them. They are looked for by hand, not by an expression: logs hold lines of
// hundreds of kilobytes, on which expressions with so many alternatives take seconds.
var keyStems = []string{"password", "passwd", "passphrase", "passcode", "pwd", "secret", "credential", "securitypin",
	"token", "accountkey", "account_key", "account-key", "accesskey", "access_key", "access-key", "apikey", "api_key", "api-key",
	"storagekey", "storage_key", "storage-key", "encryptionkey", "encryption_key", "encryption-key", "primarykey", "primary_key", "primary-key",
	"secondarykey", "secondary_key", "secondary-key", "privatekey", "private_key", "private-key", "masterkey", "master_key", "master-key",
	"proxypw", "proxypass", "security pin", "account key", "access key", "api key", "storage key", "encryption key", "primary key",
	"secondary key", "private key", "master key"}

// publicToken is the one token that installers' logs are full of, and that is no secret.
const publicToken = "publickeytoken"

// part of a text, in bytes.
type span struct{ from, to int }

// keyed finds the values of secret names in a line: name=value, name: value, "name": "value", \"name\":\"value\", name="name"
// value="value", <name>value</name>, -name value, name 'value'. It rather takes too much than too little.
func keyed(s, low string) []span {
	var found []span
	for _, stem := range keyStems {
		for at := 0; ; {
			i := strings.Index(low[at:], stem)
			if i < 0 {
				break
			}
			i += at
			at = i + len(stem)
			if stem == "token" && strings.HasSuffix(low[:at], publicToken) {
				continue
			}
			if v := valueOf(s, i, at); v.to > v.from {
				found = append(found, v)
				at = v.to // what lies in it goes with it, and no line makes this loop look at anything twice
			}
		}
	}
	return found
}

// How long a name, and the attributes of an element, may be, in bytes: a hostile line is not to cost more than its length.
const (
	longestName       = 64
	longestAttributes = 4 << 10
)

// valueOf is the value that belongs to a name of which a part lies between from and to; empty when none does.
func valueOf(s string, from, to int) span {
	for end := min(len(s), to+longestName); to < end && nameByte(s[to]); {
		to++
	}
	for end := max(0, from-longestName); from > end && (nameByte(s[from-1]) || s[from-1] == ':' || s[from-1] == '-'); {
		from--
	}
	if from > 0 && s[from-1] == '<' {
		return elementOf(s, to)
	}
	name := to
	to = skipBlanks(s, pastQuote(s, to))
	if to > name && s[name] != ' ' && strings.HasPrefix(lowerASCII(s[to:min(len(s), to+len("value"))]), "value") {
		to = skipBlanks(s, to+len("value")) // of an element whose attributes are a name and its value
	}
	switch {
	case to >= len(s):
		return span{}
	case s[to] == ':' || s[to] == '=':
		if to++; to < len(s) && s[to] == '>' {
			to++
		}
		return valueAt(s, to)
	case to > name && s[name] == ' ' && (isQuote(s[to]) || isSwitch(s, from)):
		return valueAt(s, to)
	}
	return span{}
}

// isSwitch tells whether what begins at a place is a switch, such as /name or --name.
func isSwitch(s string, at int) bool {
	if at > 0 && s[at-1] == '/' {
		at--
	} else if at >= len(s) || s[at] != '-' {
		return false
	}
	return at == 0 || strings.IndexByte(" \t\"'(,", s[at-1]) >= 0
}

func isQuote(c byte) bool { return c == '"' || c == '\'' }

// pastQuote is behind a quotation mark, with or without a backslash before it; without one it is the place itself.
func pastQuote(s string, at int) int {
	i := at
	for i < len(s) && s[i] == '\\' {
		i++
	}
	if i < len(s) && isQuote(s[i]) {
		return i + 1
	}
	return at
}

// valueAt is the value behind a separator. One in quotation marks ends with them; one behind a blank is prose or a property and may hold
// blanks: it ends with its field.
func valueAt(s string, at int) span {
	from := at
	for from < len(s) && (s[from] == ' ' || s[from] == '\t') {
		from++
	}
	if from >= len(s) {
		return span{}
	}
	inside := pastQuote(s, from)
	switch {
	case inside > from+1: // one in a text that is quoted itself
		return span{inside, before(s, inside, `\`)}
	case inside > from:
		return span{inside, closing(s, inside, s[from])}
	case from > at:
		return span{from, before(s, from, "\t")}
	}
	return span{from, before(s, from, " \t")}
}

// elementOf is the text of an element of XML whose name ends at a place.
func elementOf(s string, at int) span {
	start := s[:min(len(s), at+longestAttributes)]
	open := before(start, at, ">")
	if open >= len(start) || s[open-1] == '/' {
		return span{}
	}
	return span{open + 1, before(s, open+1, "<")}
}

// closing is where a quotation ends; behind a backslash nothing does. One without an end goes to the end of the line.
func closing(s string, at int, quote byte) int {
	for ; at < len(s) && s[at] != quote; at++ {
		if s[at] == '\\' && quote == '"' {
			at++
		}
	}
	return min(at, len(s))
}

// before is where the next of some characters stands, or the end.
func before(s string, at int, any string) int {
	if i := strings.IndexAny(s[at:], any); i >= 0 {
		return at + i
	}
	return len(s)
}

func skipBlanks(s string, at int) int {
	for at < len(s) && s[at] == ' ' {
		at++
	}
	return at
}

func nameByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_'
}

// inURLs finds the passwords of addresses: scheme://user:password@host.
func inURLs(s string) []span {
	var found []span
	for at := 0; ; {
		i := strings.Index(s[at:], "://")
		if i < 0 {
			return found
		}
		from := at + i + len("://")
		at = before(s, from, " \t/\"'<>?#")
		host := strings.LastIndexByte(s[from:at], '@')
		if host < 0 {
			continue
		}
		if colon := strings.IndexByte(s[from:from+host], ':'); colon >= 0 {
			found = append(found, span{from + colon + 1, from + host})
		}
	}
}

// longestPlain is how long a piece of base64 may be before it is taken for a certificate or a key, as vault credentials hold them.
const longestPlain = 200

// blobs finds pieces of base64 that are too long for anything else.
func blobs(s string) []span {
	var found []span
	for i := 0; i+longestPlain <= len(s); i++ {
		from := i
		for i < len(s) && base64Byte(s[i]) {
			i++
		}
		if i-from >= longestPlain {
			found = append(found, span{from, i})
		}
	}
	return found
}

func base64Byte(c byte) bool {
	return c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '+' || c == '/' || c == '='
}

// lowerASCII is s with its ASCII letters in lower case: every byte keeps its place.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
