package diagnose

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// inASCII is a text with everything but ASCII as JSON escapes it, in UTF-16 units. Windows PowerShell decodes what a
// program prints by the OEM code page
// (https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_character_encoding): only ASCII
// survives that.
func inASCII(s string) string {
	if strings.IndexFunc(s, beyondASCII) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		b.WriteString(escaped(r))
	}
	return b.String()
}

func beyondASCII(r rune) bool { return r >= 0x7f }

func escaped(r rune) string {
	switch {
	case !beyondASCII(r):
		return string(r)
	case utf16.RuneLen(r) == 2:
		high, low := utf16.EncodeRune(r)
		return fmt.Sprintf(`\u%04x\u%04x`, high, low)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// cutFor shortens a text so that it has at most n characters once it is in ASCII, and says so at its end.
func cutFor(s string, n int) string {
	if len(inASCII(s)) <= n {
		return s
	}
	room, at := n-len("..."), 0
	for at < len(s) {
		r, size := utf8.DecodeRuneInString(s[at:])
		if room -= len(escaped(r)); room < 0 {
			break
		}
		at += size
	}
	return s[:at] + "..."
}
