package selfcheck

import (
	"fmt"
	"strings"

	"marsfix/steps/screen"
)

// Rows tell each question of later steps that failed, and how many were answered.
func Rows(checks []Check) []screen.Row {
	var rows []screen.Row
	ok, unasked := 0, []string{}
	for _, c := range checks {
		switch {
		case c.OK:
			ok++
		case c.Failed():
			rows = append(rows, screen.Row{Label: "check", Value: c.Words(), Note: c.Means})
		default:
			unasked = append(unasked, c.Words())
		}
	}
	if len(checks) > 0 {
		r := screen.Row{Label: "self-check", Value: fmt.Sprintf("%d of %d passed", ok, len(checks)),
			Note: strings.Join(unasked, "; "), Extra: true}
		switch why := Untried(checks); {
		case len(rows) > 0 && len(unasked) > 0: // what failed is the reason, or matters more
			r.Note = fmt.Sprintf("%d not tried", len(unasked))
		case why != "":
			r.Value, r.Note = "not tried", why
		}
		rows = append(rows, r)
	}
	return rows
}
