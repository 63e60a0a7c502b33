package walktest

import (
	"context"
	"testing"
	"time"

	"marsfix/steps"
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

func DatedBy(t *testing.T, scenario string, clock steps.Clock) *datedEngineer {
	t.Helper()
	zone := time.Local
	time.Local = time.UTC
	t.Cleanup(func() { time.Local = zone })
	dir := t.TempDir()
	m, err := practice.New(practice.Options{Scenario: scenario, Keep: dir, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	w := walk.New(context.Background(), m, walk.Options{Clock: clock, Version: "test"})
	t.Cleanup(w.Close)
	e := &datedEngineer{&Engineer{T: t, Walk: w, Disk: dir}, m}
	e.Settle(w.Begin())
	return e
}
