package steps_test

import (
	"io/fs"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
)

// Where the set-up log says nothing the process of the installer tells the folder; where that tells nothing either, the engineer chooses.
func TestTheFolderWithoutASetupLog(t *testing.T) {
	for name, wizards := range map[string][]steps.Process{
		"the process tells": nil,
		"it is chosen":      {{PID: 7, Image: `C:\Other\Setup.exe`, Own: steps.Yes, Elevated: steps.Yes}},
	} {
		t.Run(name, func(t *testing.T) {
			clock := &quickClock{now: start}
			seen := &watching{}
			r := newRig(t, "no-errlog", memoryDir(t), clock.Now)
			e := engage(t, watched{r, seen}, r.dir, clock)
			for e.walk.Screen().Step < 7 && e.press() {
				continue
			}
			seen.wizards = wizards
			e.press()
			sc := e.walk.Screen()
			chosen := sc.State == steps.Asking && sc.Question.Kind == steps.Choose && len(sc.Question.Options) == 1
			if sc.Step != 8 || chosen != (wizards != nil) || chosen == (sc.State == steps.Done) {
				t.Fatalf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Question, sc.Problems)
			}
			seen.wizards = nil
			if code := e.run(); code != steps.CodeGood {
				t.Errorf("the walk ended with %d: %+v", code, e.walk.Screen().Problems)
			}
		})
	}
}

// A log that the installer keeps to itself is called that, and not missing.
func TestASetupLogThatIsKept(t *testing.T) {
	r, e := onRig(t, "missing")
	e.until("start")
	e.press()
	r.before = func(op disktest.Op, path string) error {
		if op == disktest.Open && strings.HasSuffix(path, ".errlog") {
			return &fs.PathError{Op: string(op), Path: path, Err: disk.ErrShared}
		}
		return nil
	}
	e.press()
	if p := e.problem(); e.walk.Screen().Step != 7 || !strings.Contains(p.Message, "keeps this log to itself") {
		t.Errorf("step %d: %+v", e.walk.Screen().Step, p)
	}
	if code := e.run(); code != steps.CodeGood {
		t.Errorf("the walk ended with %d: %+v", code, e.walk.Screen().Problems)
	}
}
