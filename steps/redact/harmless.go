package redact

import (
	"strings"
	"unicode"
)

// words are a table of words: blanks around each.
type words string

func (all words) have(word string) bool {
	for rest := string(all); word != ""; {
		i := strings.Index(rest, word)
		if i < 0 {
			return false
		}
		end := i + len(word)
		if i > 0 && rest[i-1] <= ' ' && end < len(rest) && rest[end] <= ' ' && strings.IndexByte(word, ' ') < 0 {
			return true
		}
		rest = rest[i+1:]
	}
	return false
}

const (
	// nothing is what stands where there is no secret, or where somebody has hidden it already.
	nothing words = `
		none null nil n/a na nul empty blank unset undefined unknown missing hidden redacted removed masked obfuscated
		omitted suppressed true false yes no on off 0 1 -1 ok absent present optional unavailable unchanged keiner
		keine kein leer aucun aucune vide string system.security.securestring system.string system.object
		system.net.networkcredential system.management.automation.pscredential `
	// states are what prose tells of a secret instead of the secret.
	states words = `
		a accepted default already also always an and are as at available bad be because been being blank but by
		cached can cannot case changed checked checking cleared complexity correct could created decrypted deleted
		denied different disabled do does during empty enabled encrypted error expired expires expiring failed failing
		failure for found from generated generating given had has hashed have hidden if in incorrect initialized
		installed into invalid is it its kept known length less lost masked matches may mismatch missing must needed
		needs never new no none nor not now null of off ok old on only optional or our out override passed policy
		present protected protection provided query ready rejected removed required requires reset returned returns
		right same saved sent set setting should specified store stored strong success successful successfully
		succeeded supplied supported than that the their then there these they this to too unable unavailable
		unchanged undefined unknown unset unsupported until updated use used using valid validated validation verified
		verifying was wasn't were when where which will with without wrong you your abgelaufen der die das den ein
		eine falsch fehlt für im ist leer nicht richtig und ungültig war wird wurde zu dans du est et expiré incorrect
		la le les manquant ne non pas pour requis sur un une valide vide incorrecta incorrecto inválida inválido caducada
		vacía requerida no errata scaduta valida incorreta expirou onjuist ongeldig verlopen felaktigt forkert fel feil
		nieprawidłowe wygasło nesprávné неверен неверный истек obligatoire incorrecte obbligatoria obligatoria `
)

// says reports whether a value of which the beginning is known says something other than a secret.
func says(s string, v value, to int, k kind) bool {
	whole := s[v.from:to]
	head := strings.Trim(whole[:min(len(whole), longestName)], `"'()<>[]{}.,;:!`)
	digits := number(head) && !(len(head) >= 4 && v.pin)
	switch {
	case masked(whole), placeholder(whole), code(head):
		return true
	case len(whole) <= longestName && nothing.have(strings.ToLower(head)):
		return true
	case k == property && (digits || guid(head)), (k == property || k == key) && path(whole):
		return true
	case !v.loose || v.ends == markEnds:
		return false
	}
	if strings.IndexFunc(head, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) < 0 {
		return true
	}
	first, rest, more := strings.Cut(strings.ToLower(head), " ")
	if strings.HasSuffix(first, ":") && !spelled(first) {
		return true // it is a name itself
	}
	first = strings.Trim(first, ",;:.!()")
	second, _, _ := strings.Cut(rest, " ")
	caused := func() bool { return more && !spelled(first) && failing(s[max(0, v.from-80):v.from]) }
	switch {
	case !more:
		return nothing.have(first) || states.have(first) || k != password && !v.pin && number(first) && len(first) <= 5
	case first == "not" || first == "no" || first == "nicht" || first == "pas":
		return k != password || states.have(strings.Trim(second, ",;:.!"))
	case k == password:
		told := words(" expired invalid valid incorrect required failed ").have(first)
		return nothing.have(first) || told || sentence(whole, 0) && caused()
	}
	return nothing.have(first) || states.have(first) || code(first) || number(first) && len(first) <= 5 || caused()
}

// remark reports whether most of the words that a text begins with are such as prose has them of a secret.
func remark(s string) bool {
	all := strings.Fields(strings.ToLower(s[:min(len(s), longestName)]))
	for i, w := range all {
		if strings.IndexByte(".,;:!", w[len(w)-1]) >= 0 { // what follows says something else
			all = all[:i+1]
			break
		}
	}
	known := 0
	for _, w := range all[:min(3, len(all))] {
		if w = strings.Trim(w, ".,;:!?()\"'"); states.have(w) || goesOn.have(w) {
			known++
		}
	}
	return 2*known >= min(3, len(all))
}

// failing reports whether what stands before a value tells of a failure, so that the value is its cause.
func failing(before string) bool {
	return hasAny(strings.ToLower(before), []string{"fail", "cannot", "could not", "couldn't", "unable", "error"})
}

