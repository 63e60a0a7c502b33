package steps_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// awayRegistry is a computer whose registration cannot be read while away is set.
type awayRegistry struct {
	*walktest.Rig
	away *bool
}

func (r awayRegistry) Products(ctx context.Context) ([]computer.Product, error) {
	if *r.away {
		return nil, errors.New("RPC server unavailable")
	}
	return r.Rig.Products(ctx)
}

// What was used against advice is never called verified: its copy was read back, and no more is said of it.
func TestACopyAgainstAdviceIsNotCalledVerified(t *testing.T) {
	for scenario, want := range map[string]string{
		"missing":      "7b5ea8.msi is back in the cache, verified.",
		"unregistered": "7b5ea8.msi is back in the cache, although its package code could not be checked.",
		"unsigned":     "7b5ea8.msi is back in the cache, although it is not signed.",
	} {
		_, e := walktest.OnRig(t, scenario)
		e.Types = true
		e.Until("copy")
		e.Settle(e.Walk.Handle(screen.Answer{Yes: true}))
		sc := e.Walk.Screen()
		if sc.Finding != want || !slices.ContainsFunc(sc.Rows,
			func(r screen.Row) bool { return r.Note == "read back, identical" }) {
			t.Errorf("%s: %q, %+v", scenario, sc.Finding, sc.Rows)
		}
		if left := e.Walk.Summary()[0]; strings.Contains(left, "verified") != (scenario == "missing") {
			t.Errorf("%s: left there, the summary says %q", scenario, left)
		}
	}
}

// Where the registration cannot be read after the upgrade, nobody says how it went, and no other installer is offered;
// the next look tells.
func TestAnUpgradeThatCannotBeCheckedIsNotCalledFailed(t *testing.T) {
	clock, away := &walktest.QuickClock{At: walktest.Began}, false
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, awayRegistry{r, &away}, r.Dir, clock)
	e.Until("run")
	ended := e.Walk.Handle(screen.Answer{Yes: true})[0]()
	away = true
	e.Settle(e.Walk.Handle(ended))
	sc := e.Walk.Screen()
	if sc.State != screen.Failed || sc.Finding != "The upgrade has run, but its result could not be checked." ||
		!strings.Contains(e.Problem().Message, "RPC server unavailable") {
		t.Errorf("%v, %q, %+v", sc.State, sc.Finding, e.Problem())
	}
	if slices.ContainsFunc(sc.Actions, func(a screen.Action) bool { return a.Verb == "browse" }) {
		t.Errorf("another installer is offered: %+v", sc.Actions)
	}
	away = false
	e.Settle(e.Walk.Handle(screen.Press{Key: "r"}))
	if sc = e.Walk.Screen(); sc.State != screen.Done || !strings.HasPrefix(sc.Finding, "The upgrade succeeded") {
		t.Errorf("after another look: %v, %q", sc.State, sc.Finding)
	}
}
