package screen

import "marsfix/logscan"

// CleanText makes text from logs, names and registrations fit to be shown anywhere.
func CleanText(s string) string { return logscan.Clean(s) }

// Cleaned is a problem fit to be shown, nil for none.
func Cleaned(p *Problem) *Problem {
	if p == nil {
		return nil
	}
	return &Problem{Code: p.Code, Message: CleanText(p.Message), Hint: CleanText(p.Hint)}
}
