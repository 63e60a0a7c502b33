package redact

import "strings"

// kind is what a name says of its value.
type kind int

const (
	plain    kind = iota // nothing
	password             // it is secret, whatever it looks like
	key                  // it is secret unless it is a path, a number or a word that says there is none
	short                // as password, of a name so short that more than its end has to say so
	property             // as key, of an installer's property: neither is a registry key or a code of its
)

// The words that secret values are called by, in lower case and without what separates the words of a name. What a name
// has in it after them, one of notSecret takes back.
var (
	passwords = strings.Fields(`
		password passwd passphrase encryptionphrase passcode passwort kennwort motdepasse motsdepasse phrasesecrete
		contrasena contraseña wachtwoord lösenord pwd securitypin sicherheitspin accesspin`)
	keys = strings.Fields(`secret credential token managementcert keymaterial`)
	// beforeKey are what makes a key a secret one; "key" alone is one of the registry.
	beforeKey = strings.Fields(`
		access account acs activation admin aes api apim app auth authentication authorization client decryption dest
		destination encryption functions hmac integrity issuer licence license master primary private recovery
		registration sas secondary secret service session shared signing storage subscription symmetric validation
		vault workspace`)
	notSecret = strings.Fields(`
		age attempts authority based changed config count date description enabled endpoint error exists expired
		expires expiresin expireson expiration expiry failed file filename folder format handle hint history id info
		invalid issuer keyname keyversion kind lastset length less lifetime location manager method mismatch missing
		mode name needed option options path policy present privilege privileges prompt property protected protection
		provider required scope size source state status store strength thumbprint time type uri url usage valid
		version warning interval complexity dialog dlg label`)
	// properties are how names of an installer's properties end that hold a secret.
	properties = strings.Fields(`key pin otp psk serialnumber serialnum`)
	// codes are what is called a token or a key and is none.
	codes = strings.Fields(`
		publickeytoken bypass compass trespass surpass monkey turkey hotkey whiskey mappin spin unpin secretary
		setcredentials`)
)

// name is a name in a text: a property's, a field's, a switch's.
type name struct {
	from, to int
	kind     kind
	word     string // as in the tables
}

// nameAround is the name of which a part stands at a place, with the word before it where it takes two to make a
// secret.
func nameAround(t text, at int) name {
	n := name{from: at, to: at}
	for end := max(0, at-longestName); n.from > end; {
		before := n.from - 1
		if !inName(t.s[before]) && !(t.s[before] == '-' && before > end && inName(t.s[before-1])) {
			break
		}
		n.from--
	}
	for end := min(len(t.s), at+longestName); n.to < end; {
		if inName(t.s[n.to]) || t.s[n.to] == '-' && n.to+1 < end && inName(t.s[n.to+1]) {
			n.to++
		} else if w := letterAt(t.s, n.to); w > 0 {
			n.to += w
		} else {
			break
		}
	}
	n.word = squeezed(t.low[n.from:n.to])
	n.kind = kindOf(t.s[n.from:n.to], n.word)
	if n.word == "token" && strings.HasSuffix(t.low[:n.from], "public key ") {
		n.kind = plain
		return n
	}
	if n.kind != password && n.kind != key {
		if word, from := wordBefore(t, n.from); word != "" {
			if k := kindOf("", word+n.word); k == password || k == key {
				n.from, n.word, n.kind = from, word+n.word, k
			}
		}
	}
	return n
}

// squeezed is a name without what separates its words and without a number at its end.
func squeezed(low string) string {
	low = strings.TrimRight(low, "0123456789_-")
	if !strings.ContainsAny(low, "_-") {
		return low
	}
	return strings.ReplaceAll(strings.ReplaceAll(low, "_", ""), "-", "")
}

// wordBefore is the word that stands before a name, with one blank between.
func wordBefore(t text, at int) (word string, from int) {
	if at < 2 || t.s[at-1] != ' ' {
		return "", at
	}
	from = at - 1
	for from > 0 && at-from < longestName/2 && inName(t.s[from-1]) {
		from--
	}
	return t.low[from : at-1], from
}

// kindOf tells what a name says. as is the name as it stands, whose capitals tell an installer's property.
func kindOf(as, word string) kind {
	k := plain
	if hasAny(word, passwords) {
		k = password
	} else if hasSuffix(word, codes) {
		return plain
	} else if hasAny(word, keys) || beforeKeyIs(word) {
		k = key
	}
	switch {
	case k != plain:
		for _, end := range notSecret {
			if strings.HasSuffix(word, end) {
				return plain
			}
		}
	case strings.HasSuffix(word, "pass"), strings.HasSuffix(word, "pw"):
		const longest = 16 // that is no name, but the end of a piece of base64
		if len(as) > longest && random(as) {
			return plain
		}
		return short
	case as == strings.ToUpper(as) && hasSuffix(word, properties), strings.HasSuffix(as, "Pin"), as == "pin", as == "otp":
		return property
	}
	return k
}

func beforeKeyIs(word string) bool {
	stem, ok := strings.CutSuffix(strings.TrimSuffix(word, "s"), "key")
	if !ok {
		stem, ok = strings.CutSuffix(word, "keyvalue")
	}
	if !ok {
		return false
	}
	for _, b := range beforeKey {
		if strings.HasSuffix(stem, b) {
			return true
		}
	}
	return false
}

func hasAny(s string, words []string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
