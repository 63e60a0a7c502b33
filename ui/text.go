package ui

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// even reports whether each byte of a text is a character that takes one cell, as in most of them.
func even(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// width is how many cells a text takes.
func width(s string) int {
	if even(s) {
		return len(s)
	}
	return ansi.StringWidth(s)
}

// pad fills a text with blanks to n cells.
func pad(s string, n int) string {
	if w := width(s); w < n {
		return s + strings.Repeat(" ", n-w)
	}
	return s
}

// fitting cuts a text to at most n cells, the cut marked.
func fitting(s string, n int, dots string) string {
	if width(s) <= n {
		return s
	}
	return ansi.Truncate(s, max(n, 0), dots)
}

// cells cuts a text in two after at most n cells; the first part is never empty unless the text is.
func cells(s string, n int) (head, rest string) {
	head = ansi.Truncate(s, n, "")
	if head == "" && s != "" {
		// A character wider than the room: better one cell too many than a loop without end.
		for i := range s {
			if i > 0 {
				return s[:i], s[i:]
			}
		}
		return s, ""
	}
	return head, s[len(head):]
}

// wrap breaks prose into lines of at most n cells, at blanks. A word that is longer is broken after a backslash where
// it has one, so that what was cut can be read as a path. Hyphens are no place to break: hints hold flags that are
// ready to type.
func wrap(s string, n int) []string {
	n = max(n, 1)
	if width(s) <= n || strings.TrimSpace(s) == "" {
		return []string{fitting(s, n, "")} // blanks alone are one line of them
	}
	var lines []string
	line, used := "", 0
	for i, word := range strings.Split(s, " ") {
		w := width(word)
		if i > 0 && used+1+w <= n {
			line, used = line+" "+word, used+1+w
			continue
		}
		lines = append(lines, line)
		for w > n {
			var head string
			head, word = breakWord(word, n)
			lines = append(lines, head)
			w = width(word)
		}
		line, used = word, w
	}
	return dropBlank(append(lines, line))
}

// breakWord cuts a word that is wider than n cells.
func breakWord(word string, n int) (head, rest string) {
	head, rest = cells(word, n)
	if i := strings.LastIndexByte(head, '\\'); i > len(head)/2 {
		return word[:i+1], word[i+1:]
	}
	return head, rest
}

func dropBlank(lines []string) []string {
	kept := lines[:0]
	for _, l := range lines {
		if strings.TrimSpace(l) != "" {
			kept = append(kept, strings.TrimRight(l, " "))
		}
	}
	return kept
}

// shorten makes a path fit n cells by leaving out some of its middle: the drive and the file name, which may be an id,
// stay whole, and what is left of the room goes to both sides. It reports false when that is impossible.
func shorten(path string, n int, dots string) (string, bool) {
	if width(path) <= n {
		return path, true
	}
	name := max(strings.LastIndexByte(path, '\\'), 0)
	spare := n - width(path[name:]) - width(dots)
	if spare < len(`C:\`) {
		return path, false
	}
	head, _ := cells(path, max(spare/2, len(`C:\`)))
	return head + dots + ending(path[:name], spare-width(head)) + path[name:], true
}

// ending is what of a text's end fits n cells.
func ending(s string, n int) string {
	return dropLeadingMarks(ansi.TruncateLeft(s, width(s)-max(n, 0), ""), n)
}

// middle is what of a text fits the cells from a on and before b.
func middle(s string, a, b int) string {
	if even(s) {
		b = min(b, len(s))
		return s[min(a, b):b]
	}
	return dropLeadingMarks(ansi.Cut(s, a, b), b-a)
}

// dropLeadingMarks drops what keeps a cut text from fitting n cells: a combining mark takes a cell of its own once the
// character before it was cut away.
func dropLeadingMarks(s string, n int) string {
	for width(s) > n && s != "" {
		_, size := utf8.DecodeRuneInString(s)
		s = s[size:]
	}
	return s
}

// squeeze makes a path fit n cells at any price: where shorten cannot, its end stays.
func squeeze(path string, n int, dots string) string {
	if short, ok := shorten(path, n, dots); ok {
		return short
	}
	return dots + ending(path, n-width(dots))
}

// pathAt is where a path begins in a value that is nothing but a path, or a path behind a remark and two blanks; -1
// without.
func pathAt(value string) int {
	at := 0
	if i := strings.LastIndex(value, "  "); i >= 0 {
		at = i + 2
	}
	rest := value[at:]
	if len(rest) >= 3 && rest[1] == ':' && rest[2] == '\\' || strings.HasPrefix(rest, `\\`) {
		return at
	}
	return -1
}

// indent puts a first prefix before the first line and blanks of the same width before the others.
func indent(prefix string, lines []string) []string {
	blank := strings.Repeat(" ", width(prefix))
	for i, l := range lines {
		if i == 0 {
			lines[i] = prefix + l
		} else {
			lines[i] = blank + l
		}
	}
	return lines
}
