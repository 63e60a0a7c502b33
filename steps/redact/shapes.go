package redact

import (
	"slices"
	"strings"
	"sync"
)

// shape is one way in which a secret stands in a text. needle, in lower case, is what stands wherever it does, and find
// tells what has to go there. It looks at no more than it takes and a little around it, so that a text costs its
// length. There are no expressions in here: logs hold lines of hundreds of kilobytes, and what anybody can write into
// them is not to cost more than an ordinary line.
type shape struct {
	needle string
	find   func(t text, at int) []part
}

// upTo is the answer of a find that has found nothing before a place and needs to be asked again only behind it.
func upTo(at int) []part { return []part{{from: at, to: at}} }

var shapes = []shape{
	// Names of secret values, in assignments, prose, JSON, XML, command lines, Windows Installer's properties:
	// names.go.
	{"pass", named}, {"pw", named}, {"secret", named}, {"token", named}, {"credential", named}, {"key", named},
	{"pin", named}, {"cert", named}, {"kennwort", named}, {"wachtwoord", named}, {"contrase", named},
	{"lösenord", named}, {"ptionphrase", named}, {"serialnum", named}, {"otp", named}, {"psk", named},
	{"mot de passe", phrase}, {"mots de passe", phrase}, {"phrase secrète", phrase}, {"pass word", phrase},
	{"key material", phrase}, {"clave", clave},
	// Command lines: switches.go.
	{"/p", letterSwitch}, {"-p", letterSwitch}, {"/rp", letterSwitch}, {"-rp", letterSwitch}, {"-hp", letterSwitch},
	{"-u", userSwitch}, {"/u", userSwitch}, {"-e", encoded},
	{"net ", netUse}, {"net.exe ", netUse}, {"net ", netUser}, {"net.exe ", netUser},
	{"convertto-securestring", secureString}, {"credential(", credentialCall}, {"credential]::new(", credentialCall},
	{"customactiondata", actionData},
	{"setx ", environment}, {"setx.exe ", environment},
	// What requests carry: headers.go.
	{"authorization", authorization}, {"cookie", cookie}, {"bearer ", scheme}, {"basic ", scheme},
	{"sharedkey", scheme},
	{"negotiate ", scheme}, {"ntlm ", scheme}, {"sig", signature}, {"code=", query}, {"key=", query},
	{"auth=", query}, {"signature=", query}, {"auth", pair},
	{"://", address}, {"@", login}, {"@", oracle},
	// What is known by itself: tokens.go.
	{"-----begin ", pem}, {"---- begin ", pem}, {"-----end ", pemEnd}, {"eyj", jwt}, {"q~", clientSecret},
	{"hooks.slack.com/", webhook}, {"webhook.office.com/", webhook}, {"office.com/webhook/", webhook},
	{"discord.com/api/webhooks/", webhook},
	{"discordapp.com/api/webhooks/", webhook},
	{"-", grouped}, // codes.go
	{"$", crypt},
	{"ls0tls1crudjti", hexBlob}, {"jqqj99", annotated},
	{"aad3b435b51404eeaad3b435b51404ee:", ntHash}, {":aa", botToken},
	{"01000000d08c9ddf0115d1", hexBlob}, {"76492d1116743f0423413b16050a5345", hexBlob},
}

// finder looks for many shapes at once.
type finder struct {
	shapes []shape
	first  [256][]int // which shapes begin with a byte
}

func newFinder(shapes []shape) *finder {
	f := &finder{shapes: shapes}
	for i, sh := range shapes {
		f.first[sh.needle[0]] = append(f.first[sh.needle[0]], i)
	}
	return f
}

// in are the parts that the shapes find in a text, in no order.
func (f *finder) in(t text) []part {
	var found []part
	var past []int // where each shape looks on
	for at := range len(t.low) {
		for _, i := range f.first[t.low[at]] {
			sh := &f.shapes[i]
			if !strings.HasPrefix(t.low[at:], sh.needle) || past != nil && at < past[i] {
				continue
			}
			for _, p := range sh.find(t, at) {
				if past == nil {
					past = make([]int, len(f.shapes))
				}
				switch {
				case p.to <= p.from:
					past[i] = max(past[i], p.to)
				case !strings.HasPrefix(t.s[p.from:], Mark):
					// What lies in it goes with it, and no text makes anything be looked at twice; but its end may be
					// the name of what follows.
					found, past[i] = append(found, p), max(past[i], p.to-longestName)
				}
			}
		}
	}
	return found
}

// secretFinder looks for secrets. It is made when it is first needed: most commands redact nothing.
var secretFinder = sync.OnceValue(func() *finder { return newFinder(allShapes()) })

// allShapes are those of the tables, the ones above first.
func allShapes() []shape {
	all := slices.Clone(shapes)
	for _, p := range positions {
		all = append(all, shape{p.command, p.find})
	}
	for _, c := range calls {
		all = append(all, shape{c.name, c.find})
	}
	all = append(all, abroadShapes()...)
	for _, p := range prefixes {
		all = append(all, shape{lowerASCII(p.begins), p.find})
	}
	return all
}

// secrets are all the secrets of a text, in no order.
func (t text) secrets() []part { return append(secretFinder().in(t), blobs(t.s)...) }

// only is a find's answer of one part.
func only(p part) []part { return []part{p} }

// wordStart reports whether a word can begin at a place: nothing of a word is right before it.
func wordStart(s string, at int) bool {
	return at == 0 || !inName(s[at-1]) && s[at-1] < 0x80
}
