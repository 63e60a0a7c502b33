package winmachine

import (
	"strings"
	"unicode"
)

// Windows Installer names its registry keys by packed codes: the parts of a {GUID} without braces and dashes, the first
// three reversed, the bytes of the rest with their two digits swapped.
var packedParts = [...]int{8, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2}

// pack is the registry's name of a code; false for what is no {GUID}.
func pack(code string) (string, bool) {
	const shape = "{00000000-0000-0000-0000-000000000000}"
	if len(code) != len(shape) {
		return "", false
	}
	for i := range len(code) {
		if c := shape[i]; c == '0' && !isHex(code[i]) || c != '0' && code[i] != c {
			return "", false
		}
	}
	return swap(strings.NewReplacer("{", "", "}", "", "-", "").Replace(strings.ToUpper(code))), true
}

// unpack is the {GUID} of a packed code; false for what is none.
func unpack(packed string) (string, bool) {
	if len(packed) != 32 {
		return "", false
	}
	for i := range len(packed) {
		if !isHex(packed[i]) {
			return "", false
		}
	}
	s := swap(strings.ToUpper(packed))
	return "{" + s[:8] + "-" + s[8:12] + "-" + s[12:16] + "-" + s[16:20] + "-" + s[20:] + "}", true
}

// asCode is a code in its usual shape: MsiGetProductInfoEx of some systems answers a package code as the registry has
// it.
func asCode(s string) string {
	if code, ok := unpack(s); ok {
		return code
	}
	return strings.ToUpper(s)
}

// swap reverses each part; done twice it is what it was.
func swap(s string) string {
	var b strings.Builder
	for _, n := range packedParts {
		for i := n - 1; i >= 0; i-- {
			b.WriteByte(s[i])
		}
		s = s[n:]
	}
	return b.String()
}

func isHex(c byte) bool { return unicode.Is(unicode.ASCII_Hex_Digit, rune(c)) }

// withoutKind takes the kind of a source and its place in the list away: "n;1;C:\Downloads\" is `C:\Downloads\`.
func withoutKind(source string) string {
	kind, rest, ok := strings.Cut(source, ";")
	if !ok || len(kind) != 1 || !strings.Contains("nmuNMU", kind) {
		return source
	}
	place, folder, ok := strings.Cut(rest, ";")
	if !ok || place == "" || strings.Trim(place, "0123456789") != "" {
		return source
	}
	return folder
}
