package steps

import "marsfix/logscan"

// cleanText makes text from logs, names and registrations fit to be shown anywhere.
func cleanText(s string) string { return logscan.Clean(s) }

// cleaned is a problem fit to be shown, nil for none.
func cleaned(p *Problem) *Problem {
	if p == nil {
		return nil
	}
	return &Problem{Code: p.Code, Message: cleanText(p.Message), Hint: cleanText(p.Hint)}
}
