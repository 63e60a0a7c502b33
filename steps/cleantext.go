package steps

import "marsfix/logscan"

// cleanText makes text from logs, names and registrations fit to be shown anywhere.
func cleanText(s string) string { return logscan.Clean(s) }
