package redact

import "strings"

// userShape is one way in which a user stands in a text. find is the part at a needle that names one. When none does it
// is empty, and from is where to look on.
type userShape struct {
	needle string
	find   func(p *people, t text, at int) (from, to int)
}

var userShapes = []userShape{
	{"users", profile}, {"documents and settings", profile}, {"profiles", profile}, {"home", profile},
	{"user", userField}, {"benutzer", userField}, {"utilisateur", userField}, {"account name", userField},
	{"accountname", userField}, {"startname", userField}, {"login", userField}, {"upn", userField},
	{"uid", userField}, {"usuario", userField}, {"usuário", userField}, {"utente", userField}, {"gebruiker", userField},
	{"användar", userField}, {"bruger", userField}, {"bruker", userField}, {"użytkownik", userField},
	{"uživatel", userField}, {"felhasznál", userField}, {"kullanıcı", userField}, {"ользователь", userField},
	{"用户", userField}, {"ユーザー", userField}, {"사용자", userField}, {"cn=", commonName}, {"://", addressUser},
	{"/pu", userArgument}, {"-pu", userArgument}, {"/ru", userArgument}, {"-ru", userArgument},
	{"/u", userArgument}, {"-u", userArgument},
	{"s-1-5-21-", sid}, {"s-1-12-1-", sid}, {"@", mail}, {`\`, domainUser},
}

// profile is the user of C:\Users\name, C:\Documents and Settings\name.
func profile(p *people, t text, at int) (from, to int) {
	from = at
	for from < len(t.s) && (isLetter(t.s[from]) || t.s[from] == ' ' || t.s[from] == '$') && from-at < 24 {
		from++
	}
	slash := from
	for from < len(t.s) && (t.s[from] == '\\' || t.s[from] == '/') {
		from++
	}
	if from == slash || at == 0 || t.s[at-1] != '\\' && t.s[at-1] != '/' {
		return 0, 0
	}
	if own := t.low[at] == 'p' || t.low[at] == 'h'; own && !hasSuffix(t.low[:at-1], []string{"winnt", "windows"}) &&
		!atRoot(t.s, at-1, t.low[at] == 'p') {
		return 0, 0 // other programs have profiles of theirs
	}
	if known := p.known[lowByte(t.low, from)]; len(known) > 0 {
		if _, n := knownAt(t.s[from:], known); n > 0 {
			return from, from + n
		}
	}
	if drive := at - len(`"C:\`); drive >= 0 && isQuote(t.s[drive]) { // a path in quotation marks may end here
		if end := strings.IndexAny(t.s[from:min(len(t.s), from+longestName)], t.s[drive:drive+1]+`\/`); end >= 0 {
			return from, from + end
		}
	}
	word := -1
	for to = from; to < len(t.s) && to-from < 4*longestName; to++ {
		c := t.s[to]
		if c == '\\' || c == '/' {
			return from, to
		}
		if word < 0 && (blankAt(t.s, to) > 0 || strings.IndexByte("'\",;)]", c) >= 0) {
			word = to
		}
		if strings.IndexByte(`:*?"<>|`, c) >= 0 || c == '\t' {
			break
		}
	}
	if word >= 0 {
		to = word
	}
	return from, from + len(strings.TrimRight(t.s[from:to], "."))
}

// atRoot reports whether the separator at a place is the first one of a path: of /home, of \\server\home, and, where
// drives count, of D:\Profiles.
func atRoot(s string, at int, drives bool) bool {
	if at == 0 || s[at] == '/' && opens(s, at) {
		return true
	}
	if drives && s[at-1] == ':' {
		return true
	}
	host := strings.LastIndex(s[max(0, at-longestName):at], `\\`)
	return host >= 0 && strings.IndexByte(s[max(0, at-longestName)+host+2:at], '\\') < 0
}

// commonName is the name of somebody in a directory: CN=Dora Smith,OU=Users,DC=corp. Those of certificates have no DC.
func commonName(_ *people, t text, at int) (from, to int) {
	from = at + len("cn=")
	n := strings.IndexByte(t.s[from:min(len(t.s), from+longestName)], ',')
	if n <= 0 || !opens(t.s, at) && t.s[at-1] != '=' && t.s[at-1] != '/' ||
		!strings.Contains(t.low[from+n:min(len(t.s), from+n+4*longestName)], ",dc=") {
		return from, 0
	}
	return from, from + n
}

