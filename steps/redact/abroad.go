package redact

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// abroad are what a password is called in the languages in which Windows speaks, beside those of names.go: in lower
// case, each also without its marks where logs of one code page lose them.
var abroad = strings.Fields(`
	senha hasło haslo heslo adgangskode salasana jelszó jelszo parola parolă passord lykilorð şifre sifre geslo lozinka
	slaptažodis slaptazodis parole salasõna zaporka contrasenya пароль гасло лозинка парола κωδικός סיסמה 密码 密碼 口令
	パスワード 비밀번호 암호 รหัสผ่าน`)

// abroadPhrases are such names of two words.
var abroadPhrases = []string{"mật khẩu", "كلمة المرور", "كلمة السر", "palavra-passe", "frase-passe"}

// abroadShapes are the shapes of all of them. A text is lowered in its ASCII letters alone, so they are looked for with
// a capital and in capitals too.
func abroadShapes() (all []shape) {
	for _, word := range append(abroad, abroadPhrases...) {
		first, n := utf8.DecodeRuneInString(word)
		capital := string(unicode.ToUpper(first)) + word[n:]
		seen := map[string]bool{}
		for _, w := range []string{word, capital, strings.ToUpper(word)} {
			if w = lowerASCII(w); !seen[w] {
				seen[w] = true
				all = append(all, shape{w, foreign(len(w))})
			}
		}
	}
	return all
}

// foreign finds the value behind such a name, n bytes long.
func foreign(n int) func(t text, at int) []part {
	return func(t text, at int) []part {
		name := name{from: at, to: at + n, kind: password, word: "password"}
		for w := letterAt(t.s, name.to); w > 0; w = letterAt(t.s, name.to) { // another case's ending
			name.to += w
		}
		found := name.value(t)
		if len(found) == 0 { // whose it is stands between
			rest := t.s[name.to:min(len(t.s), name.to+longestName)]
			end := strings.IndexAny(rest, ":=：.,;|\"<>")
			if end > 0 && strings.IndexByte(".,;|\"<>", rest[end]) < 0 && strings.Count(rest[:end], " ") <= 3 {
				name.to += len(strings.TrimRight(rest[:end], " "))
				found = name.value(t)
			}
		}
		if len(found) > 0 {
			return found
		}
		return upTo(name.to)
	}
}
