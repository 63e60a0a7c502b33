package logscan

import "strings"

// forbidden cannot stand in the name of a file or folder; the backslash parts names.
// (https://learn.microsoft.com/windows/win32/fileio/naming-a-file)
const forbidden = `<>"/|?*:`

// cleanFolder returns a logged folder fit to be opened: an absolute path on a drive letter, without quotes around it
// and without a backslash at its end. Everything else gives the empty string: UNC, `\\?\` and `\\.\`, relative paths, a
// drive's root, names that Windows would read otherwise (`..`, a dot or blank at their end, device names) and names
// that do not show as they are.
func cleanFolder(raw string) string {
	path := unquote(strings.TrimSpace(raw))
	if len(path) < len(`C:\x`) || !isLetter(path[0]) || path[1:3] != `:\` || strings.ContainsAny(path[3:], forbidden) ||
		Clean(path) != path ||
		strings.ContainsAny(path, "\uFFFD…") { // none is called so: a viewer has shortened it
		return ""
	}
	clean := append(make([]byte, 0, len(path)), path[:2]...)
	for rest, more := path[3:], true; more; {
		var name string
		if name, rest, more = strings.Cut(rest, `\`); name == "" { // a doubled backslash, or the one at the end
			continue
		}
		if strings.HasSuffix(name, ".") || strings.TrimSpace(name) != name || isDevice(name) {
			return ""
		}
		clean = append(append(clean, '\\'), name...)
	}
	if len(clean) == len(`C:`) {
		return ""
	}
	return string(clean)
}

// collector is what CMTrace's format puts behind a line's text.
const collector = "]LOG]!>"

// logged is what stands behind the words as the folder, without what copies and collectors put behind it: the rest of a
// record, a closing quote with what follows, escapes of JSON, words after a folder of the self-extractor. What could be
// part of a name is left.
func logged(text string) string {
	raw, _, _ := strings.Cut(text, collector)
	raw = strings.TrimSpace(raw)
	// the log's own separator, or an end of line that is none of Windows'
	if end := strings.IndexAny(raw, "\t\r"); end >= 0 {
		raw = raw[:end]
	}
	if i := strings.IndexByte(raw[min(1, len(raw)):], '"') + 1; i > 0 &&
		(i+1 == len(raw) || strings.IndexByte(",;]} <", raw[i+1]) >= 0) {
		raw = raw[:i+1]
		if raw[0] != '"' {
			raw = raw[:i]
		}
	}
	if end := strings.LastIndex(raw, "\x1b["); end > 0 && strings.Trim(raw[end+2:], "0123456789;mK") == "" {
		raw = raw[:end] // a console's colour ends
	}
	if len(raw) > len(`C:\\`) && raw[1:4] == `:\\` {
		raw, _, _ = strings.Cut(raw, `\r\n`)
		raw = strings.TrimSuffix(strings.TrimSuffix(raw, `\n`), `\r`)
	}
	if bare := strings.TrimLeft(raw, "`([{<‘“«"); len(bare) > 2 && bare[1] == ':' {
		raw = bare
	}
	return strings.TrimSpace(beforeWords(raw))
}

// randomHex is the least length of the names that the self-extractor gives its folders: long enough to be nobody
// else's.
const randomHex = 8

// beforeWords cuts behind the self-extractor's own folder, `C:\7cca55705e629aa21867f85e67`, if words follow and no
// path.
func beforeWords(raw string) string {
	if len(raw) < len(`C:\`) || raw[1:3] != `:\` {
		return raw
	}
	end := len(`C:\`)
	for end < len(raw) && isHexDigit(raw[end]) {
		end++
	}
	rest := strings.TrimPrefix(raw[end:], `\`)
	if end < len(`C:\`)+randomHex || rest == "" || strings.Contains(rest, `\`) {
		return raw
	}
	if strings.IndexByte(" ,;)[]}<'`&", rest[0]) < 0 && strings.Trim(rest, ".!>|*’”»") != "" {
		return raw
	}
	return raw[:end]
}

// unquote takes one pair of quotes off, or one whose other half is missing. An apostrophe may end a folder's name, so
// alone it stays.
func unquote(path string) string {
	if rest, ok := strings.CutPrefix(path, "'"); ok {
		return strings.TrimSpace(strings.TrimSuffix(rest, "'"))
	}
	return strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(path, `"`), `"`))
}

// isDevice reports whether Windows takes the name for a device, with or without an extension.
func isDevice(name string) bool {
	if len(name) < len("CON") {
		return false
	}
	name, _, _ = strings.Cut(name, ".")
	if name = strings.TrimRight(name, " "); len(name) > len("CONOUT$") {
		return false
	}
	name = strings.ToUpper(name)
	switch name {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$":
		return true
	}
	for _, port := range []string{"COM", "LPT"} {
		if n, ok := strings.CutPrefix(name, port); ok && len([]rune(n)) == 1 &&
			strings.ContainsAny(n, "0123456789¹²³") {
			return true
		}
	}
	return false
}
