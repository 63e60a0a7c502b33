package steps

import (
	"regexp"
	"strings"
)

// shape is one way in which a secret stands in a log: an expression whose first group is the secret, and words of which one must be in
// the line, in lower case, for the expression to be worth trying.
type shape struct {
	needles []string
	find    string
}

// secret is a shape that is ready to be searched for.
type secret struct {
	needles []string
	find    *regexp.Regexp
}

func compile(shapes []shape) []secret {
	out := make([]secret, len(shapes))
	for i, sh := range shapes {
		out[i] = secret{sh.needles, regexp.MustCompile(sh.find)}
	}
	return out
}

func (s *secret) worth(low string) bool {
	for _, n := range s.needles {
		if strings.Contains(low, n) {
			return true
		}
	}
	return false
}

const (
	// secretKey is a name whose value is secret. "PublicKeyToken" of an assembly is none, and installers' logs are full of it.
	secretKey = `(?:pass(?:word|wd|phrase|code)|pwd|secret|credential|securitypin|` +
		`(?:access|refresh|auth|bearer|sas|security|id|session|device|\b)[_-]?token|` +
		`(?:account|access|api|storage|encryption|primary|secondary|private|master)[_-]?key)\w{0,24}`
	// inDouble is a value between quotation marks; without a closing one it goes to the end of the line.
	inDouble = `"((?:[^"\\]|\\.)*)(?:"|$)`
	inSingle = `'([^']*)(?:'|$)`
)

var (
	keyNeedles = []string{"pass", "pwd", "secret", "credential", "securitypin", "token", "key"}

	// secretShapes are tried in this order; what one has taken out the next leaves alone. They rather take too much than too little.
	secretShapes = []shape{
		// Switches: /pw:value, /pw "a value", -password=value. The MARS Agent's installer knows /pw for the proxy's password.
		{[]string{"pw", "pass"}, `(?i)(?:^|[\s"'(,])[/-](?:pw|pwd|pass(?:word|wd|phrase)?)(?:\s*[:=]\s*|\s+)("(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$)|\S+)`},
		// "Property(S): PROXYPASSWORD = value" and "PROPERTY CHANGE: Adding PROXYPASSWORD property. Its value is 'value'."
		{[]string{"property"}, `(?i)\b\w*(?:pass|pwd|secret|token|credential)\w* property\.(.*)`},
		{keyNeedles, `(?i)` + secretKey + `["']?\s*[:=]\s*` + inDouble},
		{keyNeedles, `(?i)` + secretKey + `["']?\s*[:=]\s*` + inSingle},
		{keyNeedles, `(?i)<(?:\w+:)?\w*` + secretKey + `(?:\s[^>]*)?>([^<]*)`},
		// A separator with a blank behind it is prose or a property: the value may hold blanks too, and ends with its field.
		{keyNeedles, `(?i)` + secretKey + `\s*[:=]\s+([^\t"'\s][^\t]*)`},
		{keyNeedles, `(?i)` + secretKey + `\s*[:=]([^\s"']\S*)`},
		{[]string{"authorization"}, `(?i)authorization["']?\s*[:=]\s*["']?([^\t]+)`},
		{[]string{"bearer", "basic"}, `(?i)\b(?:bearer|basic)\s+([A-Za-z0-9+/=._~-]{16,})`},
		{[]string{"eyj"}, `\b(eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?)`},
		{[]string{"://"}, `(?i)\b[a-z][a-z0-9+.-]*://[^\s/:@"'<>]*:([^\s/"'<>]+)@`},
		{[]string{"sig="}, `(?i)\bsig=([^\s&"'<>]+)`},
		// Certificates and keys in one piece, as vault credentials hold them.
		{[]string{""}, `([A-Za-z0-9+/]{200,}={0,2})`},
	}

	// userShapes are where user names stand.
	userShapes = []shape{
		{[]string{"users", "settings", "profiles"}, `(?i)[\\/](?:Users|Documents and Settings|Profiles)[\\/]([^\\/:*?"<>|\t]+)[\\/]`},
		{[]string{"users", "settings", "profiles"}, `(?i)[\\/](?:Users|Documents and Settings|Profiles)[\\/]([^\\/:*?"<>|\s']+)`},
		{[]string{"/pu", "-pu"}, `(?i)(?:^|[\s"'(,])[/-]pu(?:\s*[:=]\s*|\s+)("[^"]*(?:"|$)|\S+)`},
		{[]string{"user"}, `(?i)\b(?:LogonUser|UserName|LoggedOnUser|User(?: ?name| ?id)?)["']?\s*[:=]\s*["']?([^\t"',;\s][^\t"',;]*)`},
		{[]string{"s-1-5-21-"}, `(?i)\b(S-1-5-21(?:-\d+){3,})`},
		{[]string{"@"}, `([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+)`},
	}
)
