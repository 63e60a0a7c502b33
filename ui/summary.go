package ui

import (
	"fmt"
	"io"
	"strings"

	"marsfix/logscan"
)

// summarize prints what stays in the console after the walk.
func summarize(out io.Writer, w Walk) error {
	var b strings.Builder
	for _, line := range w.Summary() {
		b.WriteString(logscan.Clean(line))
		b.WriteByte('\n')
	}
	if _, err := io.WriteString(out, b.String()); err != nil {
		return fmt.Errorf("cannot print the summary: %w", err)
	}
	return nil
}
