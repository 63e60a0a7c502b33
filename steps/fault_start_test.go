package steps_test

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// What is started has every byte of what was looked at: a program whose bytes were changed since, with its size and its time put back, is
// not started.
func TestAChangedInstallerIsNotStarted(t *testing.T) {
	for _, verb := range []string{"start", "run"} {
		t.Run(verb, func(t *testing.T) {
			clock := &quickClock{now: start}
			r := newRig(t, "missing", memoryDir(t), clock.Now)
			e := engage(t, judged{r, "=", onlyPackages(signed(computer.SignTrusted), nil)}, r.dir, clock)
			e.until(verb)
			path := r.host(`C:\Users\admin\Downloads\MARSAgentInstaller.exe`)
			was, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			in, err := os.Stat(path)
			if err := errors.Join(err, write(path, os.O_WRONLY, []byte{was[len(was)/2] ^ 1}, int64(len(was)/2)), os.Chtimes(path, in.ModTime(), in.ModTime())); err != nil {
				t.Fatal(err)
			}
			e.act(r, nil)
			if p := e.problem(); p.Code != "installer-changed" {
				t.Errorf("it came to %+v", p)
			}
			if ps, err := r.Wizards(t.Context()); err != nil || len(ps) != 0 {
				t.Errorf("it was started: %+v, %v", ps, err)
			}
		})
	}
}

// The installer is started twice, each time from a private copy: where making that fails it is not started at all, and the copy goes away
// in the end.
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
					if sc := e.walk.Screen(); sc.State == screen.Failed {
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
					for name := range places(t, r.host(ownFolder)) {
						if name != "journal.jsonl" {
							t.Errorf("%s is left", name)
						}
					}
				})
			}
		}
	}
}
