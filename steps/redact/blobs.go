package redact

import "strings"

func base64Byte(c byte) bool { return inName(c) && c != '_' || c == '+' || c == '/' || c == '=' }

// breaks are how the ends of lines are written inside a line: JSON's, XML's, an address's and PowerShell's.
var breaks = []string{`\\r`, `\\n`, `\r`, `\n`, "`r", "`n", "&#10;", "&#13;", "&#xA;", "&#xD;", "&#xa;", "&#xd;",
	"%0A", "%0D", "%0a", "%0d", `\u000a`, `\u000d`, `\u000A`, `\u000D`}

func breakAt(s string) int {
	for _, b := range breaks {
		if strings.HasPrefix(s, b) {
			return len(b)
		}
	}
	return 0
}

// wrapped is how long the base64 is that a text begins with, over written line ends, and over blanks where asked.
func wrapped(s string, blanks bool) int {
	end := 0
	for i := 0; i < len(s); {
		switch n := 0; {
		case base64Byte(s[i]) || s[i] == '-' || s[i] == '_':
			i++
			end = i
			continue
		case strings.IndexByte("\\`&%", s[i]) >= 0:
			n = breakAt(s[i:])
			i += n
			if n > 0 {
				continue
			}
		case blanks && s[i] == ' ':
			i++
			continue
		}
		return end
	}
	return end
}

// How long pieces of base64 are, in characters.
const (
	anyKey     = 200 // what is longer is taken for a certificate or a key, as vault credentials hold them
	storageKey = 88  // 64 bytes: the key of a storage account
	wrapLines  = 64  // a line of PEM; 76 in what .NET wraps
	derObject  = 64  // a certificate or key may be no shorter

	base64OfHash = 44 // SHA-256, as Windows Installer logs it
)

// blobs finds pieces of base64 that are nothing but keys and certificates.
func blobs(s string) []part {
	var found []part
	for i := 0; i < len(s); i++ {
		from := i
		for i < len(s) && (base64Byte(s[i]) || s[i] == '-' || s[i] == '_') {
			if i++; s[i-1] == '=' && i < len(s) && s[i] != '=' {
				break // it ends a piece
			}
		}
		if i-from < 40 {
			if i < len(s) && i > from && s[i-1] == '=' {
				i-- // the next piece begins right here
			}
			continue
		}
		to := i
		if random(s[from:i]) {
			to = from + wrapped(s[from:], false)
		}
		if secretBlob(s, from, i, to) {
			found = append(found, part{from: from, to: to})
			i = to
		}
	}
	return found
}

// secretBlob reports whether a piece of base64 is secret; it ends at to, its first line at line.
func secretBlob(s string, from, line, to int) bool {
	b := s[from:line]
	path, name := strings.Count(b, "/"), strings.Count(b, "-")+strings.Count(b, "_")
	if hexOnly(b) || path > len(b)/10 || name > len(b)/10 || strings.Trim(b, b[:1]) == "" {
		return false
	}
	hash := ofHash(s[max(0, from-24):min(line, from+8)])
	switch {
	case strings.HasPrefix(b, "AQAAANCMnd8BFdERjHoA"): // DPAPI's provider, in base64
		return true
	case to > line && to-from >= anyKey:
		return true // it is random, or it would not have been read on
	case len(b) >= anyKey, strings.HasPrefix(b, "MII") && len(b) >= derObject && random(b):
		return true
	case hash || !random(b):
		return false
	case from == 0 && to == len(s): // a line of its own: one of a key; the hash of a file is shorter, or 44
		return len(b) != base64OfHash
	case len(b) == storageKey:
		return strings.HasSuffix(b, "==") && !strings.ContainsAny(b, "-_")
	case len(b) == wrapLines || len(b) == wrapLines+12:
		return line == len(s) || blankAt(s, line) > 0
	}
	return false
}

// ofHash reports whether a text says that a hash follows.
func ofHash(s string) bool {
	return hasAny(lowerASCII(s), []string{"sha", "hash", "digest", "checksum", "integrity"})
}

// random reports whether a text looks like one of random letters and digits: their kinds change far more often than in
// words put together.
func random(s string) bool {
	changes := 0
	for i := 1; i < len(s); i++ {
		if kinds[s[i]] != kinds[s[i-1]] {
			changes++
		}
	}
	return changes*100 > len(s)*45
}
