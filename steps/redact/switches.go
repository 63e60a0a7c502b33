package redact

import (
	"encoding/base64"
	"strings"
)

// argument is what a command line has at a place: a word, or what is in quotation marks. next is behind it.
type argument struct {
	from, to, next int
	quoted         bool
}

// longestArgument bounds how long an argument is, in bytes: no secret on a command line is longer.
const longestArgument = 4 << 10

func argumentAt(s string, at int) argument {
	from := skipBlanks(s, at)
	if v, ok := quoted(s, from); ok {
		to, _ := v.end(s, from+longestArgument)
		return argument{v.from, to, min(len(s), to+len(v.mark)), true}
	}
	to := from
	for to < min(len(s), from+longestArgument) && blankAt(s, to) == 0 && strings.IndexByte("|&;)", s[to]) < 0 {
		if strings.HasPrefix(s[to:], userMark) {
			to += max(0, strings.IndexByte(s[to:min(len(s), to+longestName)], ']'))
		}
		to++
	}
	return argument{from, to, to, false}
}

func (a argument) in(s string) string { return s[a.from:a.to] }

// letterSwitch is the value of -p, -P, /p, /rp and of -hp and -p with the value right behind, as archivers and database
// clients know them. What is plainly something else stays: a folder (MARSAgentInstaller's /p:"folder"), a patch
// (msiexec /p x.msp), a port, the next switch.
func letterSwitch(t text, at int) []part {
	if !opens(t.s, at) {
		return nil
	}
	end := at + 1
	for end < len(t.s) && isLetter(t.s[end]) && end-at < 3 && t.low[end] != 'p' {
		end++
	}
	end++ // behind the p
	if end > len(t.s) || t.low[end-1] != 'p' {
		return nil
	}
	if end < len(t.s) && blankAt(t.s, end) == 0 && t.s[end] != ':' && t.s[end] != '=' {
		return attached(t, at, end)
	}
	tight := end < len(t.s) && blankAt(t.s, end) == 0
	if tight {
		end++
	}
	if at > 0 && isQuote(t.s[at-1]) && tight { // "/p:my secret"
		if _, ok := quoted(t.s, end); !ok {
			v := value{from: end, ends: markEnds, mark: t.s[at-1 : at]}
			to, _ := v.end(t.s, len(t.s))
			return argument{from: end, to: to}.unlessPlain(t.s, tight)
		}
	}
	return argumentAt(t.s, end).unlessPlain(t.s, tight)
}

// attached is the value right behind -p and -hp, in the command lines of programs that read it so: -port is a word,
// -pSecret is not.
func attached(t text, at, end int) []part {
	word := t.low[at+1 : min(len(t.s), at+longestName)]
	if words(" pw pwd pass password passwd passphrase port path ").have(word[:wordEnd(word, 0)]) {
		return nil
	}
	if isQuote(t.s[end]) && at > 0 && t.s[at-1] == t.s[end] { // ["-p", "x"]
		next := skipBlanks(t.s, end+1)
		if next >= len(t.s) || t.s[next] != ',' {
			return nil
		}
		return argumentAt(t.s, next+1).unlessPlain(t.s, true)
	}
	if isQuote(t.s[end]) {
		return argumentAt(t.s, end).unlessPlain(t.s, true)
	}
	programs := []string{"mysql", "mariadb", "sqlcmd", "osql", "bcp", "7z", "rar", "plink", "pscp", "psexec", "sshpass"}
	if t.s[at] != '-' || !after(t, at, programs) {
		return nil
	}
	return argumentAt(t.s, end).unlessPlain(t.s, true)
}

// after reports whether the command line before a place is that of one of some programs.
func after(t text, at int, programs []string) bool {
	return hasAny(t.low[max(0, at-4*longestName):at], programs)
}

// encoded is a script that PowerShell is given in base64, behind any short form of -EncodedCommand: it may hold
// anything.
func encoded(t text, at int) []part {
	end := at + 1
	for end < len(t.s) && isLetter(t.s[end]) {
		end++
	}
	name := t.low[at+1 : end]
	if !opens(t.s, at) || name != "ec" && !strings.HasPrefix("encodedcommand", name) {
		return nil
	}
	from := skipBlanks(t.s, end)
	if from < len(t.s) && isQuote(t.s[from]) {
		from++
	}
	to := from
	for to < len(t.s) && base64Byte(t.s[to]) {
		to++
	}
	word := strings.TrimRight(t.s[from:to], "=")
	script, err := base64.RawStdEncoding.DecodeString(word[:len(word)-len(word)%4]) // it may be cut off
	utf16 := err == nil && len(script) >= 4 && script[1] == 0 && script[3] == 0
	if from == end || !utf16 && (len(name) < len("enc") || len(script) < 12) {
		return upTo(to)
	}
	return only(part{from: from, to: to})
}

// unlessPlain is an argument unless it is plainly no secret.
func (a argument) unlessPlain(s string, tight bool) []part {
	v := a.in(s)
	word := strings.ToLower(strings.Trim(v, ".,;:!?"))
	switch {
	case v == "" || v == "*" || !a.quoted && (v[0] == '-' || v[0] == '/'), masked(v), placeholder(v),
		stands(v, "password"):
		return nil
	case path(v), guid(v), file(word), nothing.have(word):
		return nil
	case !tight && (states.have(word) || port(v)):
		return nil
	}
	return only(part{from: a.from, to: a.to})
}

// port reports whether a value is a port, or two of them.
func port(v string) bool {
	from, to, two := strings.Cut(v, ":")
	return number(from) && len(from) <= 5 && (!two || number(to))
}

