package cache_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/walk/walktest"
)

// fill writes until at most so many bytes are free, and gives what takes that away.
func fill(t *testing.T, dir string, free int64) (empty func()) {
	t.Helper()
	path := filepath.Join(dir, "filler")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	piece := make([]byte, 4096)
	for err == nil {
		_, err = f.Write(piece)
	}
	if !errors.Is(err, syscall.ENOSPC) {
		t.Fatal(err)
	}
	in, err := f.Stat()
	if err := errors.Join(err, f.Truncate(in.Size()-free), f.Close()); err != nil {
		t.Fatal(err)
	}
	return func() {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Error(err)
		}
	}
}

// The disk is really full when the copy begins to write: nothing is left of it, and with room it goes through.
func TestTheDiskIsReallyFull(t *testing.T) {
	for _, free := range []int64{0, 4096, 20 << 10, 40 << 10} {
		clock := &walktest.QuickClock{At: walktest.Began}
		r := walktest.NewRig(t, "missing", disktest.Small(t, "4m"), clock.Now)
		e := walktest.Engage(t, r, r.Dir, clock)
		e.Until("copy")
		b := start(walktest.Deed{Scenario: "missing", Verb: "copy"}, t, r)
		empty := fill(t, r.Dir, free)
		e.Act(r, nil)
		if p := e.Problem(); p.Code != "disk-full" || !strings.Contains(p.Message, `C:\Windows\Installer\marsfix-`) {
			t.Errorf("%d bytes free: %+v", free, p)
		}
		b.stands()
		if news := b.news(); len(news) != 0 {
			t.Errorf("%d bytes free: it left %v", free, news)
		}
		e.Mend() // still full: said before anything is written
		if p := e.Problem(); p.Code != "disk-full" {
			t.Errorf("%d bytes free, looked at again: %+v", free, p)
		}
		empty()
		e.Mend()
		if code := e.Run(); code != steps.CodeGood {
			t.Errorf("with room it ended with %d: %+v", code, e.Walk.Screen().Problems)
		}
		b.repaired()
		e.Walk.Close()
	}
}

// The journal finds the disk full, the repair does not.
func TestTheJournalFindsTheDiskFull(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", disktest.Small(t, "4m"), clock.Now)
	if _, err := r.Machine.Disk().Stat(`C:\Windows`); err != nil {
		t.Fatal(err)
	}
	empty := fill(t, r.Dir, 0)
	e := walktest.Engage(t, r, r.Dir, clock)
	e.Until("start")
	if !e.Shows("journal-unwritable") {
		t.Errorf("nobody says that the journal cannot be written: %+v", e.Walk.Screen().Problems)
	}
	empty()
	if code := e.Run(); code != steps.CodeGood || !e.Shows("journal-unwritable") {
		t.Errorf("code %d: %+v", code, e.Walk.Screen().Problems)
	}
	e.Walk.Close()
}
