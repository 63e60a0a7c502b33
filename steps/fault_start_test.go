package steps_test

import (
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk"
)

// The installer is started twice, each time from a private copy: where making that fails it is started in place or not at all, and the
// copy goes away in the end.
func TestEveryFaultOfTheStart(t *testing.T) {
	for _, verb := range []string{"start", "run"} {
		d := deed{"missing", verb}
		calls := d.operations(t)
		for _, k := range rows(calls) {
			for _, cause := range []error{errors.New("the cable was pulled"), disk.ErrFull} {
				t.Run(fmt.Sprintf("%s/%d %s/%v", verb, k, calls[k-1].op, cause), func(t *testing.T) {
					r, e := onRig(t, d.scenario)
					e.until(verb)
					before := cacheOf(t, r.dir)
					var calls []call
					e.act(r, failing(k, cause, true, &calls))
					if sc := e.walk.Screen(); sc.State == steps.Failed {
						p := e.problem()
						why := strings.Contains(p.Message, cause.Error()) || strings.HasSuffix(p.Message, "it is not checked") // its signature
						if p.Hint == "" || !strings.Contains(p.Message, `"C:\`) || !why {
							t.Errorf("%s %s failed: %+v", calls[k-1].op, calls[k-1].path, p)
						}
						same(t, before, cacheOf(t, r.dir))
						e.mend()
					}
					if code := e.run(); code != steps.CodeGood {
						t.Errorf("the walk ended with %d: %+v", code, e.walk.Screen().Problems)
					}
					e.walk.Close()
					if hash := cacheOf(t, r.dir)[targetName]; hash != goodHash(t) {
						t.Errorf("%s is %q", targetName, hash)
					}
					for name := range places(t, filepath.Join(r.dir, "C", "ProgramData")) {
						if !strings.HasSuffix(name, "journal.jsonl") {
							t.Errorf("%s is left", name)
						}
					}
				})
			}
		}
	}
}
