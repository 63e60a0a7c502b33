package walk_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/look"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// wildClock is a clock that somebody sets while marsfix runs: jump tells, for each time it is asked, by how much it is
// off.
type wildClock struct {
	t     *testing.T
	mu    sync.Mutex
	now   time.Time
	asked int
	jump  func(asked int) time.Duration
}

func (c *wildClock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.asked++
	return c.now.Add(c.jump(c.asked))
}

func (c *wildClock) Wait(ctx context.Context, d time.Duration) error {
	if d < 0 || d > time.Minute {
		c.t.Errorf("asked to wait for %v", d)
	}
	c.mu.Lock()
	c.now = c.now.Add(d + time.Millisecond)
	c.mu.Unlock()
	return ctx.Err()
}

func TestTheClockJumps(t *testing.T) {
	jumps := map[string]func(int) time.Duration{
		"back and forth by an hour": func(n int) time.Duration { return time.Duration(n%2) * time.Hour },
		"back and forth by a year":  func(n int) time.Duration { return time.Duration(n%3-1) * 365 * 24 * time.Hour },
		"by seconds":                func(n int) time.Duration { return time.Duration(n*7919%61-30) * time.Second },
	}
	for _, at := range []int{3, 20, 40, 60, 90, 130, 200} {
		for _, by := range []time.Duration{-time.Hour, time.Hour, -30 * 24 * time.Hour, 30 * 24 * time.Hour} {
			jumps[fmt.Sprintf("once by %v, asked for the %dth time", by, at)] = func(n int) time.Duration {
				if n < at {
					return 0
				}
				return by
			}
		}
	}
	for turn, scenario := range []string{"missing", "no-errlog", "wizard-open", "closed-too-early"} {
		for n, name := range slices.Sorted(maps.Keys(jumps)) {
			if (n+turn)%3 != 0 && !walktest.Everything() { // each jump is made in at least one of the walks
				continue
			}
			jump := jumps[name]
			walktest.Row(t, scenario+"/"+name, func(t *testing.T) {
				clock := &wildClock{t: t, now: walktest.Began, jump: jump}
				r := walktest.NewRig(t, scenario, walktest.MemoryDir(t), clock.Now)
				e := walktest.Engage(t, r, r.Dir, clock)
				if code := e.Run(); code != steps.CodeGood {
					t.Errorf("the walk ended with %d at step %d: %+v", code, e.Walk.Screen().Step,
						e.Walk.Screen().Problems)
				}
				if hash := walktest.CacheOf(t, r.Dir)[walktest.TargetName]; hash != walktest.GoodHash(t) {
					t.Errorf("%s is %q", walktest.TargetName, hash)
				}
			})
		}
	}
}

// Between two presses of Ctrl+C the clock may go anywhere: the walk asks or leaves, with the right code, and never
// hangs.
func TestTheClockJumpsBetweenInterrupts(t *testing.T) {
	for _, by := range []time.Duration{-time.Hour, 0, time.Second, time.Hour} {
		s := steps.NewSession(look.Given{}, false, false)
		s.Begin(walktest.Began)
		s.Handle(screen.Interrupt{}, walktest.Began)
		s.Handle(screen.Interrupt{}, walktest.Began.Add(by))
		sc := s.Screen()
		if soon := by >= 0 && by <= 2*time.Second; sc.Left != soon || sc.Left && sc.Code != steps.CodeLeft ||
			!sc.Left && sc.Question == nil {
			t.Errorf("the second Ctrl+C %v later: left %v with %d, question %+v", by, sc.Left, sc.Code, sc.Question)
		}
	}
}
