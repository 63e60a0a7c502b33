package redact

import "strings"

// position is a command whose secret is told from its other arguments by its place alone.
type position struct {
	command string // the end of what stands before its arguments, in lower case
	before  int    // how many arguments stand before the secret, switches not counted
	of      string // the program, where the command is a switch that others have as well
}

var positions = []position{
	{"/setcredentials ", 4, ""}, {"autologon ", 2, ""}, {"autologon.exe ", 2, ""}, {"autologon64.exe ", 2, ""},
	{"auth plain ", 0, ""}, {"auth login ", 0, ""}, {"identified by ", 0, ""},
	{"-a ", 1, "ldifde"}, {"-b ", 2, "ldifde"}, {"-a ", 1, "csvde"}, {"-b ", 2, "csvde"},
	{"-w ", 0, "ldap"}, {"-a ", 0, "redis-cli"}, {"/pd:", 0, "netdom"}, {"/po:", 0, "netdom"}, {" key=", 0, "netsh"},
	{"-k ", 0, "openssl"}, {"-n ", 0, "ssh-keygen"}, {"-c ", 0, "snmp"}, {"snmp-server community ", 0, ""},
	{"rocommunity ", 0, ""}, {"rwcommunity ", 0, ""},
}

// find is the secret of a command that stands at a place.
func (p position) find(t text, at int) []part {
	end := at + len(p.command)
	if !opens(t.s, at) && t.s[at] != ' ' || !after(t, at, []string{p.of}) {
		return nil
	}
	for seen := 0; ; seen++ {
		a := argumentAt(t.s, end)
		switch v := a.in(t.s); {
		case v == "" || end == a.next:
			return nil
		case !a.quoted && v[0] == '/':
			seen--
		case seen == p.before:
			if p.before == 0 && p.of == "" && !a.quoted && !spelled(v) && !strings.HasSuffix(v, "=") {
				return nil // prose: auth login failed
			}
			return a.unlessPlain(t.s, false)
		case states.have(lowerASCII(v)):
			return nil
		}
		end = a.next
	}
}

// netUse is the password of net use X: \\server\share password /user:name, which may also stand behind the name.
func netUse(t text, at int) []part {
	end, ok := verb(t, at, "use")
	if !ok {
		return nil
	}
	for seen := 0; seen < 10; seen++ {
		a := argumentAt(t.s, end)
		v := a.in(t.s)
		switch {
		case v == "":
			return nil
		case strings.HasPrefix(v, `\`), v == "*" && seen == 0, !a.quoted && v[0] == '/':
		case len(v) == 2 && v[1] == ':', len(v) == 4 && strings.EqualFold(v[:3], "lpt"):
		case seen == 0:
			return nil // prose
		default:
			return a.unlessPlain(t.s, false)
		}
		end = a.next
	}
	return nil
}

// netUser is the password of net user name password.
func netUser(t text, at int) []part {
	end, ok := verb(t, at, "user")
	if !ok {
		return nil
	}
	who := argumentAt(t.s, end)
	for end < who.next && strings.HasPrefix(who.in(t.s), "/") {
		end = who.next
		who = argumentAt(t.s, end)
	}
	v := lowerASCII(who.in(t.s))
	if v == "" || states.have(v) || words(" command account name ").have(v) {
		return nil
	}
	a := argumentAt(t.s, who.next)
	for !a.quoted && a.next > who.next && strings.HasPrefix(a.in(t.s), "/") {
		who = a
		a = argumentAt(t.s, who.next)
	}
	return a.unlessPlain(t.s, false)
}

// verb is the end of the word that says what net is to do.
func verb(t text, at int, word string) (end int, ok bool) {
	for end = at; end < len(t.s) && blankAt(t.s, end) == 0; {
		end++
	}
	end = skipBlanks(t.s, end)
	whole := strings.HasPrefix(t.low[end:], word) && blankAt(t.s, end+len(word)) > 0
	if !whole || !opens(t.s, at) && t.s[at-1] != '\\' {
		return 0, false
	}
	return end + len(word), true
}

// environment is the value of a secret name that setx gives to the environment.
func environment(t text, at int) []part {
	for next := at + strings.IndexByte(t.s[at:], ' '); ; {
		a := argumentAt(t.s, next)
		switch v := a.in(t.s); {
		case v == "":
			return nil
		case v[0] != '/':
			if len(v) > longestName || kindOf(v, squeezed(lowerASCII(v))) == plain {
				return nil
			}
			return argumentAt(t.s, a.next).unlessPlain(t.s, true)
		case strings.EqualFold(v, "/s"), strings.EqualFold(v, "/u"), strings.EqualFold(v, "/p"):
			a = argumentAt(t.s, a.next) // the switch's own
		}
		if next = a.next; next >= len(t.s) {
			return nil
		}
	}
}