// opens reports whether an argument can begin at a place.
func opens(s string, at int) bool {
	return at == 0 || blankAt(s, at-1) > 0 || strings.IndexByte("\"'(,;|`[", s[at-1]) >= 0
}

// file reports whether a word is the name of a file that command lines of installers hold.
func file(word string) bool {
	dot := strings.LastIndexByte(word, '.')
	const endings words = " msp msi exe dll mst cab log txt xml zip ps1 cmd bat vbs cer crt pem pfx json ini reg "
	return dot > 0 && endings.have(word[dot+1:])
}

// principals are what stands before the slash in the name of a service, which has the host behind it and no secret.
const principals words = " host http https cifs ldap dns gc termsrv wsman rpcss mssqlsvc restrictedkrbhost "

// userSwitch is the secret of -u name:secret, and of -u name/secret as database clients read it.
func userSwitch(t text, at int) []part {
	if !opens(t.s, at) && t.s[at-1] != '-' && !strings.HasSuffix(t.low[:at], "-proxy") {
		return nil
	}
	end := at + 2
	if strings.HasPrefix(t.low[end:], "ser") {
		end += 3
	}
	if end >= len(t.s) {
		return nil
	}
	tight := t.s[end] == ':' || t.s[end] == '='
	if tight {
		end++
	} else if blankAt(t.s, end) == 0 && !after(t, at, []string{"curl"}) {
		return nil
	}
	a := argumentAt(t.s, end)
	v := a.in(t.s)
	colon := strings.IndexByte(v, ':')
	if name, secret, ok := strings.Cut(v, "/"); colon < 0 && ok && spelled(secret) &&
		strings.IndexByte(secret, '/') < 0 && !principals.have(strings.ToLower(name)) {
		colon = len(name)
	}
	if colon <= 0 || colon == len(v)-1 || v[0] == '-' || path(v) || number(v[:colon]) || masked(v[colon+1:]) {
		return nil
	}
	if strings.HasPrefix(v[colon:], "://") {
		return nil // an address
	}
	return only(part{from: a.from + colon + 1, to: a.to})
}

// secureString is what ConvertTo-SecureString is given: behind -String, by place, or through a pipe.
func secureString(t text, at int) []part {
	var found []part
	if head := strings.TrimRight(t.s[:at], " "); strings.HasSuffix(head, "|") {
		head = strings.TrimRight(head[:len(head)-1], " ")
		if n := len(head); n > 0 && isQuote(head[n-1]) {
			if from := strings.LastIndexByte(head[:n-1], head[n-1]); from >= 0 {
				found = only(part{from: from + 1, to: n - 1})
			}
		}
	}
	end := at + len("convertto-securestring")
	if rest, ok := strings.CutPrefix(t.low[end:], `): name="string"; value=`); ok { // as PowerShell logs it
		if v, ok := quoted(t.s, len(t.s)-len(rest)); ok {
			to, _ := v.end(t.s, len(t.s))
			return only(part{from: v.from, to: to})
		}
	}
	for n := 0; n < 8 && end < len(t.s) && blankAt(t.s, end) > 0; n++ {
		a := argumentAt(t.s, end)
		v := a.in(t.s)
		end = a.next
		switch {
		case v == "" || !a.quoted && strings.IndexByte("$(`^", v[0]) >= 0:
			return append(found, variable(t, at, lowerASCII(v))...)
		case !a.quoted && v[0] == '-':
			if colon := strings.IndexByte(v, ':'); colon > 0 {
				end = a.from + colon + 1
				if b := argumentAt(t.s, end); b.to > b.from {
					found, end = append(found, part{from: b.from, to: b.to}), b.next
				}
			}
		case !a.quoted && (states.have(lowerASCII(v)) || len(found) == 0 && strings.HasPrefix(v, ":")):
			return found // prose
		default:
			found = append(found, part{from: a.from, to: a.to})
		}
	}
	return found
}

// variable is what a variable was given before a place: $x = 'secret'.
func variable(t text, at int, name string) []part {
	const longest = 1 << 10
	start := max(0, at-longest)
	i := strings.LastIndex(t.low[start:at], name)
	if len(name) < 2 || len(name) > longestName || name[0] != '$' || i < 0 {
		return nil
	}
	from := skipBlanks(t.s, start+i+len(name))
	if from >= at || t.s[from] != '=' {
		return nil
	}
	v, ok := quoted(t.s, skipBlanks(t.s, from+1))
	if !ok {
		return nil
	}
	to, _ := v.end(t.s, at)
	return only(part{from: v.from, to: to})
}

// credentialCall is the password of PSCredential("name", "password") and NetworkCredential("name", "password",
// "domain").
func credentialCall(t text, at int) []part {
	first := skipBlanks(t.s, at+strings.IndexByte(t.s[at:], '(')+1)
	comma := first + strings.IndexByte(t.s[first:min(len(t.s), first+longestName)], ',') // behind a variable
	v, ok := quoted(t.s, first)
	if ok {
		to, _ := v.end(t.s, v.from+4*longestName)
		comma = skipBlanks(t.s, min(len(t.s), to+len(v.mark)))
	}
	if comma < first || comma >= len(t.s) || t.s[comma] != ',' {
		return nil
	}
	if v, ok = quoted(t.s, skipBlanks(t.s, comma+1)); !ok {
		return nil
	}
	to, _ := v.end(t.s, len(t.s))
	return only(part{from: v.from, to: to})
}
