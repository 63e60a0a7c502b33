package undo_test

import (
	"errors"
	"os"
	"strings"
	"testing"

	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
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

// What stands under the name of the file that was set aside and is no file gets no package's name, and for it nothing
// is taken away.
func TestNothingIsTakenAwayForWhatIsNoFile(t *testing.T) {
	const to = `C:\Windows\Installer\7b5ea8.msi`
	for what, plant := range map[string]func(r *walktest.Rig, aside string) error{
		"a folder": func(_ *walktest.Rig, aside string) error { return os.Mkdir(aside, 0o755) },
		"a link": func(r *walktest.Rig, aside string) error {
			return errors.Join(os.WriteFile(r.Host(`C:\Users\theirs.msi`), []byte("foreign"), 0o600),
				disktest.Link("../../Users/theirs.msi", aside))
		},
	} {
		t.Run(what, func(t *testing.T) {
			r := walktest.Repaired(t, "bad-target")
			u := walktest.FindUndo(t, r)
			aside := r.Host(u.Copy.Aside)
			disktest.Planted(t, errors.Join(os.Remove(aside), plant(r, aside)))
			if p := undo.Undo(t.Context(), r, u, walktest.DayAfter); p == nil || p.Code != screen.CodeNotOurs {
				t.Errorf("undo came to %+v", p)
			}
			copied, err := os.ReadFile(r.Host(to))
			if err != nil || walktest.Hashed(copied) != walktest.GoodHash(t) {
				t.Errorf("the copy is gone: %v", err)
			}
			if err := os.Remove(r.Host(to)); err != nil {
				t.Fatal(err)
			}
			if u, p := undo.Find(t.Context(), r, walktest.DayAfter); p == nil || p.Code != screen.CodeNotOurs {
				t.Errorf("without the copy it is offered: %+v, %+v", u, p)
			}
		})
	}
}
