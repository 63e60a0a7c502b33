package computer

import (
	"cmp"
	"fmt"
)

// Counts reports whether a process is taken for a wizard of this repair without asking: marsfix started it, or it runs
// as the account that marsfix runs as, elevated, as an installer does that the engineer opens himself. Any other one
// was started by somebody who may have no rights here and can give a program every name and place: that nobody could
// look at its account or rights makes it one of those.
func (p Process) Counts() bool { return p.Ours || p.Own == Yes && p.Elevated == Yes }

// Seat is where a wizard runs: whose, and in which session.
type Seat struct {
	user    string
	session uint32
}

// Seat is where a process runs.
func (p Process) Seat() Seat { return Seat{p.User, p.Session} }

// Whose says which program a process runs, and for whom.
func (p Process) Whose() string {
	w := fmt.Sprintf("process %d, %s, run by %s in session %d", p.PID, p.Image,
		cmp.Or(p.User, "an unknown user"), p.Session)
	switch p.Elevated {
	case No:
		w += " without an administrator's rights"
	case Unknown:
		w += ", with rights that could not be looked at"
	}
	return w
}
