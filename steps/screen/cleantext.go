package screen

import "marsfix/logscan"

// CleanText makes text from logs, names and registrations fit to be shown anywhere.
func CleanText(s string) string { return logscan.Clean(s) }

// Cleaned is a problem fit to be shown.
func (p Problem) Cleaned() Problem {
	p.Message, p.Cure, p.Offer = CleanText(p.Message), CleanText(p.Cure), CleanText(p.Offer)
	return p
}