// addressUser is the user of an address: https://name@host, ftp://name:password@host.
func addressUser(_ *people, t text, at int) (from, to int) {
	from = at + len("://")
	end := from
	for end < len(t.s) && end-from < 4*longestName && strings.IndexByte("@/ \t\"'<>\\", t.s[end]) < 0 {
		end++
	}
	if end == from || end >= len(t.s) || t.s[end] != '@' {
		return from, 0
	}
	if colon := strings.IndexByte(t.s[from:end], ':'); colon >= 0 {
		end = from + colon
	}
	return from, end
}

func lowByte(s string, at int) byte {
	if at >= len(s) {
		return 0
	}
	return s[at]
}

// userNames are the ends of names of fields that name a user.
var userNames = []string{"user", "username", "userid", "userprincipalname", "benutzer", "benutzername", "utilisateur",
	"accountname", "startname", "login", "loginname", "upn", "usuario", "usuário", "utente", "gebruiker",
	"gebruikersnaam", "användare", "användarnamn", "bruger", "brugernavn", "bruker", "brukernavn", "użytkownik",
	"użytkownika", "uživatel", "felhasználó", "felhasználónév", "kullanıcı", "пользователь", "ользователь", "用户", "用户名",
	"ユーザー", "ユーザー名", "사용자"}

// userField is the value of a field that names a user.
func userField(p *people, t text, at int) (from, to int) {
	n := nameAround(t, at)
	if strings.HasPrefix(t.low[n.to:], " name") || strings.HasPrefix(t.low[n.to:], " id") {
		for n.to++; n.to < len(t.s) && isLetter(t.s[n.to]); n.to++ {
		}
	}
	word := squeezed(strings.ReplaceAll(t.low[n.from:n.to], " ", ""))
	if !hasSuffix(word, userNames) && word != "uid" {
		return n.to, 0
	}
	if at, ok := n.element(t.s); ok {
		to, _ = value{from: at, ends: tagEnds}.end(t.s, at+4*longestName)
		return at, to
	}
	v, ok := n.assigned(t)
	if !ok || v.from >= len(t.s) || t.s[v.from] == '{' || t.s[v.from] == '[' {
		return n.to, 0
	}
	if path(t.s[v.from:min(len(t.s), v.from+longestName)]) {
		return n.to, 0
	}
	to, _ = v.end(t.s, v.from+2*longestName)
	if v.ends == proseEnds {
		to = v.from + len(nameOfProse(p, t, v.from, to))
	}
	if v.ends == wordEnds || v.ends == argEnds {
		if known := p.known[t.low[v.from]]; len(known) > 0 {
			if _, n := knownAt(t.s[v.from:], known); n > 0 {
				to = max(to, v.from+n)
			}
		}
		if i := strings.IndexAny(t.s[v.from:to], ",;\"'"); i >= 0 {
			to = v.from + i
		}
	}
	if states.have(strings.ToLower(t.s[v.from:to])) {
		return n.to, 0
	}
	return v.from, to
}

// nameOfProse is the name that a value in prose begins with: a word, and up to two more that are written like a name.
func nameOfProse(p *people, t text, from, to int) string {
	if known := p.known[lowByte(t.low, from)]; len(known) > 0 {
		if _, n := knownAt(t.s[from:], known); n > 0 {
			return t.s[from : from+n]
		}
	}
	end := from
	for n := 0; n < 3; n++ {
		next := skipBlanks(t.s, end)
		if next >= to || n > 0 && !sentence(t.s, next) {
			break
		}
		stop := min(to, wordEnd(t.s, next))
		end = next + len(strings.TrimRight(t.s[next:stop], ",;:.()\"'"))
		if end < stop {
			break
		}
	}
	return t.s[from:min(end, to)]
}

// userArgument is the user of a switch: /pu of MARSAgentInstaller's proxy, /ru, -u name:secret.
func userArgument(_ *people, t text, at int) (from, to int) {
	end := at + 1
	for end < len(t.s) && isLetter(t.s[end]) && end-at < 4 {
		end++
	}
	if !opens(t.s, at) || end >= len(t.s) {
		return 0, 0
	}
	if name := t.low[at+1 : end]; name != "pu" && name != "ru" && name != "u" {
		return 0, 0
	}
	if t.s[end] == ':' || t.s[end] == '=' {
		end++
	} else if blankAt(t.s, end) == 0 {
		return 0, 0
	}
	a := argumentAt(t.s, end)
	v := a.in(t.s)
	if colon := strings.IndexByte(v, ':'); colon > 0 {
		a.to = a.from + colon
	}
	low := strings.ToLower(v)
	if v == "" || v[0] == '-' || v[0] == '/' || path(v) || states.have(low) || file(low) || strings.Contains(v, "://") {
		return 0, 0
	}
	return a.from, a.to
}

