package redact

import (
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// other is a text of the same shape with other letters and digits. It has no vowels and so is no word that tells of a
// secret.
func other(s string, random *rand.Rand) string {
	const small, large = "bcdfghjklmnpqrstvwz", "BCDFGHJKLMNPQRSTVWZ"
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z':
			return rune(small[random.IntN(len(small))])
		case r >= 'A' && r <= 'Z':
			return rune(large[random.IntN(len(large))])
		case r >= '1' && r <= '9':
			return '1' + rune(random.IntN(9))
		}
		return r
	}, s)
}

// assigned is a text that makes a name of the word before it.
var assigned = regexp.MustCompile(`^[\s\x{a0}"'\\]*[:=]`)

// planted is a sample with other secrets.
func (s sample) planted(random *rand.Rand) sample {
	if !s.random {
		return s
	}
	parts := strings.Split(s.want, Mark)
	text := parts[0]
	fresh := make([]string, len(s.secrets))
	for i, secret := range s.secrets {
		fresh[i] = other(secret, random)
		if strings.ContainsAny(secret, `%&\`) {
			fresh[i] = secret // what is quoted in it stays whole
		}
		text += fresh[i] + parts[i+1]
	}
	s.text, s.secrets = text, fresh
	return s
}

// FuzzRedact plants a secret of each shape between any two texts. It never survives; nothing is taken out a second
// time; nothing grows by more than the marks; and what a log's reader needs is still there.
func FuzzRedact(f *testing.F) {
	all := samples(f)
	for i := range all {
		f.Add("", "", i, uint64(i))
		f.Add("a \"b 'c (d", "e' f\" g)", i, uint64(i))
	}
	f.Add("x -p", ";", 7, uint64(1))
	f.Add("password: [removed] ", "=[removed]&", 3, uint64(2))
	f.Add("C:\\", "%4", 60, uint64(3))
	f.Add("0", "0=?", 305, uint64(299))
	f.Fuzz(func(t *testing.T, before, after string, which int, seed uint64) {
		if len(before)+len(after) > 1<<12 || strings.ContainsAny(before+after, "\r\n") {
			return
		}
		s := all[uint(which)%uint(len(all))].planted(rand.New(rand.NewPCG(seed, 0)))
		if strings.HasSuffix(s.want, Mark) && assigned.MatchString(after) {
			return // the last word of the secret is the name of what follows, then: hunter2 Secret: x
		}
		gap := " "
		if s.lines {
			gap = "\n"
		}
		in := before + gap + s.text + gap + after
		red := New(which%2 == 0, known)
		out := red.Text(in)
		for _, secret := range s.secrets {
			for _, word := range append(strings.Fields(secret), secret) {
				if len(word) > 5 && !strings.Contains(before+after+s.want, word) && strings.Contains(out, word) {
					t.Fatalf("%q stays in %q\nof %q", word, out, in)
				}
			}
		}
		if most := len(in) + red.Removed()*(len(Mark)+8); len(out) > most {
			t.Fatalf("%d bytes grow to %d", len(in), len(out))
		}
		if strings.Count(out, "\n") != strings.Count(in, "\n") {
			t.Fatalf("%q has not the lines of %q", out, in)
		}
		if again := red.Text(out); again != out {
			t.Fatalf("a second time %q\nbecomes         %q\nof              %q", out, again, in)
		}
		const warning = `Warning: Local cached package 'C:\Windows\Installer\7b5ea8.msi' is missing.`
		if out := New(false, nil).Text(in + " " + warning); !strings.HasSuffix(out, warning) {
			t.Fatalf("the warning is lost in %q", out)
		}
	})
}

// FuzzPlain writes texts of words that are no secrets. Not a byte of them changes.
func FuzzPlain(f *testing.F) {
	vocabulary := strings.Fields(`
		Warning: Local cached package is missing. 7b5ea8.msi 312c0 C:\Windows\Installer\7b5ea8.msi (08:18)
		[22:48:49:312]: MSI (s) Note: 1: 2205 === started: stopped: {F0C3E5D1-1ADE-321E-8167-68EF0DE699A5}
		2.0.9169.0 0x80070643 -2147287035 Return value 1. Action ended PROPERTY CHANGE: Adding ProductCode =
		ProductKey={75FE588B-F158-4BB3-A283-A8D18E522A52} KeyPath=C:\x 'OBSAGENT.msi' "C:\Program" Files\ SECREPAIR:
		hash, the of and; a | & % \ / " ' c904940f78045f45590745543661a2516af4804811d846b139fb48fc765aa892 /q /nu -x
		UILevel=5 REINSTALL=ALL machine policy Key: HKLM\SOFTWARE\x`)
	f.Add([]byte{1, 2, 3, 4, 5, 6})
	f.Fuzz(func(t *testing.T, picks []byte) {
		var b strings.Builder
		for _, p := range picks[:min(len(picks), 200)] {
			b.WriteString(vocabulary[int(p)%len(vocabulary)] + " ")
		}
		if got := New(false, nil).Text(b.String()); got != b.String() {
			t.Fatalf("%q\nbecomes %q", b.String(), got)
		}
	})
}
