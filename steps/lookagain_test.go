package steps_test

import (
	"context"
	"slices"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// serviced is a computer whose services do something meanwhile.
type serviced struct {
	*rig
	state string // of the backup service
}

func (s *serviced) Services(context.Context) ([]computer.Service, error) {
	return []computer.Service{{Name: "obengine", State: s.state}, {Name: "agent", State: "running"}}, nil
}

// Looking again at step 1 shows the services as they are now.
func TestLookingAgainAsksTheServicesAgain(t *testing.T) {
	clock := &quickClock{now: start}
	s := &serviced{newRig(t, "missing", memoryDir(t), clock.Now), "stopped"}
	e := engage(t, s, s.dir, clock)
	shown := func(value string) bool {
		return slices.ContainsFunc(e.walk.Screen().Rows, func(r screen.Row) bool { return r.Label == "service" && r.Value == value })
	}
	if !shown("obengine stopped") {
		t.Errorf("step 1 shows %+v", e.walk.Screen().Rows)
	}
	s.state = "running"
	e.settle(e.walk.Handle(screen.Press{Key: "r"}))
	if !shown("obengine running") || shown("obengine stopped") {
		t.Errorf("looked at again, step 1 shows %+v", e.walk.Screen().Rows)
	}
}
