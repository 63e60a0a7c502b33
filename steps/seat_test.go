package steps_test

import (
	"slices"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/look"
)

// That Bob's wizard was taken for the one of this repair says nothing of Carol's, nor of what he runs in another
// session, nor of what runs there as another account.
func TestASeatIsOneUserInOneSession(t *testing.T) {
	taken := computer.Process{PID: 1, User: `CONTOSO\bob`, Session: 3}
	f := look.Facts{Wizards: []computer.Process{taken, {PID: 2, User: `CONTOSO\carol`, Session: 4},
		{PID: 3, User: `CONTOSO\bob`, Session: 4},
		{PID: 4, User: `CONTOSO\carol`, Session: 3}, {PID: 5, Session: 3}, {PID: 6, User: `CONTOSO\bob`, Session: 3}}}
	seat := taken.Seat()
	f.Choices.Seat = &seat
	pids := func(ps []computer.Process) (ns []int) {
		for _, p := range ps {
			ns = append(ns, p.PID)
		}
		return ns
	}
	if ours, strangers := pids(f.Ours()), pids(f.Strangers()); !slices.Equal(ours, []int{1, 6}) ||
		!slices.Equal(strangers, []int{2, 3, 4, 5}) {
		t.Errorf("taken for the engineer's are %v, for strangers' %v", ours, strangers)
	}
}
