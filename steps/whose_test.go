package steps_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/computer"
	"marsfix/steps/journal"
	"marsfix/steps/screen"
	"marsfix/steps/undo"
	"marsfix/steps/walk/walktest"
)

// crowded is a computer on which others run programs beside what runs of the practice installer.
type crowded struct {
	*walktest.Rig
	others *[]computer.Process
}

func (c crowded) Wizards(ctx context.Context) ([]computer.Process, error) {
	ps, err := c.Rig.Wizards(ctx)
	return append(slices.Clone(*c.others), ps...), err
}

// inCrowd walks a computer up to a step.
func inCrowd(t *testing.T, scenario string, step int) (crowded, *walktest.Engineer) {
	t.Helper()
	clock := &walktest.QuickClock{At: walktest.Began}
	c := crowded{walktest.NewRig(t, scenario, walktest.MemoryDir(t), clock.Now), &[]computer.Process{}}
	e := walktest.Engage(t, c, c.Dir, clock)
	if step > 1 {
		e.UntilStep(step)
	}
	return c, e
}

const bob = `CONTOSO\bob`

// strange are the ways in which a wizard is not the engineer's.
var strange = map[string]computer.Process{
	"another account":                 {Own: computer.No, Elevated: computer.No},
	"another administrator":           {Own: computer.No, Elevated: computer.Yes},
	"the own account, not elevated":   {Own: computer.Yes, Elevated: computer.No},
	"rights that could not be asked":  {Own: computer.Yes},
	"an account that cannot be asked": {Elevated: computer.Yes},
	"nothing could be asked":          {},
}

// bobs is a renamed program of somebody else's, in a folder that looks like an extraction folder.
func bobs(p computer.Process) computer.Process {
	p.PID, p.Image, p.User, p.Session, p.Started = 4711, `C:\Users\bob\x\Setup.exe`, bob, 3, walktest.Began
	return p
}

// wantNamed asserts that a text tells whose program it speaks of.
func wantNamed(t *testing.T, text string) {
	t.Helper()
	for _, part := range []string{"4711", `C:\Users\bob\x\Setup.exe`, bob, "session 3"} {
		if !strings.Contains(text, part) {
			t.Errorf("%q does not name %s", text, part)
		}
	}
}

// A wizard that somebody else opened counts as the started one only after a question that names him, his session and
// his program.
func TestWhoseWizardIsAsked(t *testing.T) {
	for name, p := range strange {
		t.Run(name, func(t *testing.T) {
			c, e := inCrowd(t, "missing", 5)
			*c.others = []computer.Process{bobs(p)}
			tasks := e.Walk.Handle(screen.Press{Key: "enter"})
			more := e.Walk.Handle(tasks[0]()) // it looks again while the question stands
			sc := e.Walk.Screen()
			if sc.Step != 6 || sc.Question == nil || sc.Question.Kind != screen.Confirm {
				t.Fatalf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Problems, sc.Question)
			}
			wantNamed(t, sc.Question.Prompt)
			e.Walk.Handle(screen.Answer{Yes: false})
			if sc := e.Walk.Screen(); sc.State != screen.NeedsYou || sc.Step != 6 {
				t.Errorf("after n it is %v", sc.State)
			}
			e.Settle(more)
			e.Walk.Handle(screen.Press{Key: "enter"})
			e.Settle(e.Walk.Handle(screen.Answer{Yes: true}))
			sc = e.Walk.Screen()
			if sc.State != screen.Done || !strings.Contains(fmt.Sprint(sc.Rows), "4711") {
				t.Fatalf("after y it is %v: %+v", sc.State, sc.Rows)
			}
			e.Walk.Close()
			if rs := walktest.Records(t, c.Rig); !slices.ContainsFunc(rs, func(r journal.Record) bool {
				return r.Kind == "answer" && r.Text == "y" && strings.Contains(r.Asked, bob)
			}) {
				t.Errorf("the journal does not tell: %+v", rs)
			}
		})
	}
	t.Run("the engineer's own", func(t *testing.T) {
		c, e := inCrowd(t, "missing", 5)
		*c.others = []computer.Process{bobs(computer.Process{Own: computer.Yes, Elevated: computer.Yes})}
		e.Settle(e.Walk.Handle(screen.Press{Key: "enter"}))
		if sc := e.Walk.Screen(); sc.Step != 6 || sc.State != screen.Done {
			t.Errorf("step %d is %v: %+v", sc.Step, sc.State, sc.Question)
		}
	})
}

// Instead of taking it the engineer starts his own installer, going on with the other one open by typing.
func TestAnotherIsStartedBesideAStranger(t *testing.T) {
	c, e := inCrowd(t, "missing", 5)
	*c.others = []computer.Process{bobs(computer.Process{Own: computer.No, Elevated: computer.No})}
	one := func(ev screen.Event) {
		t.Helper()
		for _, task := range e.Walk.Handle(ev) {
			e.Walk.Handle(task()) // what polls is left to itself
		}
	}
	one(screen.Press{Key: "enter"})
	one(screen.Press{Key: "s"})
	if p := e.Problem(); p.Code != "wizard-running" || e.Walk.Screen().Step != 6 {
		t.Fatalf("after s: %+v", e.Walk.Screen())
	} else {
		wantNamed(t, p.Message)
	}
	one(screen.Press{Key: "s"})
	one(screen.Answer{Text: "4711"})
	e.Until("copy") // with the own wizard for the started one, whose folder is taken
	if path := e.Walk.Screen().TempPath; strings.Contains(path, "bob") || path == "" {
		t.Errorf("the folder is %s", path)
	}
	if err := c.CloseWizard(t.Context()); err != nil { // only the stranger's is left
		t.Fatal(err)
	}
	e.Mend()
	if !e.Shows("closed-too-early") {
		t.Errorf("with the own wizard closed: %+v", e.Walk.Screen().Problems)
	}
}

