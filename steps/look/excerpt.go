package look

import (
	"strings"
	"unicode/utf8"

	"marsfix/logscan"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// neighbours is how many lines are shown on each side of a match.
const neighbours = 4

// around reads a line of a log with its neighbours. A log that has changed meanwhile gives the line alone.
func (f Facts) around(d disk.Reader, path string, match logscan.Line, nameAt, nameLen int) []screen.LogLine {
	own := []screen.LogLine{logLine(match, true, nameAt, nameLen)}
	file, info, err := f.Given.Open(d, path)
	if err != nil {
		return own // the neighbours only help reading; the match itself is kept
	}
	defer file.Close() // opened for reading: closing it can lose nothing
	pager, err := logscan.NewPager(file, info.Size)
	if err != nil {
		return own
	}
	lines, at, err := pager.Around(match.Offset, neighbours, neighbours)
	if err != nil || at >= len(lines) || lines[at].Offset != match.Offset {
		return own
	}
	if match.Number > 0 {
		logscan.Number(lines, at, match.Number)
	}
	var out []screen.LogLine
	for i, ln := range lines {
		if i == at {
			out = append(out, own...)
			continue
		}
		out = append(out, logLine(ln, false, 0, 0))
	}
	return out
}

// logLine makes a line fit to be shown.
func logLine(ln logscan.Line, match bool, at, n int) screen.LogLine {
	if !match || at < 0 || n < 0 || at+n > len(ln.Text) {
		return screen.LogLine{Number: ln.Number, Text: logscan.Clean(ln.Text), Match: match}
	}
	text, markAt, mark := logscan.CleanMarked(ln.Text, at, n)
	return screen.LogLine{Number: ln.Number, Text: text, Match: true, MarkAt: markAt, Mark: mark}
}

// Quoted is ExcerptText in a sentence: dots stand where something is left out.
func Quoted(s string, at, n int) string {
	whole, part := logscan.Clean(s), ExcerptText(s, at, n)
	if !strings.HasPrefix(whole, part) {
		part = "…" + part
	}
	if !strings.HasSuffix(whole, strings.TrimPrefix(part, "…")) {
		part += "…"
	}
	return part
}

// ExcerptText is at most n bytes of a line, from a word a little before a place in it.
func ExcerptText(s string, at, n int) string {
	from := max(0, min(at-n/4, len(s)-n))
	to := min(len(s), from+n)
	if blank := strings.IndexByte(s[from:max(from, min(at, len(s)))], ' '); from > 0 && blank >= 0 {
		from += blank + 1
	}
	for from > 0 && from < len(s) && !utf8.RuneStart(s[from]) {
		from++
	}
	for to < len(s) && !utf8.RuneStart(s[to]) {
		to--
	}
	return logscan.Clean(s[from:to])
}
