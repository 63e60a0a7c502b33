package walk_test

import (
	"fmt"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// TestADoubtfulPatchKeepsNoGoodOneOut: of two with the right code the one that is signed is copied, in whichever place
// it lies.
func TestADoubtfulPatchKeepsNoGoodOneOut(t *testing.T) {
	c, e := walkPlaced(t, "patch-elsewhere", func(c *placed) {
		c.cleaners = []string{`C:\A`, `C:\B`}
		changed := walktest.GoodPatch(walktest.PatchCode)
		changed[len(changed)-1] ^= 1
		c.Put(t, `C:\A\1.msp`, changed)
		c.Put(t, `C:\B\2.msp`, walktest.GoodPatch(walktest.PatchCode))
	})
	e.Until("copy")
	asks(e, "Copy 2.msp as 7b5eb1.msp?")
	if code := e.Run(); code != steps.CodeGood {
		t.Fatalf("code %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
	}
	want(t, c.Dir, "7b5ea8.msi", walktest.PatchName)
}

// TestAPatchMeetsTheGates checks every result of a signature check with a patch: refused, typed for, passed.
func TestAPatchMeetsTheGates(t *testing.T) {
	for state := computer.SignUnchecked; state <= computer.SignDistrusted; state++ {
		t.Run(fmt.Sprint(state), func(t *testing.T) {
			s := walktest.Signed(state)
			c, e := walkPlaced(t, "patch-missing", func(c *placed) { c.signs = &s })
			for e.Walk.Screen().Step < 10 && e.Press() {
				continue
			}
			sc := e.Walk.Screen()
			switch {
			case s.Refused():
				if sc.Step != 9 || e.Problem().Code != screen.CodeSignatureRefused || e.Quit() != steps.CodeFailed {
					t.Errorf("step %d: %+v", sc.Step, sc.Problems)
				}
				want(t, c.Dir, "7b5ea8.msi")
				return
			case s.Doubtful():
				if sc.Step != 9 || sc.Question == nil || sc.Question.Kind != screen.Type ||
					sc.Question.Want != "7b5eb1" {
					t.Fatalf("step %d asks %+v", sc.Step, sc.Question)
				}
				answer(e, screen.Answer{Text: "7b5ea8"})
				if e.Walk.Screen().State != screen.Asking {
					t.Fatal("another id was taken")
				}
				answer(e, screen.Answer{Text: "7b5eb1"})
			}
			if code := e.Run(); code != steps.CodeGood {
				t.Fatalf("code %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
			}
			want(t, c.Dir, "7b5ea8.msi", walktest.PatchName)
		})
	}
}

// TestADoubtfulPatchIsLeftOut goes on without the patches that nobody signed, and copies the package.
func TestADoubtfulPatchIsLeftOut(t *testing.T) {
	s := walktest.Signed(computer.SignNone)
	c, e := walkPlaced(t, "cache-emptied", func(c *placed) { c.signs = &s })
	for e.Walk.Screen().Step < 10 && e.Press() {
		continue
	}
	for _, id := range []string{"7b5eb1", "7b5ec4"} {
		if q := e.Walk.Screen().Question; q == nil || q.Want != id {
			t.Fatalf("asks %+v, want %s typed", q, id)
		}
		press(e, "s")
	}
	e.Until("copy")
	asks(e, "Copy OBSAGENT.msi as 7b5ea8.msi?")
	answer(e, screen.Answer{Yes: true})
	if sc := e.Walk.Screen(); sc.Step != 10 || sc.State != screen.Done ||
		!says(sc.Rows, walktest.HotfixName, "still lost: left out, as you said") {
		t.Errorf("step %d is %v: %+v", sc.Step, sc.State, sc.Rows)
	}
	want(t, c.Dir, "7b5ea8.msi")
}

// TestEachDoubtfulPatchIsTypedFor wants the id of each patch that nobody signed, and then copies both.
func TestEachDoubtfulPatchIsTypedFor(t *testing.T) {
	s := walktest.Signed(computer.SignNone)
	c, e := walkPlaced(t, "cache-emptied", func(c *placed) { c.signs = &s })
	for e.Walk.Screen().Step < 10 && e.Press() {
		continue
	}
	for _, id := range []string{"7b5eb1", "7b5ec4"} {
		if q := e.Walk.Screen().Question; q == nil || q.Want != id {
			t.Fatalf("asks %+v, want %s typed", q, id)
		}
		answer(e, screen.Answer{Text: id})
	}
	if code := e.Run(); code != steps.CodeGood {
		t.Fatalf("code %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
	}
	want(t, c.Dir, "7b5ea8.msi", walktest.PatchName, walktest.HotfixName)
}
