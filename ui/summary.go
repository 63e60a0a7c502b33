package ui

import (
	"fmt"
	"io"
	"strings"

	"marsfix/logscan"
)

// leastWrapped is the narrowest room in which prose is wrapped.
const leastWrapped = 40

// summarize prints what stays in the console after the walk, and below it the closing lines, if any, which may take a
// moment. In a window of this width prose is wrapped at blanks; 0 leaves all lines as they are.
func summarize(out io.Writer, lines []string, closing func() []string, width int) error {
	err := printWrapped(out, lines, width)
	if err != nil || closing == nil {
		return err
	}
	return printWrapped(out, closing(), width)
}

func printWrapped(out io.Writer, lines []string, width int) error {
	var b strings.Builder
	for _, line := range lines {
		for _, l := range hanging(logscan.Clean(line), width) {
			b.WriteString(l)
			b.WriteByte('\n')
		}
	}
	if _, err := io.WriteString(out, b.String()); err != nil {
		return fmt.Errorf("cannot print the summary: %w", err)
	}
	return nil
}

// hanging wraps a line of a summary below its value, which stands behind a label. What is quoted, and a value that is a
// path, stays whole.
func hanging(line string, room int) []string {
	lead := len(line) - len(strings.TrimLeft(line, " "))
	if lead > 0 && len(line) > summaryLead {
		lead = summaryLead
	}
	value := line[lead:]
	if room < leastWrapped || width(line) < room || pathAt(value) == 0 {
		return []string{line}
	}
	var lines []string
	text := ""
	for _, word := range wholeWords(value) {
		if text != "" && lead+width(text)+1+width(word) >= room {
			lines, text = append(lines, text), ""
		}
		if text != "" {
			text += " "
		}
		text += word
	}
	return indent(line[:lead], append(lines, text))
}

// wholeWords takes a text apart at its blanks, but not within quotation marks: paths have blanks.
func wholeWords(text string) []string {
	var words []string
	for i, part := range strings.Split(text, "\"") {
		if i%2 == 1 { // within quotation marks
			words[len(words)-1] += "\"" + part + "\""
			continue
		}
		fields := strings.Split(part, " ")
		if i > 0 {
			words[len(words)-1] += fields[0] // what follows the mark at once
			fields = fields[1:]
		}
		words = append(words, fields...)
	}
	return words
}
