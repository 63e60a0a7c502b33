package walk_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// TestEveryLostFileIsPutBack walks an emptied cache with Enter and y alone, and compares every byte.
func TestEveryLostFileIsPutBack(t *testing.T) {
	e := walktest.Begin(t, "cache-emptied")
	e.Settle(e.Walk.Begin())
	e.Until("copy")
	for _, question := range []string{"Copy OBSAGENT.msi as 7b5ea8.msi?", "Copy KB5012345.msp as 7b5eb1.msp?",
		"Copy KB4487102.msp as 7b5ec4.msp?"} {
		asks(e, question)
		answer(e, screen.Answer{Yes: true})
	}
	if code := e.Run(); code != steps.CodeGood {
		t.Fatalf("code %d: %+v", code, e.Walk.Screen())
	}
	want(t, e.Disk, "7b5ea8.msi", walktest.PatchName, walktest.HotfixName)
	told := strings.Join(e.Walk.Summary(), "\n")
	for _, name := range []string{"7b5ea8.msi", walktest.PatchName, walktest.HotfixName} {
		if !strings.Contains(told, `C:\Windows\Installer\`+name) {
			t.Errorf("the summary lacks %s:\n%s", name, told)
		}
	}
}

// TestANoHoldsBackNoOther answers n to each of three copies in turn: the others are made, the upgrade says which file
// is still lost, and one key leads to its copy.
func TestANoHoldsBackNoOther(t *testing.T) {
	names := []string{"7b5ea8.msi", walktest.PatchName, walktest.HotfixName}
	for no, left := range names {
		t.Run(left, func(t *testing.T) {
			e := walktest.Begin(t, "cache-emptied")
			e.Settle(e.Walk.Begin())
			e.Until("copy")
			for i := range names {
				answer(e, screen.Answer{Yes: i != no})
			}
			sc := e.Walk.Screen()
			if sc.Step != 10 || sc.State != screen.Done || !says(sc.Rows, left, "still lost: not copied, as you said") {
				t.Fatalf("step %d is %v: %+v", sc.Step, sc.State, sc.Rows)
			}
			want(t, e.Disk, slices.Delete(slices.Clone(names), no, no+1)...)
			e.Until("run")
			sc = e.Walk.Screen()
			if sc.Finding != "2 of 3 lost files are in place: the upgrade may fail without the rest." || sc.Mood != screen.Warn {
				t.Errorf("step 12 says %q", sc.Finding)
			}
			answer(e, screen.Answer{Yes: true})
			p := e.Problem()
			if sc := e.Walk.Screen(); sc.Step != 12 || sc.State != screen.NeedsYou ||
				!strings.Contains(p.Message, left) || !strings.HasSuffix(sc.Finding, ": "+left+" is still lost.") {
				t.Fatalf("step %d is %v: %q, %+v", sc.Step, sc.State, sc.Finding, p)
			}
			press(e, "enter")
			if sc := e.Walk.Screen(); sc.Round != 2 || !strings.HasSuffix(sc.Purpose, left+" is still lost.") {
				t.Fatalf("round %d, because %s", sc.Round, sc.Purpose)
			}
			if code := e.Run(); code != steps.CodeGood {
				t.Fatalf("code %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
			}
			want(t, e.Disk, names...)
		})
	}
}

// TestNoToAllIsAskedAgain changes nothing when every copy is answered with n, and asks again on Enter.
func TestNoToAllIsAskedAgain(t *testing.T) {
	e := walktest.Begin(t, "cache-emptied")
	e.Settle(e.Walk.Begin())
	e.Until("copy")
	for n := range 3 {
		if q := e.Walk.Screen().Question; strings.Contains(q.No, "next file") != (n < 2) {
			t.Errorf("question %d says that n %s", n+1, q.No)
		}
		answer(e, screen.Answer{})
	}
	if sc := e.Walk.Screen(); sc.Step != 10 || sc.State != screen.NeedsYou || sc.Finding != "Nothing was copied." {
		t.Fatalf("step %d is %v: %s", sc.Step, sc.State, sc.Finding)
	}
	want(t, e.Disk)
	press(e, "enter")
	asks(e, "Copy OBSAGENT.msi as 7b5ea8.msi?")
	answer(e, screen.Answer{})
	answer(e, screen.Answer{Yes: true})
	answer(e, screen.Answer{})
	press(e, "s")
	asks(e, "Copy OBSAGENT.msi as 7b5ea8.msi?")
	want(t, e.Disk, walktest.PatchName)
	if code := e.Quit(); code != steps.CodeLeft {
		t.Errorf("code %d", code)
	}
	const left = `  patch      C:\Windows\Installer\` + walktest.HotfixName + " (still lost)"
	if said := e.Walk.Summary(); !slices.Contains(said, left) {
		t.Errorf("the summary does not tell what is still lost:\n%s", strings.Join(said, "\n"))
	}
}

// TestWhereAPatchIsFound puts the right patch, under a name of its own and beside a wrong one, into every place that is
// looked into.
func TestWhereAPatchIsFound(t *testing.T) {
	const kept = `C:\FixMissing\taken.msp`
	other := walktest.GoodPatch("{00000000-0000-4000-8000-000000000000}")
	for name, change := range map[string]func(c *placed){
		"where cleaners move files": func(c *placed) {
			c.cleaners = []string{`C:\FixMissing`, `\\server\share`}
			c.Put(t, kept, walktest.GoodPatch(walktest.PatchCode))
			c.Put(t, `C:\FixMissing\a.msp`, other)
		},
		"at its registered source": func(c *placed) {
			c.Put(t, kept, walktest.GoodPatch(walktest.PatchCode))
			c.Instead = walktest.Agents(func(p *computer.Product) {
				p.Patches[0].LastUsedSource, p.Patches[0].PackageName = `C:\FixMissing\`, "taken.msp"
			})
		},
	} {
		t.Run(name, func(t *testing.T) {
			c, e := walkPlaced(t, "patch-elsewhere", change)
			e.Until("copy")
			asks(e, "Copy taken.msp as 7b5eb1.msp?")
			if code := e.Run(); code != steps.CodeGood {
				t.Fatalf("code %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
			}
			want(t, c.Dir, "7b5ea8.msi", walktest.PatchName)
		})
	}
}

// TestTheEngineerShowsAPatch browses to the folder that holds the patch, past a wrong file and past a cache, out of
// which nothing is used.
func TestTheEngineerShowsAPatch(t *testing.T) {
	c, e := walkPlaced(t, "patch-elsewhere", func(c *placed) {
		c.Put(t, `C:\WINNT\Installer\7b5eb1.msp`, walktest.GoodPatch(walktest.PatchCode))
		c.Put(t, `C:\FixMissing\a.msp`, walktest.GoodPackage(t)) // a package by its class id
		c.Put(t, `C:\FixMissing\sub\KB.msp`, walktest.GoodPatch(walktest.PatchCode))
	})
	for e.Press() {
		continue
	}
	if p := e.Problem(); e.Walk.Screen().Step != 9 || p.Code != screen.CodePatchNotFound ||
		!strings.Contains(p.Message, "KB5012345") {
		t.Fatalf("step %d: %+v", e.Walk.Screen().Step, p)
	}
	browse := func(path ...string) {
		t.Helper()
		press(e, "s")
		for e.Walk.Screen().Question.Options[0].Label == `..\` {
			answer(e, screen.Answer{})
		}
		for _, name := range path {
			i := slices.IndexFunc(e.Walk.Screen().Question.Options,
				func(o screen.Option) bool { return strings.EqualFold(o.Label, name) })
			if i < 0 {
				t.Fatalf("no %s in %+v", name, e.Walk.Screen().Question.Options)
			}
			answer(e, screen.Answer{Choice: i})
		}
	}
	browse(`C:\`, `WINNT\`, `Installer\`, "7b5eb1.msp")
	if p := e.Problem(); p.Code != screen.CodePatchNotFound ||
		!strings.Contains(p.Message, `"C:\WINNT\Installer" is a cache`) {
		t.Errorf("out of a cache: %+v", p)
	}
	browse(`C:\`, `FixMissing\`, "a.msp")
	if p := e.Problem(); p.Code != screen.CodePatchNotFound ||
		!strings.Contains(p.Message, "has the name of a patch, but its class id says that it is not a patch") {
		t.Errorf("a package with a patch's name: %+v", p)
	}
	browse(`C:\`, `FixMissing\`, `sub\`, "KB.msp")
	if code := e.Run(); code != steps.CodeGood {
		t.Fatalf("code %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
	}
	want(t, c.Dir, "7b5ea8.msi", walktest.PatchName)
}

// TestAnUnusablePatchIsSetAside finds a wrong file under a patch's name in the cache.
func TestAnUnusablePatchIsSetAside(t *testing.T) {
	for name, content := range map[string][]byte{"cut off": walktest.GoodPatch(walktest.PatchCode)[:600],
		"another": walktest.GoodPatch(walktest.HotfixCode), "a package": walktest.GoodPackage(t)} {
		t.Run(name, func(t *testing.T) {
			c, e := walkPlaced(t, "patch-missing",
				func(c *placed) { c.Put(t, `C:\Windows\Installer\`+walktest.PatchName, content) })
			e.Until("set aside")
			answer(e, screen.Answer{Yes: true})
			asks(e, "Copy KB5012345.msp as 7b5eb1.msp?")
			if code := e.Run(); code != steps.CodeGood {
				t.Fatalf("code %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
			}
			want(t, c.Dir, "7b5ea8.msi", walktest.PatchName)
			for name, hash := range walktest.CacheOf(t, c.Dir) {
				if strings.HasPrefix(name, walktest.PatchName+".marsfix-") && hash == walktest.Hashed(content) {
					return
				}
			}
			t.Error("nothing was set aside")
		})
	}
}

// TestWhichPatchesAreNeeded asks for the file of a superseded and of an obsoleted patch, and not of one that is merely
// registered.
func TestWhichPatchesAreNeeded(t *testing.T) {
	for state, needed := range map[computer.PatchState]bool{computer.PatchApplied: true, computer.PatchSuperseded: true,
		computer.PatchObsoleted: true, "": true, computer.PatchRegistered: false} {
		t.Run(string(state), func(t *testing.T) {
			_, e := walkPlaced(t, "patch-missing", func(c *placed) {
				c.Instead = walktest.Agents(func(p *computer.Product) { p.Patches[0].State = state })
			})
			for e.Walk.Screen().Step < 5 && e.Press() {
				continue
			}
			if got := says(e.Walk.Screen().Rows, walktest.PatchName, "is missing: Update (KB5012345)"); got != needed {
				t.Errorf("asked for: %v: %+v", got, e.Walk.Screen().Rows)
			}
			told := slices.ContainsFunc(e.Walk.Screen().Witnesses,
				func(w screen.Witness) bool { return state != "" && strings.HasSuffix(w.Says, ", "+string(state)) })
			if needed && told != (state != "") {
				t.Errorf("%+v", e.Walk.Screen().Witnesses)
			}
		})
	}
}

// TestAPatchWhosePlaceIsNoneIsNotCopied: its place is composed, and never taken from a registration that names another
// folder.
func TestAPatchWhosePlaceIsNoneIsNotCopied(t *testing.T) {
	c, e := walkPlaced(t, "patch-missing", func(c *placed) {
		c.Instead = walktest.Agents(func(p *computer.Product) { p.Patches[0].LocalPackage = `C:\Users\Public\7b5eb1.msp` })
	})
	for e.Press() {
		continue
	}
	if sc := e.Walk.Screen(); sc.Step != 5 || !e.Shows(screen.CodeSuspiciousReg) || e.Quit() != steps.CodeFailed {
		t.Errorf("step %d: %+v", sc.Step, sc.Problems)
	}
	if _, err := os.Stat(c.Host(`C:\Users\Public\7b5eb1.msp`)); err == nil {
		t.Error("it was put there")
	}
}
