package walktest

import (
	"testing"
	"time"

	"marsfix/steps/practice"
	"marsfix/steps/walk"
)

// datedEngineer knows the computer as well.
type datedEngineer struct {
	*Engineer
	Machine *practice.Machine
}

// Dated begins a walk on a day that never changes, in a zone that never changes.
func Dated(t *testing.T, scenario string) *datedEngineer {
	t.Helper()
	return DatedBy(t, scenario, &QuickClock{At: time.Date(2026, time.March, 4, 9, 30, 0, 0, time.UTC)})
}

func DatedBy(t *testing.T, scenario string, clock walk.Clock) *datedEngineer {
	t.Helper()
	zone := time.Local
	time.Local = time.UTC
	t.Cleanup(func() { time.Local = zone })
	en, m := begin(t, scenario, clock)
	e := &datedEngineer{en, m}
	e.Settle(e.Walk.Begin())
	return e
}
