package ui

import (
	"fmt"
	"io"
	"strings"

	"marsfix/logscan"
)

// summarize prints what stays in the console after the walk, and below it the facts that no clipboard took.
func summarize(out io.Writer, w Walk, facts []string) error {
	var b strings.Builder
	for _, line := range w.Summary() {
		b.WriteString(logscan.Clean(line))
		b.WriteByte('\n')
	}
	for _, fact := range facts {
		b.WriteString(logscan.Clean(factLine(fact)))
		b.WriteByte('\n')
	}
	if _, err := io.WriteString(out, b.String()); err != nil {
		return fmt.Errorf("cannot print the summary: %w", err)
	}
	return nil
}
