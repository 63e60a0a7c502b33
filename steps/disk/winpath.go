package disk

import (
	"strings"
	"unicode/utf8"
)

// parseDrive takes `X:\a\b` apart into the drive's letter in upper case and the names below it. Every other shape is
// ErrBadPath, and so is every name that Windows would read as something else than a plain name ("..", a stream, a
// device, trailing dots and blanks: https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
func parseDrive(path string) (letter byte, names []string, err error) {
	if len(path) < 3 || path[1] != ':' || path[2] != '\\' {
		return 0, nil, ErrBadPath
	}
	letter = path[0] &^ 0x20
	if letter < 'A' || letter > 'Z' {
		return 0, nil, ErrBadPath
	}
	names, err = parseNames(path[3:])
	return letter, names, err
}

// parseNames takes `a\b` apart. The empty path has no names.
func parseNames(path string) ([]string, error) {
	if path == "" {
		return nil, nil
	}
	names := strings.Split(path, `\`)
	for _, name := range names {
		if !plainName(name) {
			return nil, ErrBadPath
		}
	}
	return names, nil
}

// plainName reports whether Windows takes the name as it stands.
func plainName(name string) bool {
	if name == "" || !utf8.ValidString(name) || strings.ContainsAny(name, `<>:"/\|?*`) {
		return false
	}
	for i := range len(name) {
		if name[i] < 0x20 {
			return false
		}
	}
	if last := name[len(name)-1]; last == '.' || last == ' ' {
		return false // "." and ".." too
	}
	return !deviceName(name)
}

// deviceName reports whether the name is a DOS device, with or without an extension.
func deviceName(name string) bool {
	base, _, _ := strings.Cut(name, ".")
	base = strings.ToUpper(strings.TrimRight(base, " "))
	switch base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$":
		return true
	}
	port, number := "", ""
	if len(base) > 3 {
		port, number = base[:3], base[3:]
	}
	if port != "COM" && port != "LPT" {
		return false
	}
	// Windows counts the superscripts of Latin-1 as digits here.
	return len(number) == 1 && number[0] >= '0' && number[0] <= '9' || number == "¹" || number == "²" || number == "³"
}
