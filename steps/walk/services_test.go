package walk_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/walk/walktest"
)

// serviceless is a computer that does not tell of its services.
type serviceless struct{ *walktest.Rig }

func (serviceless) Services(context.Context) ([]computer.Service, error) {
	return nil, errors.New("the service manager is away")
}

// An upgrade after which nobody could look at the services is not called verified, neither on leaving nor in the
// report.
func TestServicesThatNobodySawAreNotVerified(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, serviceless{r}, r.Dir, clock)
	if code := e.Run(); code != steps.CodeGood {
		t.Fatalf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
	}
	if summary := strings.Join(e.Walk.Summary(), "\n"); strings.Contains(summary, "verified") ||
		!strings.Contains(summary, "the upgrade succeeded; marsfix could not check") {
		t.Errorf("the summary says\n%s", summary)
	}
	if says := e.Walk.Screen().Finding; strings.Contains(says, "verified") ||
		!strings.Contains(says, "could not check") {
		t.Errorf("the last screen says %q", says)
	}
	rep := e.Walk.Report()
	if strings.Contains(rep.Verdict, "verified") || !strings.Contains(rep.Verdict, "marsfix could not check") ||
		!strings.Contains(strings.Join(rep.Next, "\n"), "sc query obengine") {
		t.Errorf("the report says %q, next %q", rep.Verdict, rep.Next)
	}
}
