package installer_test

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
	"marsfix/steps/walk/walktest"
)

// What is started has every byte of what was looked at: a program whose bytes were changed since, with its size and its
// time put back, is not started.
func TestAChangedInstallerIsNotStarted(t *testing.T) {
	for _, verb := range []string{"start", "run"} {
		t.Run(verb, func(t *testing.T) {
			clock := &walktest.QuickClock{At: walktest.Began}
			r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
			e := walktest.Engage(t, walktest.Judged{Rig: r, Code: "=",
				Signs: walktest.OnlyPackages(walktest.Signed(computer.SignTrusted), nil)}, r.Dir, clock)
			e.Until(verb)
			path := r.Host(`C:\Users\admin\Downloads\MARSAgentInstaller.exe`)
			was, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			in, err := os.Stat(path)
			if err := errors.Join(err, walktest.WriteAt(path, os.O_WRONLY, []byte{was[len(was)/2] ^ 1},
				int64(len(was)/2)), os.Chtimes(path, in.ModTime(), in.ModTime())); err != nil {
				t.Fatal(err)
			}
			e.Act(r, nil)
			if p := e.Problem(); p.Code != "installer-changed" {
				t.Errorf("it came to %+v", p)
			}
			if ps, err := r.Wizards(t.Context()); err != nil || len(ps) != 0 {
				t.Errorf("it was started: %+v, %v", ps, err)
			}
		})
	}
}

// The installer is started twice, each time from a private copy: where making that fails it is not started at all, and
// the copy goes away in the end.
func TestEveryFaultOfTheStart(t *testing.T) {
	for _, verb := range []string{"start", "run"} {
		d := walktest.Deed{Scenario: "missing", Verb: verb}
		calls := d.Operations(t)
		for _, k := range walktest.SampleOf(calls) {
			for _, cause := range []error{errors.New("the cable was pulled"), disk.ErrFull} {
				walktest.Row(t, fmt.Sprintf("%s/%d %s/%v", verb, k, calls[k-1].Op, cause), func(t *testing.T) {
					r, e := walktest.OnRig(t, d.Scenario)
					e.Until(verb)
					before := walktest.CacheOf(t, r.Dir)
					var calls []walktest.Call
					e.Act(r, walktest.FailAt(k, cause, true, &calls))
					if sc := e.Walk.Screen(); sc.State == screen.Failed {
						p := e.Problem()
						// its signature
						why := strings.Contains(p.Message, cause.Error()) ||
							strings.HasSuffix(p.Message, "it is not checked")
						if p.Hint == "" || !strings.Contains(p.Message, `"C:\`) || !why {
							t.Errorf("%s %s failed: %+v", calls[k-1].Op, calls[k-1].Path, p)
						}
						walktest.Same(t, before, walktest.CacheOf(t, r.Dir))
						e.Mend()
					}
					if code := e.Run(); code != steps.CodeGood {
						t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
					}
					e.Walk.Close()
					if hash := walktest.CacheOf(t, r.Dir)[walktest.TargetName]; hash != walktest.GoodHash(t) {
						t.Errorf("%s is %q", walktest.TargetName, hash)
					}
					for name := range walktest.Places(t, r.Host(walktest.OwnFolder)) {
						if name != "journal.jsonl" {
							t.Errorf("%s is left", name)
						}
					}
				})
			}
		}
	}
}