// masked reports whether a value is nothing but what stands for one, ********, xxxx, ...., or what says that the line
// goes on.
func masked(v string) bool {
	for _, mark := range []string{"*", "•", "●", "#", "-", ".", "`", "^", `\`} {
		if strings.Trim(v, mark) == "" {
			return true
		}
	}
	return len(v) >= 3 && strings.Trim(v, "xX") == ""
}

// placeholder reports whether a value is where another one is to be put in: [PROPERTY], %VARIABLE%, ${name}, $(name),
// {0}, %s, <password>.
func placeholder(v string) bool {
	if len(v) < 2 || len(v) > longestName {
		return false
	}
	v = strings.TrimRight(v, ".,;")
	if v != "" && v[0] == '<' {
		v = strings.TrimRight(v, "])}") // [/pw:<password>]
	}
	for _, b := range [][2]string{{"[", "]"}, {"%", "%"}, {"${", "}"}, {"$(", ")"}, {"{", "}"}, {"<", ">"}, {"%", ""}} {
		in, opens := strings.CutPrefix(v, b[0])
		in, closes := strings.CutSuffix(in, b[1])
		if opens && closes && in != "" && (len(in) <= 2 || b[1] != "" && strings.IndexFunc(in, notInPlaceholder) < 0) {
			return true
		}
	}
	return false
}

// stands reports whether what follows a switch stands for its value, as usages have it: --password PASSWORD.
func stands(v, name string) bool {
	v = strings.Trim(v, "[](){},.;")
	return len(v) > 3 && v == strings.ToUpper(v) && strings.HasSuffix(name, lowerASCII(v))
}

func notInPlaceholder(r rune) bool {
	return r >= 0x80 || !isLetter(byte(r)) && r != '_' && r != '-' && r != '.' && r != ' '
}

// code reports whether a value is a result: 0x80070005, -2147024891.
func code(v string) bool {
	if hex, ok := strings.CutPrefix(strings.ToLower(v), "0x"); ok {
		return len(hex) <= 8 && hexOnly(hex)
	}
	return strings.HasPrefix(v, "-2147") && len(v) == 11
}

func number(v string) bool {
	return v != "" && strings.Trim(v, "0123456789.,#+-") == ""
}

func hexOnly(v string) bool { return v != "" && strings.Trim(v, "0123456789abcdefABCDEF") == "" }

func guid(v string) bool {
	v = strings.Trim(v, "{}")
	return len(v) == 36 && v[8] == '-' && v[13] == '-' && v[18] == '-' && v[23] == '-' &&
		hexOnly(strings.ReplaceAll(v, "-", ""))
}

// pathRoots are what paths begin with that do not begin with a drive.
var pathRoots = []string{`\\`, `.\`, `..\`, `%`, `$env:`, `[`, `hklm\`, `hklm:`, `hkcu\`, `hkcu:`, `hkcr\`,
	`hku\`, `hkey_`,
	`software\`, `system\`, `\software\`, `\system\`, `registry::`}

// path reports whether a value is a path of the file system or of the registry.
func path(v string) bool {
	v = strings.TrimLeft(v, `"'(`)
	if len(v) >= 3 && isLetter(v[0]) && v[1] == ':' && (v[2] == '\\' || v[2] == '/') {
		return true
	}
	low := lowerASCII(v[:min(len(v), 24)])
	if v != "" && (v[0] == '$' || v[0] == '~') {
		return strings.IndexAny(v, `\/`) > 0 && strings.IndexByte(v, ' ') < 0
	}
	for _, root := range pathRoots {
		if strings.HasPrefix(low, root) {
			return strings.IndexByte(v, '\\') >= 0 || strings.IndexByte(v, '/') >= 0 || strings.HasPrefix(root, "hk")
		}
	}
	return false
}

// spelled reports whether a word looks like a secret and not like one of a sentence: letters with digits, or with what
// no word has in it. A mark that stands in it already is no part of it.
func spelled(w string) bool {
	w = strings.TrimRight(strings.ReplaceAll(w, Mark, ""), ".,;:!?)]}")
	update := number(w) || len(w) > 2 && strings.EqualFold(w[:2], "kb") && number(w[2:])
	if len(w) < 4 || code(w) || guid(w) || update || path(w) || strings.Contains(w, "://") {
		return false
	}
	digits, letters, odd := false, false, false
	for i := 0; i < len(w); i++ {
		digits = digits || isDigit(w[i])
		letters = letters || isLetter(w[i])
		odd = odd || strings.IndexByte("!#$%^*?@~+&", w[i]) >= 0
	}
	return letters && (digits || odd) && strings.IndexByte(w, '\\') < 0
}