// sid is the identifier of a user of a computer or domain.
func sid(_ *people, t text, at int) (from, to int) {
	to = at + len("s-1-")
	for to < len(t.s) && (isDigit(t.s[to]) || t.s[to] == '-' && to+1 < len(t.s) && isDigit(t.s[to+1])) {
		to++
	}
	if !wordStart(t.s, at) || strings.Count(t.s[at:to], "-") < 6 {
		return 0, 0
	}
	return at, to
}

// mail is an address of electronic mail, which is how Azure knows its users.
func mail(_ *people, t text, at int) (from, to int) {
	from, to = at, at+1
	for from > 0 && at-from < 4*longestName && (inName(t.s[from-1]) || strings.IndexByte(".%+-", t.s[from-1]) >= 0) {
		from--
	}
	for to < len(t.s) && to-at < 4*longestName && (inName(t.s[to]) || t.s[to] == '.' || t.s[to] == '-') {
		to++
	}
	const odd = "}*^~!{?$#`])@" // of what Windows Installer writes of features, and of no address
	if from > 0 && strings.IndexByte(odd, t.s[from-1]) >= 0 ||
		to < len(t.s) && strings.IndexByte("^~{*@", t.s[to]) >= 0 {
		return 0, 0
	}
	host := strings.TrimRight(t.s[at+1:to], ".-")
	dot := strings.LastIndexByte(host, '.')
	if from == at || dot <= 0 || len(host)-dot < 3 || !isLetter(host[dot+1]) {
		return 0, 0
	}
	return from, at + 1 + len(host)
}

// roots are what paths of the registry and names of Windows itself begin with, which look like domains.
const roots words = `
	hklm hkcu hkcr hku hkcc software system sam security hardware machine registry root unknown windows winnt builtin
	authority service apppool autorität vordefiniert autorite users temp tmp bin program microsoft classes clsid typelib
	interface appid wow6432node currentcontrolset `

// domainUser is DOMAIN\name in prose.
func domainUser(_ *people, t text, at int) (from, to int) {
	from = at
	for from > 0 && at-from < longestDomain && inDomain(t.s[from-1]) {
		from--
	}
	if strings.HasSuffix(t.low[:at], "azuread") {
		from = at - len("azuread")
	} else if from > 0 && (inName(t.s[from-1]) || t.s[from-1] == '.') { // a domain in small letters or of several words
		from = namedDomain(t, at)
	}
	named := t.s[from:at] == "." || at-from >= 2 && isLetter(t.s[from])
	if !named || !opens(t.s, from) && t.s[from-1] != '=' || roots.have(t.low[from:at]) {
		return 0, 0
	}
	for to = at + 1; to < len(t.s) && to-at < longestName; {
		if n := letterAt(t.s, to); n > 0 {
			to += n
		} else if inName(t.s[to]) || t.s[to] == '-' || t.s[to] == '.' {
			to++
		} else {
			break
		}
	}
	to = at + 1 + len(strings.TrimRight(t.s[at+1:to], ".-"))
	name := t.low[at+1 : to]
	if len(name) < 2 || to < len(t.s) && strings.IndexByte(`\$/`, t.s[to]) >= 0 || file(name) || number(name) ||
		len(name) == 5 && name[2] == '-' { // en-US
		return 0, 0
	}
	return at + 1, to
}

// namedDomain is where a domain begins in front of which a word says that an account follows; at when there is none: in
// small letters it looks like a folder.
func namedDomain(t text, at int) int {
	from := at
	for from > 0 && at-from < longestName && (inName(t.s[from-1]) || t.s[from-1] == '-' || t.s[from-1] == '.') {
		from--
	}
	for _, word := range []string{"user ", "account ", " by ", " as ", "owner: ", "owner ", "benutzer "} {
		if strings.HasSuffix(t.low[:from], word) {
			return from
		}
	}
	return at
}

// longestDomain is how long the name of a domain is in DOMAIN\name, in bytes: NetBIOS allows no more.
const longestDomain = 15

// inDomain reports whether a byte can be one of a domain's name, which stands in capitals.
func inDomain(c byte) bool { return c >= 'A' && c <= 'Z' || isDigit(c) || c == '-' || c == '_' }

func hasSuffix(s string, ends []string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}
