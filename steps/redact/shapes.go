package redact

import (
	"regexp"
	"strings"
)

// shape is one way in which a secret stands in a log: an expression whose first group is the secret, and words of which one must be in
// the line, in lower case, for the expression to be worth trying: most lines hold none, and looking for words is far cheaper.
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

// spans are the secrets of this shape in a line.
func (s *secret) spans(line string) []span {
	var found []span
	for _, m := range s.find.FindAllStringSubmatchIndex(line, -1) {
		found = append(found, span{m[2], m[3]})
	}
	return found
}

var (
	// secretShapes are tried before anything else; they rather take too much than too little.
	secretShapes = []shape{
		// Switches: /pw:value, /pw "a value", -password=value. The MARS Agent's installer knows /pw for the proxy's password.
		{[]string{"\"/p", "\"-p"}, `(?i)"[/-](?:pw|pwd|pass(?:word|wd|phrase)?)\s*[:=]\s*([^"]*)"`},
		{[]string{"/pw", "-pw", "/pass", "-pass"},
			`(?i)(?:^|[\s"'(,])[/-](?:pw|pwd|pass(?:word|wd|phrase)?)(?:\s*[:=]\s*|\s+)("(?:[^"\\]|\\.)*(?:"|$)|'[^']*(?:'|$)|\S+)`},
		{[]string{"pw", "pass="}, `(?i)(?:^|[\s"'(,;?&*])(?:pw\s*[:=]|pass\s*=)\s*("[^"]*(?:"|$)|'[^']*(?:'|$)|\S+)`},
		// "PROPERTY CHANGE: Adding PROXYPASSWORD property. Its value is 'value'."
		{[]string{" property. its "}, `(?i)(?:pass|pw|secret|token|credential)\w* property\.(.*)`},
		{[]string{"authorization"}, `(?i)authorization["']?\s*[:=]\s*["']?([^\t]+)`},
		{[]string{"cookie"}, `(?i)cookie["']?\s*[:=]\s*["']?([^\t]+)`},
		{[]string{"bearer ", "basic "}, `(?i)\b(?:bearer|basic)\s+([A-Za-z0-9+/=._~-]{16,})`},
		{[]string{"eyj"}, `\b(eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)?)`},
		{[]string{"sig="}, `(?i)\bsig=([^\s&"'<>]+)`},
	}

	// userShapes are where user names stand.
	userShapes = []shape{
		{[]string{"users", "settings", "profiles"}, `(?i)[\\/](?:Users|Documents and Settings|Profiles)[\\/]([^\\/:*?"<>|\t]+)[\\/]`},
		{[]string{"users", "settings", "profiles"}, `(?i)[\\/](?:Users|Documents and Settings|Profiles)[\\/]([^\\/:*?"<>|\s']+)`},
		{[]string{"/pu", "-pu"}, `(?i)(?:^|[\s"'(,])[/-]pu(?:\s*[:=]\s*|\s+)("[^"]*(?:"|$)|\S+)`},
		{[]string{"user"}, `(?i)User(?: ?name| ?id)?["']?\s*[:=]\s*["']?([^\t"',;\s][^\t"',;]*)`},
		{[]string{"s-1-5-21-", "s-1-12-1-"}, `(?i)\b(S-1-(?:5-21|12-1)(?:-\d+){3,})`},
		{[]string{"@"}, `([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+\.[A-Za-z0-9.-]+)`},
	}
)
