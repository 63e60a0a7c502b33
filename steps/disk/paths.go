package disk

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Join puts Windows path elements together, whatever system this runs on.
func Join(dir string, elems ...string) string {
	p := strings.TrimRight(dir, `\`)
	for _, e := range elems {
		p += `\` + e
	}
	return p
}

// FolderPath is a folder's path without the backslash with which Windows Installer keeps its sources; a drive keeps it.
func FolderPath(p string) string {
	p = strings.TrimRight(p, `\`)
	if len(p) == len("C:") {
		p += `\`
	}
	return p
}

// Dir is the path without its last element; a drive keeps its backslash.
func Dir(p string) string {
	i := strings.LastIndexByte(p, '\\')
	if i < 0 {
		return p
	}
	if i == 2 {
		return p[:3]
	}
	return p[:i]
}

// Base is the last element of a path.
func Base(p string) string { return p[strings.LastIndexByte(p, '\\')+1:] }

// SamePath compares two paths as Windows does: without case.
func SamePath(a, b string) bool { return same(strings.TrimRight(a, `\`), strings.TrimRight(b, `\`)) }

// same compares what folded makes of two texts, without making it: most differ in their length or near their beginning.
func same(a, b string) bool {
	for a != "" && b != "" {
		r, n := utf8.DecodeRuneInString(a)
		o, m := utf8.DecodeRuneInString(b)
		if r != o && upper(r) != upper(o) {
			return false
		}
		a, b = a[n:], b[m:]
	}
	return a == b
}

// folded is a path in the case in which all that Windows takes for it are the same.
func folded(path string) string { return strings.Map(upper, path) }

// upper is a letter in its upper case. Unicode folds more: for it the Kelvin sign is a k and the long s an s, and
// somebody could pass off a folder of his for another one.
func upper(r rune) rune {
	if up := unicode.ToUpper(r); (up < unicode.MaxASCII) == (r < unicode.MaxASCII) {
		return up
	}
	return r
}

// Inside reports whether a path lies in a folder, as text.
func Inside(path, dir string) bool {
	dir = strings.TrimRight(dir, `\`) + `\`
	return len(path) > len(dir) && same(path[:len(dir)], dir)
}
