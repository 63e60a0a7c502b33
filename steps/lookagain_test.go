package steps_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// serviced is a computer whose services do something meanwhile.
type serviced struct {
	*walktest.Rig
	state string // of the backup service
}

func (s *serviced) Services(context.Context) ([]computer.Service, error) {
	return []computer.Service{{Name: "obengine", State: s.state}, {Name: "agent", State: "running"}}, nil
}

// Looking again at step 1 shows the services as they are now.
func TestLookingAgainAsksTheServicesAgain(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	s := &serviced{walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now), "stopped"}
	e := walktest.Engage(t, s, s.Dir, clock)
	shown := func(state string) bool {
		return slices.ContainsFunc(e.Walk.Screen().Rows, func(r screen.Row) bool {
			return r.Label == "service" && r.Value == "obengine" && strings.HasPrefix(r.Note, state)
		})
	}
	if !shown("stopped") {
		t.Errorf("step 1 shows %+v", e.Walk.Screen().Rows)
	}
	s.state = "running"
	e.Settle(e.Walk.Handle(screen.Press{Key: "r"}))
	if !shown("running") || shown("stopped") {
		t.Errorf("looked at again, step 1 shows %+v", e.Walk.Screen().Rows)
	}
}
