package logscan

import (
	"io"
	"slices"
	"strings"
)

// passBroken puts the folders that count first, and go on in the next line, among the suspicious ones: a mail has
// broken them, "F:\\aa2" and below it "f65c3b8b82bb1fa32", and what is left may be another's folder.
func (l *SetupLog) passBroken(r io.ReaderAt, size int64) error {
	passed := false
	for len(l.Folders) > 0 {
		f := l.Folders[0]
		next, ended, err := lineBehind(r, size, f.At)
		if err != nil {
			return err
		}
		if !goesOn(f.Folder, next, ended) {
			break
		}
		f.broken, f.Folder = f.Folder, ""
		l.Folders, l.Suspicious, passed = l.Folders[1:], append(slices.Clip(l.Suspicious), f), true
	}
	if passed {
		slices.SortStableFunc(l.Suspicious, func(a, b FolderLine) int { return counts(&a, &b) })
		l.Suspicious = l.Suspicious[:min(len(l.Suspicious), MaxNamed)]
	}
	return nil
}

// Broken reports whether the folder goes on in the next line.
func (f FolderLine) Broken() bool { return f.broken != "" }

// lineBehind is the ASCII of the line behind the one that holds an offset, where it is near; in pairs each has a zero.
// Following a log, this is done five times a second: it reads no more than it needs.
func lineBehind(r io.ReaderAt, size, at int64) (text string, ended bool, err error) {
	const near = 2 << 10
	b := make([]byte, min(near, size-at))
	if err := readFull(r, b, at); err != nil {
		return "", false, err
	}
	_, rest, _ := strings.Cut(strings.ReplaceAll(string(b), "\x00", ""), "\n")
	text, _, ended = strings.Cut(rest, "\n")
	return text, ended, nil
}

// goesOn reports whether a line has nothing but the rest of the self-extractor's folder, whose name is hex. What the
// log has not ended yet may become a line of its own, which begins with a process in hex.
func goesOn(folder, next string, ended bool) bool {
	name := strings.TrimRight(folder[strings.LastIndexByte(folder, '\\')+1:], "=-")
	rest := strings.TrimRight(strings.Trim(next, " \t\r>|"), `\`)
	return allHex(name) && allHex(rest) && strings.ContainsAny(rest, "0123456789") && (ended || len(rest) > len("FFFF"))
}

// allHex reports whether a text is made of hex digits, however many.
func allHex(text string) bool {
	return text != "" && strings.Trim(fold(text), "0123456789abcdef") == ""
}
