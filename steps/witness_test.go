package steps_test

import (
	"context"
	"os"
	"path"
	"slices"
	"strings"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// watched is a computer on which a test says which wizard runs; `C:\SHORT~1` is another name of its extraction folder.
type watched struct {
	*walktest.Rig
	seen *watching
}

type watching struct {
	wizards []computer.Process // nil: those that run
	folder  string             // the extraction folder
}

func (w watched) Wizards(ctx context.Context) ([]computer.Process, error) {
	if w.seen.wizards != nil {
		return w.seen.wizards, nil
	}
	return w.Rig.Wizards(ctx)
}

func (w watched) Disk() disk.Reader { return shortNamed{w.Rig.Disk(), w.seen} }

type shortNamed struct {
	disk.Reader
	seen *watching
}

func (d shortNamed) Stat(path string) (disk.Info, error) {
	return d.Reader.Stat(strings.Replace(path, `C:\SHORT~1`, d.seen.folder, 1))
}

// own is a program that the engineer started himself, elevated.
func own(image string) computer.Process {
	return computer.Process{PID: 7, Image: image, Own: computer.Yes, Elevated: computer.Yes}
}

// One witness besides the log is enough; where there is none the engineer is asked, and nothing is refused.
func TestWitnessesOfTheFolder(t *testing.T) {
	const elsewhere = `C:\Other\Setup.exe`
	line := func(ps []computer.Process) int { return ps[1].PID } // the one that writes the practice log
	for name, tt := range map[string]struct {
		wizard func(ps []computer.Process) computer.Process
		old    bool   // the folder is older than the start
		says   string // a witness; empty: it is asked
	}{
		"a program in the folder": {func(ps []computer.Process) computer.Process { return ps[1] }, true,
			"runs from it"},
		"one in the folder by its short name": {func([]computer.Process) computer.Process { return own(`C:\SHORT~1\Setup.exe`) }, true, "runs from it"},
		"ours, which wrote the line": {func(ps []computer.Process) computer.Process {
			return computer.Process{PID: line(ps), Image: elsewhere, Ours: true}
		}, true, "wrote the line"},
		"a stranger with the number of ours": {func(ps []computer.Process) computer.Process { return computer.Process{PID: line(ps), Image: elsewhere} }, true, ""},
		"a folder that is newer": {func([]computer.Process) computer.Process { return own(elsewhere) },
			false, "newer than the installer's start"},
		"a program elsewhere and an old folder": {func([]computer.Process) computer.Process { return own(elsewhere) },
			true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			clock := &walktest.QuickClock{At: walktest.Began}
			seen := &watching{}
			r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
			e := walktest.Engage(t, watched{r, seen}, r.Dir, clock)
			for e.Walk.Screen().Step < 7 && e.Press() {
				continue
			}
			ps, err := r.Wizards(t.Context())
			if err != nil || len(ps) != 2 {
				t.Fatalf("wizards: %+v, %v", ps, err)
			}
			seen.folder = strings.ReplaceAll(path.Dir(strings.ReplaceAll(ps[1].Image, `\`, "/")), "/", `\`)
			seen.wizards = []computer.Process{tt.wizard(ps)}
			written := walktest.Began.Add(time.Hour)
			if tt.old {
				written = walktest.Began.Add(-time.Hour)
			}
			if err := os.Chtimes(r.Host(seen.folder), written, written); err != nil {
				t.Fatal(err)
			}
			e.Press()
			sc := e.Walk.Screen()
			if tt.says == "" {
				if sc.Step != 8 || sc.State != screen.Asking || sc.Question.Kind != screen.Confirm {
					t.Fatalf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Witnesses, sc.Problems)
				}
				e.Press()
				if sc = e.Walk.Screen(); sc.State != screen.Done {
					t.Errorf("after y it is %v: %+v", sc.State, sc.Problems)
				}
				return
			}
			told := false
			for _, w := range sc.Witnesses {
				who := "wizard"
				if !tt.old {
					who = "disk" // its time is no program's word
				}
				told = told || w.Who == who && w.View == screen.Agrees && strings.Contains(w.Says, tt.says)
			}
			if sc.Step != 8 || sc.State != screen.Done || !told {
				t.Errorf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Witnesses, sc.Question)
			}
		})
	}
}

// TestFolderWithoutALine: where the log is silent, no witness speaks of a line.
func TestFolderWithoutALine(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "no-errlog", walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, r, r.Dir, clock)
	for e.Walk.Screen().Step < 8 && e.Press() {
		continue
	}
	newer := ""
	for _, w := range e.Walk.Screen().Witnesses {
		if w.Who == "disk" {
			newer = w.Says
		}
	}
	if newer != "the folder is newer than the installer's start" {
		t.Errorf("the disk says %q: %+v", newer, e.Walk.Screen().Witnesses)
	}
}

// A wrong owner of the cache folder is a likely cause of the loss: it is told before the copy, and stops nothing.
func TestAWrongOwnerOfTheCacheIsTold(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, walktest.Foreign{Rig: r, Paths: `\Windows\Installer`}, r.Dir, clock)
	e.Until("copy")
	if p := e.Problem(); p.Code != "cache-owner" || !strings.Contains(p.Message, `SRV\intern`) {
		t.Errorf("the problems are %+v", e.Walk.Screen().Problems)
	}
	if code := e.Run(); code != steps.CodeGood {
		t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
	}
}

// TestWitnessesSpeakOnceForSeveralFiles: of an emptied cache each says in one line what it says of every file.
func TestWitnessesSpeakOnceForSeveralFiles(t *testing.T) {
	e := walktest.Begin(t, "cache-emptied")
	e.Settle(e.Walk.Begin())
	e.UntilStep(5)
	said := map[string][]string{}
	for _, w := range e.Walk.Screen().Witnesses {
		said[w.Who] = append(said[w.Who], w.Says)
	}
	for who, want := range map[string]string{"log": "line 328 and others name all 3",
		"registration": "Windows Installer expects all 3", "disk": "none of these 3 files is there"} {
		if !slices.Equal(said[who], []string{want}) {
			t.Errorf("the %s says %q, want %q", who, said[who], want)
		}
	}
}
