package undo_test

import (
	"strings"
	"testing"

	"marsfix/steps/undo"
	"marsfix/steps/walk/walktest"
)

// Each copy is taken back by itself: somebody else's file in the place of one keeps none of the others.
func TestAForeignFileKeepsNoOtherCopy(t *testing.T) {
	r := walktest.Repaired(t, "cache-emptied")
	r.Put(t, `C:\Windows\Installer\`+walktest.HotfixName, walktest.GoodPatch(walktest.PatchCode))
	u, p := undo.Find(t.Context(), r, walktest.DayAfter)
	if p != nil || !strings.HasSuffix(u.Copy.To, walktest.PatchName) {
		t.Fatalf("%q, %+v", u.Copy.To, p)
	}
}
