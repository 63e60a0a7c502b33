package walk_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// ordinary is a computer on which marsfix was started without an administrator's rights.
type ordinary struct {
	*practice.Machine
	code  int   // of the elevated marsfix
	err   error // why there is none
	asked int
}

func (o *ordinary) About(ctx context.Context) (computer.About, error) {
	a, err := o.Machine.About(ctx)
	a.Elevated = false
	return a, err
}

func (o *ordinary) Elevate(context.Context) (int, error) {
	o.asked++
	return o.code, o.err
}

// offered is a walk on such a computer that stands at the offer to start elevated.
func offered(t *testing.T, o *ordinary) *walktest.Engineer {
	t.Helper()
	clock, dir := &walktest.QuickClock{At: time.Now()}, walktest.MemoryDir(t)
	m, err := practice.New(practice.Options{Keep: dir, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	o.Machine = m
	e := walktest.Engage(t, o, dir, clock)
	if q := e.Walk.Screen().Question; q == nil || q.Verb != "start elevated" {
		t.Fatalf("without rights step 1 asks %+v", q)
	}
	return e
}

// A walk that was left to the elevated marsfix ends with that one's code, and tells nothing of what was changed: it
// does not know.
func TestHandedOver(t *testing.T) {
	for _, code := range []int{steps.CodeGood, steps.CodeFailed, steps.CodeLeft, 70} {
		o := &ordinary{code: code}
		e := offered(t, o)
		e.Settle(e.Walk.Handle(screen.Answer{Yes: true}))
		if sc := e.Walk.Screen(); !sc.Left || sc.Code != code || o.asked != 1 {
			t.Errorf("after an elevated marsfix that ended with %d: left %v with %d", code, sc.Left, sc.Code)
		}
		want := []string{`  reports    C:\Program Files\marsfix\reports`}
		if told := e.Walk.SaveReport(t.Context(), ""); !slices.Equal(told, want) {
			t.Errorf("of the report it is said %q, want %q", told, want)
		}
		summary := strings.Join(e.Walk.Summary(), "\n")
		if !strings.Contains(summary, "the elevated marsfix took over") ||
			strings.Contains(summary, "nothing was changed") {
			t.Errorf("the summary says\n%s", summary)
		}
	}
}

// An elevated marsfix that did not start is a problem of step 1, and nothing was handed over.
func TestNotHandedOver(t *testing.T) {
	e := offered(t, &ordinary{err: errors.New("the request was declined")})
	e.Settle(e.Walk.Handle(screen.Answer{Yes: true}))
	if sc := e.Walk.Screen(); sc.Left || sc.Step != 1 || !e.Shows("elevation-failed") {
		t.Errorf("declined, step %d stands with %+v, left %v", sc.Step, sc.Problems, sc.Left)
	}
	e.Walk.Handle(screen.Press{Key: "q"})
	e.Walk.Handle(screen.Answer{Yes: true})
	if summary := strings.Join(e.Walk.Summary(), "\n"); !e.Walk.Screen().Left ||
		strings.Contains(summary, "elevated marsfix took over") {
		t.Errorf("left, the summary says\n%s", summary)
	}
}