// bobsFolder makes the extraction folder of somebody's program.
func bobsFolder(t *testing.T, r *walktest.Rig) {
	t.Helper()
	dir := r.Host(`C:\Users\bob\x\Installers`)
	if err := errors.Join(os.MkdirAll(dir, 0o755), os.WriteFile(dir+"/OBSAGENT.msi", []byte("planted"),
		0o644)); err != nil {
		t.Fatal(err)
	}
}

// What somebody else runs is no witness for its folder, and its folder is none that is taken without asking.
func TestAStrangerIsNoWitness(t *testing.T) {
	for name, p := range strange {
		walktest.Row(t, name+", the log names its folder", func(t *testing.T) {
			c, e := inCrowd(t, "missing", 7)
			bobsFolder(t, c.Rig)
			line := "0AB0\t0974\t03/04\t23:30:00.000\t18\tx.cpp(1)\t[0]\t\t\tNORMAL\tDirectory Path for SetupLaunchScreen: C:\\Users\\bob\\x\r\n"
			if err := walktest.AppendTo(c.Host(walktest.SetupLog), []byte(line)); err != nil {
				t.Fatal(err)
			}
			*c.others = []computer.Process{bobs(p)}
			e.Press()
			sc := e.Walk.Screen()
			if sc.Step != 8 || sc.Question == nil || sc.Question.Kind != screen.Confirm {
				t.Fatalf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Witnesses, sc.Problems)
			}
			wantNamed(t, sc.Question.Prompt)
			for _, w := range sc.Witnesses {
				if w.Who == "wizard" && w.View == screen.Agrees {
					t.Errorf("a witness says %+v", w)
				}
			}
		})
		walktest.Row(t, name+", the log is silent", func(t *testing.T) {
			c, e := inCrowd(t, "no-errlog", 7)
			bobsFolder(t, c.Rig)
			*c.others = []computer.Process{bobs(p)}
			if err := c.CloseWizard(t.Context()); err != nil {
				t.Fatal(err)
			}
			*c.others = append(*c.others, own(`C:\Other\Setup.exe`))
			e.Press()
			byHand(e, 8)
			sc := e.Walk.Screen()
			if sc.Step != 8 || sc.Question == nil || sc.Question.Kind != screen.Choose ||
				sc.Question.Options[0].Label != `C:\Users\bob\x` {
				t.Fatalf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Question, sc.Problems)
			}
			wantNamed(t, sc.Question.Options[0].Note)
		})
	}
}

// Somebody else's wizard makes undo want the id typed, naming him; the journal tells of it. One that came after the
// question stops it.
func TestUndoBesideAStranger(t *testing.T) {
	for name, p := range strange {
		t.Run(name, func(t *testing.T) {
			r := walktest.Repaired(t, "bad-target")
			c := crowded{r, &[]computer.Process{}}
			unasked := walktest.FindUndo(t, c)
			*c.others = []computer.Process{bobs(p)}
			before := walktest.Places(t, r.Dir)
			if p := undo.Undo(t.Context(), c, unasked, walktest.DayAfter); p == nil || p.Code != "wizard-running" {
				t.Fatalf("undo came to %+v", p)
			}
			walktest.Same(t, before, walktest.Places(t, r.Dir))
			u := walktest.FindUndo(t, c)
			if u.Question.Kind != screen.Type || u.Question.Want != "7b5ea8" {
				t.Fatalf("asked is %+v", u.Question)
			}
			wantNamed(t, u.Question.Prompt)
			other := bobs(p)
			other.PID++
			*c.others = append(*c.others, other)
			if p := undo.Undo(t.Context(), c, u, walktest.DayAfter); p == nil || p.Code != "wizard-running" {
				t.Fatalf("beside one that was not asked about undo came to %+v", p)
			}
			*c.others = (*c.others)[:1]
			if p := undo.Undo(t.Context(), c, u, walktest.DayAfter); p != nil {
				t.Fatalf("undo came to %+v", p)
			}
			walktest.Untouched(t, "bad-target").AsBefore(t, r.Dir)
			if rs := walktest.Records(t, r); !slices.ContainsFunc(rs, func(rec journal.Record) bool {
				return rec.Kind == "answer" && rec.Text == "7b5ea8" && strings.Contains(rec.Asked, bob)
			}) {
				t.Error("the journal does not tell what was typed over")
			}
		})
	}
	r := walktest.Repaired(t, "missing")
	c := crowded{r, &[]computer.Process{own(`C:\1f2e\Setup.exe`)}}
	walktest.RefusesUndo(t, c, r.Dir, "wizard-running")
	if _, err := os.Stat(r.Host(`C:\Windows\Installer\` + walktest.TargetName)); errors.Is(err, fs.ErrNotExist) {
		t.Error("it was taken back")
	}
}
