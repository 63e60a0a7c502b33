package undo_test

import (
	"strings"
	"testing"

	"marsfix/steps/screen"
	"marsfix/steps/undo"
	"marsfix/steps/walk/walktest"
)

// TestEachCopyIsTakenBackByItself undoes the repair of an emptied cache, the latest copy first, and each only when its
// own id is typed.
func TestEachCopyIsTakenBackByItself(t *testing.T) {
	r := walktest.Repaired(t, "cache-emptied")
	for i, name := range []string{walktest.HotfixName, walktest.PatchName, walktest.TargetName} {
		u := walktest.FindUndo(t, r)
		id, _, _ := strings.Cut(name, ".")
		if u.Copy.To != `C:\Windows\Installer\`+name || u.Question.Kind != screen.Type || u.Question.Want != id {
			t.Fatalf("undo %d is of %s, asking %+v", i, u.Copy.To, u.Question)
		}
		if u.Named == "" || strings.Contains(u.Question.Prompt, "this patch") != strings.HasSuffix(name, ".msp") {
			t.Errorf("the registration names it, and the question is %s", u.Question.Prompt)
		}
		before := walktest.CacheOf(t, r.Dir)
		if p := undo.Undo(t.Context(), r, u, walktest.DayAfter); p != nil {
			t.Fatalf("taking back came to %+v", p)
		}
		delete(before, name)
		walktest.Same(t, before, walktest.CacheOf(t, r.Dir))
	}
	walktest.Untouched(t, "cache-emptied").AsBefore(t, r.Dir)
	walktest.RefusesUndo(t, r, r.Dir, "nothing-to-undo")
}

// TestAPatchThatIsNotTheCopyStays: undo touches a patch only while it is the file that marsfix put there.
func TestAPatchThatIsNotTheCopyStays(t *testing.T) {
	r := walktest.Repaired(t, "patch-missing")
	r.Put(t, `C:\Windows\Installer\`+walktest.PatchName, walktest.GoodPatch(walktest.HotfixCode))
	walktest.RefusesUndo(t, r, r.Dir, screen.CodeNotOurs)
}
