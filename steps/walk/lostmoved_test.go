package walk_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// browseTo chooses a file at step 9, from the list of drives on.
func browseTo(t *testing.T, e *walktest.Engineer, path ...string) {
	t.Helper()
	press(e, "s")
	for e.Walk.Screen().Question.Options[0].Label == `..\` {
		answer(e, screen.Answer{})
	}
	for _, name := range path {
		i := slices.IndexFunc(e.Walk.Screen().Question.Options,
			func(o screen.Option) bool { return strings.EqualFold(o.Label, name) })
		if i < 0 {
			t.Fatalf("no %s among %d choices", name, len(e.Walk.Screen().Question.Options))
		}
		answer(e, screen.Answer{Choice: i})
	}
}

// However many other patches lie about, the one that the engineer points to is looked at.
func TestOtherPatchesHideNoChosenOne(t *testing.T) {
	for name, at := range map[string]string{"in the same folder": `C:\Mine`, "in the cleaner's": `C:\Moved`} {
		t.Run(name, func(t *testing.T) {
			c, e := walkPlaced(t, "patch-elsewhere", func(c *placed) {
				c.cleaners = []string{`C:\Moved`}
				for i := range 70 {
					c.Put(t, fmt.Sprintf(`%s\a%02d.msp`, at, i),
						walktest.GoodPatch(fmt.Sprintf("{00000000-0000-4000-8000-%012d}", i)))
				}
				c.Put(t, `C:\Mine\z.msp`, walktest.GoodPatch(walktest.PatchCode))
			})
			for e.Press() {
				continue
			}
			browseTo(t, e, `C:\`, `Mine\`, "z.msp")
			if code := e.Run(); code != steps.CodeGood {
				t.Fatalf("code %d: %+v", code, e.Walk.Screen().Problems)
			}
			want(t, c.Dir, "7b5ea8.msi", walktest.PatchName)
		})
	}
}

// A copy that was made is told of, whatever is registered afterwards.
func TestWhatWasCopiedIsToldAfterTheRegistrationMoved(t *testing.T) {
	for name, move := range map[string]func(p *computer.Product){
		"a patch is registered elsewhere": func(p *computer.Product) {
			p.Patches = slices.Clone(p.Patches)
			p.Patches[0].LocalPackage = `C:\Windows\Installer\abc1.msp`
		},
		"no patch is registered": func(p *computer.Product) { p.Patches = nil },
	} {
		t.Run(name, func(t *testing.T) {
			moved := false
			c, e := walkPlaced(t, "cache-emptied", func(c *placed) {
				c.Instead = walktest.Agents(func(p *computer.Product) {
					if moved {
						move(p)
					}
				})
			})
			e.Until("copy")
			moved = true
			answer(e, screen.Answer{Yes: true})
			press(e, "enter")
			if code := e.Quit(); code == steps.CodeGood {
				t.Error("it ends as if there were nothing to repair")
			}
			if said := strings.Join(e.Walk.Summary(), "\n"); !strings.Contains(said, "7b5ea8.msi (") {
				t.Errorf("the summary does not tell of the copy:\n%s", said)
			}
			want(t, c.Dir, "7b5ea8.msi")
		})
	}
}

// Two patches that are registered with one place are no two lost files: the second would set the first aside.
func TestTwoPatchesOfOnePlace(t *testing.T) {
	c, e := walkPlaced(t, "cache-emptied", func(c *placed) {
		c.Instead = walktest.Agents(func(p *computer.Product) {
			p.Patches = slices.Clone(p.Patches)
			p.Patches[1].LocalPackage = p.Patches[0].LocalPackage
		})
	})
	e.Until("copy")
	for e.Walk.Screen().Step == 10 && e.Walk.Screen().Question != nil {
		answer(e, screen.Answer{Yes: true})
	}
	for name := range walktest.CacheOf(t, c.Dir) {
		if strings.Contains(name, ".marsfix-") {
			t.Errorf("%s was set aside", name)
		}
	}
}

// A patch of which nobody can say where its file is, beside a lost package, is said.
func TestAPatchThatNobodyKnowsBesideALostPackage(t *testing.T) {
	c, _ := walkPlaced(t, "cache-emptied", func(c *placed) {
		c.Instead = walktest.Agents(func(p *computer.Product) {
			p.Patches = slices.Clone(p.Patches)
			p.Patches[0].LocalPackage = ""
		})
	})
	d := walktest.Look(t, c)
	if !slices.ContainsFunc(d.Problems, func(p screen.Told) bool { return p.Code == screen.CodeCorrupt }) {
		t.Errorf("%s: %+v", d.Verdict, d.Problems)
	}
}

// A right file at a place that is not registered any more settles nothing.
func TestARightFileAtAPlaceOfBefore(t *testing.T) {
	moved := false
	c, e := walkPlaced(t, "cache-emptied", func(c *placed) {
		c.Instead = walktest.Agents(func(p *computer.Product) {
			if moved {
				p.Patches = slices.Clone(p.Patches)
				p.Patches[1].LocalPackage = `C:\Windows\Installer\abc1.msp`
			}
		})
	})
	e.Until("copy")
	answer(e, screen.Answer{Yes: true})
	moved = true
	c.Put(t, `C:\Windows\Installer\`+walktest.HotfixName, walktest.GoodPatch(walktest.HotfixCode))
	answer(e, screen.Answer{Yes: true})
	if sc := e.Walk.Screen(); !slices.ContainsFunc(sc.Problems,
		func(p screen.Problem) bool { return p.Code == screen.CodeRegistrationChanged }) {
		t.Errorf("step %d, %v: %+v", sc.Step, sc.State, sc.Problems)
	}
}

// Where the package is in place, the walk and its summary are about the patch.
func TestTheSummaryNamesTheLostPatch(t *testing.T) {
	_, e := walkPlaced(t, "patch-elsewhere", nil)
	for e.Press() {
		continue
	}
	id := e.Walk.Screen().UniqueID
	e.Quit()
	said := strings.Join(e.Walk.Summary(), "\n")
	if id != "7b5eb1" || !strings.Contains(said, "Unique_ID  "+id) ||
		!strings.Contains(said, `patch      C:\Windows\Installer\`+walktest.PatchName) {
		t.Errorf("the screen says %q, the summary\n%s", id, said)
	}
}
