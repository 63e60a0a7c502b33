package redact

import (
	"slices"
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
var abroadPhrases = []string{"mật khẩu", "كلمة المرور", "كلمة السر", "palavra-passe", "frase-passe",
	"key content", "schlüsselinhalt", "contenu de la clé", "contenido de la clave"} // the last: wireless networks

// abroadKeys are what keys and PINs are called there. Not the key of the registry: what they hold has to look like a
// secret.
var abroadKeys = []string{"zugriffsschlüssel", "kontoschlüssel", "lizenzschlüssel", "wiederherstellungsschlüssel",
	"registrierungsschlüssel", "geheimer schlüssel", "produktschlüssel", "clé d'accès", "clé secrète", "clé de licence",
	"clave de acceso", "clave secreta", "chave de acesso", "chave secreta", "chiave di accesso", "chiave segreta",
	"секретный ключ", "ключ доступа", "访问密钥", "密钥", "アクセスキー", "toegangscode", "lösenfras",
	"暗証番号", "code confidentiel", "code pin", "verification code", "2fa code", "mfa code",
	"zugangsdaten"}

// abroadShapes are the shapes of all of them. A text is lowered in its ASCII letters alone, so they are looked for with
// a capital and in capitals too.
func abroadShapes() (all []shape) {
	keys := len(abroad) + len(abroadPhrases)
	for i, word := range slices.Concat(abroad, abroadPhrases, abroadKeys) {
		first, n := utf8.DecodeRuneInString(word)
		capital := string(unicode.ToUpper(first)) + word[n:]
		seen := map[string]bool{}
		for _, w := range []string{word, capital, strings.ToUpper(word)} {
			if w = lowerASCII(w); !seen[w] {
				seen[w] = true
				all = append(all, shape{w, foreign(len(w), i >= keys)})
			}
		}
	}
	return all
}

// foreign finds the value behind such a name, n bytes long.
func foreign(n int, isKey bool) func(t text, at int) []part {
	return func(t text, at int) []part {
		name := name{from: at, to: at + n, kind: password, word: "password"}
		if isKey {
			name.kind, name.word = property, "pin"
		}
		if found := joined(t, name.to); len(found) > 0 {
			return found
		}
		for w := letterAt(t.s, name.to); w > 0; w = letterAt(t.s, name.to) { // another case's ending
			name.to += w
		}
		found := name.value(t)
		if len(found) == 0 { // whose it is stands between
			rest := t.s[name.to:min(len(t.s), name.to+longestName)]
			end := strings.IndexAny(rest, ":=：.,;|\"<>")
			if dash := strings.Index(rest, " - "); dash > 0 && (end < 0 || dash < end) {
				end = dash + 1
			}
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

// clave is Spanish for a key and for a password: what it holds has to look like a secret. Other words end so.
func clave(t text, at int) []part {
	n := name{from: at, to: at + len("clave"), kind: property, word: "clave"}
	if wordStart(t.s, at) {
		if found := n.value(t); len(found) > 0 {
			return found
		}
	}
	return upTo(n.to)
}

// joined is the value behind a name of Chinese, Japanese or Korean and the word that joins them, which no blank parts:
// 密码是x.
func joined(t text, at int) []part {
	for _, word := range []string{"は", "是", "为", "為", "가", "는", "은", "「", "『"} {
		if !strings.HasPrefix(t.s[at:], word) {
			continue
		}
		from := at + len(word)
		to := from
		for to < len(t.s) && to-from < longestName && t.s[to] > ' ' && t.s[to] < utf8.RuneSelf {
			to++
		}
		if spelled(t.s[from:to]) || strings.HasPrefix(t.s[from:], Mark) {
			return only(part{from: from, to: to})
		}
	}
	return nil
}
