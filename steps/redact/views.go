package redact

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// text is a text and the same with its ASCII letters in lower case, every byte in its place.
type text struct{ s, low string }

// view is how a text reads when some of its quoting is taken off. at tells for each of its bytes where that one stood
// in the text itself, and has one entry more for the end; nil: it is the text itself.
type view struct {
	text
	at []int32
}

// mostLayers bounds how often quoting is taken off: JSON in JSON, and an address in it.
const mostLayers = 3

// views are all the ways to read a text. Every shape is so known in every quoting: JSON's, XML's, an address's,
// PowerShell's and that of cmd.
func views(s, low string) []view {
	all := []view{{text: text{s, low}}}
	for range mostLayers {
		v, changed := unquoted(all[len(all)-1])
		if !changed {
			break
		}
		all = append(all, v)
	}
	return all
}

// home is where parts of a view stand in the text.
func (v view) home(parts []part) []part {
	if v.at != nil {
		for i := range parts {
			parts[i].from, parts[i].to = int(v.at[parts[i].from]), int(v.at[parts[i].to])
		}
	}
	return parts
}

// unquoted takes one layer of quoting off.
func unquoted(v view) (view, bool) {
	next := strings.IndexAny(v.s, "%&\\`^?")
	if wide := strings.IndexByte(v.s, wideASCII); wide >= 0 && (next < 0 || wide < next) {
		next = wide
	}
	if next < 0 {
		return v, false
	}
	var b []byte
	var at []int32
	done := 0
	copyTo := func(end int) {
		for i := done; i < end; i++ {
			b, at = append(b, v.s[i]), append(at, v.place(i))
		}
		done = end
	}
	for ; next < len(v.s); next++ {
		plain, n := escape(v.s[next:])
		if n == 0 {
			continue
		}
		copyTo(next)
		for range len(plain) {
			at = append(at, v.place(next))
		}
		b = append(b, plain...)
		done = next + n
		next = done - 1
	}
	if b == nil {
		return v, false
	}
	copyTo(len(v.s))
	s := string(b)
	return view{text{s, lowerASCII(s)}, append(at, v.place(len(v.s)))}, true
}

func (v view) place(i int) int32 {
	if v.at == nil {
		return int32(i)
	}
	return v.at[i]
}

// wideASCII is the first byte of letters and digits that are as wide as Chinese ones.
const wideASCII = 0xEF

var entities = map[string]string{"quot": `"`, "apos": "'", "amp": "&", "lt": "<", "gt": ">"}

// escape is what an escape at the beginning of a text stands for, and how long it is; 0 when there is none. Line ends
// and tabs stay as they are written: paths are full of what looks like them.
func escape(s string) (plain string, n int) {
	switch c := s[0]; {
	case len(s) < 2:
	case c == '?': // what draws nothing stood in a word
		if isLetter(s[1]) {
			return "", 1
		}
	case c == wideASCII:
		if r, _ := utf8.DecodeRuneInString(s); r >= '０' && r <= 'ｚ' {
			if narrow := byte(r - '０' + '0'); isLetter(narrow) || isDigit(narrow) {
				return string([]byte{narrow}), len("０")
			}
		}
	case c != '%' && c != '&' && c != '\\' && c != '`' && c != '^':
	case c == '%' && len(s) >= 3:
		if b, err := strconv.ParseUint(s[1:3], 16, 8); err == nil && b >= ' ' {
			return string([]byte{byte(b)}), 3
		}
	case c == '&':
		end := strings.IndexByte(s[:min(len(s), 9)], ';')
		if end < 0 {
			break
		}
		name := s[1:end]
		if plain, ok := entities[name]; ok {
			return plain, end + 1
		}
		if digits, ok := strings.CutPrefix(name, "#"); ok {
			base := 10
			if hex := strings.TrimLeft(digits, "xX"); hex != digits {
				digits, base = hex, 16
			}
			if r, err := strconv.ParseUint(digits, base, 21); err == nil && r >= ' ' {
				return string(rune(r)), end + 1
			}
		}
	case c == '\\' && s[1] == 'u' && len(s) >= 6:
		if r, err := strconv.ParseUint(s[2:6], 16, 16); err == nil && r >= ' ' {
			return string(rune(r)), 6
		}
	case c == '\\' && strings.IndexByte(`\"'/`, s[1]) >= 0, c == '`' && strings.IndexByte("`\"'$", s[1]) >= 0,
		c == '^' && strings.IndexByte(`"=&|<>^%()!`, s[1]) >= 0:
		return s[1:2], 2
	}
	return "", 0
}

// lowerASCII is s with its ASCII letters in lower case: every byte keeps its place.
func lowerASCII(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// letterAt is the length of the letter at a place, 0 when there is none.
func letterAt(s string, at int) int {
	if at >= len(s) {
		return 0
	}
	if s[at] < utf8.RuneSelf {
		if isLetter(s[at]) {
			return 1
		}
		return 0
	}
	r, n := utf8.DecodeRuneInString(s[at:])
	if !isWideLetter(r) {
		return 0
	}
	return n
}
