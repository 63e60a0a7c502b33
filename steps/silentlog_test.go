package steps_test

import (
	"context"
	"io/fs"
	"strings"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// Where the set-up log says nothing the process of the installer tells the folder; where that tells nothing either, the
// engineer chooses.
func TestTheFolderWithoutASetupLog(t *testing.T) {
	for name, wizards := range map[string][]computer.Process{
		"the process tells": nil,
		"it is chosen":      {{PID: 7, Image: `C:\Other\Setup.exe`, Own: computer.Yes, Elevated: computer.Yes}},
	} {
		t.Run(name, func(t *testing.T) {
			clock := &walktest.QuickClock{At: walktest.Began}
			seen := &watching{}
			r := walktest.NewRig(t, "no-errlog", walktest.MemoryDir(t), clock.Now)
			e := walktest.Engage(t, watched{r, seen}, r.Dir, clock)
			for e.Walk.Screen().Step < 7 && e.Press() {
				continue
			}
			seen.wizards = wizards
			e.Press()
			if wizards != nil { // the installer runs, and may tell its folder yet: the engineer does not wait for that
				byHand(e, 8)
			}
			sc := e.Walk.Screen()
			chosen := sc.State == screen.Asking && sc.Question.Kind == screen.Choose && len(sc.Question.Options) == 1
			if sc.Step != 8 || chosen != (wizards != nil) || chosen == (sc.State == screen.Done) {
				t.Fatalf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Question, sc.Problems)
			}
			seen.wizards = nil
			if code := e.Run(); code != steps.CodeGood {
				t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
			}
		})
	}
}

// byHand asks for the folders to choose from, while the installer runs and has told none.
func byHand(e *walktest.Engineer, step int) {
	e.T.Helper()
	if sc := e.Walk.Screen(); sc.Step != step || sc.State != screen.NeedsYou || e.Problem().Code != "installer-slow" ||
		strings.Contains(e.Problem().Hint, "start") {
		e.T.Fatalf("step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
	}
	e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
}

// slow is a computer on which starting takes a minute, since the program is copied and checked.
type slow struct {
	watched
	clock *walktest.QuickClock
	ready *time.Time // when the start had returned
}

func (s slow) Start(ctx context.Context, program string) (int, error) {
	pid, err := s.watched.Start(ctx, program)
	if werr := s.clock.Wait(ctx, time.Minute); werr != nil {
		return 0, werr
	}
	*s.ready = s.clock.Now()
	return pid, err
}

// The installer has its 20 seconds from its start on, and all the time that it wants while it runs: it may install its
// prerequisites before it extracts anything. Nothing advises a second start.
func TestAnInstallerThatTakesItsTime(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	seen := &watching{wizards: []computer.Process{}}
	ready := time.Time{}
	r := walktest.NewRig(t, "no-errlog", walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, slow{watched{r, seen}, clock, &ready}, r.Dir, clock)
	e.Until("start")
	tasks := e.Walk.Handle(screen.Answer{Yes: true})
	started := tasks[0]()
	seen.wizards = []computer.Process{own(`C:\Other\dotnet.exe`)}
	e.Settle(e.Walk.Handle(started))
	if err := clock.Wait(t.Context(), 10*time.Second); err != nil { // the engineer reads
		t.Fatal(err)
	}
	tasks = e.Walk.Handle(screen.Press{Key: "enter"})
	for e.Walk.Screen().State != screen.NeedsYou {
		tasks = lookTimes(e, tasks, 1)
	}
	if waited := clock.Now().Sub(ready); waited < 20*time.Second || waited > 25*time.Second {
		t.Errorf("it had %v", waited)
	}
	tasks = lookTimes(e, tasks, 300) // five minutes
	if sc := e.Walk.Screen(); sc.Step != 7 || sc.State != screen.NeedsYou || e.Problem().Code != "installer-slow" ||
		strings.Contains(e.Problem().Hint, "start") {
		t.Fatalf("step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
	}
	seen.wizards = nil // now it has extracted its package
	e.Settle(lookTimes(e, tasks, 1))
	if sc := e.Walk.Screen(); sc.Step != 7 || sc.State != screen.Done {
		t.Fatalf("step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
	}
	if code := e.Run(); code != steps.CodeGood {
		t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
	}
}

// Who knows the folder need not wait: step 7 lets him go on, and step 8 choose.
func TestTheFolderOfASlowInstallerIsChosen(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	seen := &watching{}
	r := walktest.NewRig(t, "no-errlog", walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, watched{r, seen}, r.Dir, clock)
	e.Until("start")
	tasks := e.Walk.Handle(screen.Answer{Yes: true})
	started := tasks[0]()
	seen.wizards = []computer.Process{own(`C:\Other\dotnet.exe`)}
	e.Settle(e.Walk.Handle(started))
	e.Press()
	byHand(e, 7)
	e.Press()
	if sc := e.Walk.Screen(); sc.Step != 8 || sc.Question == nil || sc.Question.Kind != screen.Choose {
		t.Fatalf("step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
	}
	e.Until("copy")
}

// A log that the installer keeps to itself is called that, and not missing.
func TestASetupLogThatIsKept(t *testing.T) {
	r, e := walktest.OnRig(t, "missing")
	e.Until("start")
	e.Press()
	r.Before = func(op disktest.Op, path string) error {
		if op == disktest.Open && strings.HasSuffix(path, ".errlog") {
			return &fs.PathError{Op: string(op), Path: path, Err: disk.ErrShared}
		}
		return nil
	}
	e.Press()
	sc := e.Walk.Screen()
	if p := e.Problem(); sc.Step != 7 || !strings.Contains(p.Message, "keeps this log to itself") {
		t.Errorf("step %d: %+v", sc.Step, p)
	}
	if sc.Finding != "The installer is running, but its log cannot be read." {
		t.Errorf("of a log that nobody could read the screen says %q", sc.Finding)
	}
	for _, r := range sc.Rows {
		if strings.Contains(r.Note, "not there") {
			t.Errorf("a log that is kept is %q", r.Note)
		}
	}
	if code := e.Run(); code != steps.CodeGood {
		t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
	}
}
