package disk_test

import (
	"errors"
	"io/fs"
	"sync"
	"sync/atomic"
	"testing"

	"marsfix/steps/disk"
)

func TestRenamesTheSameFileOnly(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		put(t, p.onHost("tmp"), "mine")
		put(t, p.onHost("taken"), "theirs")
		mine := idOf(t, p.disk, p.path("tmp"))

		wantCause(t, p.disk.Rename(p.path("tmp"), p.path("taken"), mine), fs.ErrExist, p.path("taken"))
		wantCause(t, p.disk.Rename(p.path("taken"), p.path("free"), mine), disk.ErrChanged, p.path("taken"))
		wantCause(t, p.disk.Rename(p.path("tmp"), p.path("free"), disk.ID{}), disk.ErrChanged, p.path("tmp"))
		wantCause(t, p.disk.Rename(p.path("gone"), p.path("free"), mine), fs.ErrNotExist, p.path("gone"))
		wantText(t, p.onHost("tmp"), "mine")
		wantText(t, p.onHost("taken"), "theirs")

		if err := p.disk.MakeFolder(p.path("sub")); err != nil {
			t.Fatal(err)
		}
		if err := p.disk.Rename(p.path("tmp"), p.path("sub"+p.sep+"x"), mine); err == nil {
			t.Fatal("renamed into another folder")
		}
		wantCause(t, p.disk.Rename(p.path("tmp"), p.path("sub"), mine), fs.ErrExist, p.path("sub"))
		if err := p.disk.Rename(p.path("tmp"), p.path("free"), mine); err != nil {
			t.Fatal(err)
		}
		wantText(t, p.onHost("free"), "mine")
		if idOf(t, p.disk, p.path("free")) != mine {
			t.Fatal("another file has the new name")
		}
		_, err := p.disk.Stat(p.path("tmp"))
		wantCause(t, err, fs.ErrNotExist, p.path("tmp"))
	})
}

func TestOnlyOneOfTwoRenamesWins(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		for range 60 {
			put(t, p.onHost("a"), "a")
			put(t, p.onHost("b"), "b")
			var won atomic.Int32
			var both sync.WaitGroup
			for _, name := range []string{"a", "b"} {
				same := idOf(t, p.disk, p.path(name))
				both.Go(func() {
					err := p.disk.Rename(p.path(name), p.path("target"), same)
					switch {
					case err == nil:
						won.Add(1)
					case !errors.Is(err, fs.ErrExist):
						t.Errorf("the loser is told %v", err)
					}
				})
			}
			both.Wait()
			if won.Load() != 1 {
				t.Fatalf("%d renames to one name succeeded", won.Load())
			}
			left, err := p.disk.List(p.at)
			if err != nil || len(left) != 2 {
				t.Fatalf("left are %v, %v", left, err)
			}
			for _, info := range left {
				if err := p.disk.Remove(info.Path, info.ID); err != nil {
					t.Fatal(err)
				}
			}
		}
	})
}

func TestRemovesTheSameFileOnly(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		put(t, p.onHost("a"), "a")
		put(t, p.onHost("b"), "b")
		a := idOf(t, p.disk, p.path("a"))
		wantCause(t, p.disk.Remove(p.path("b"), a), disk.ErrChanged, p.path("b"))
		wantCause(t, p.disk.Remove(p.path("b"), disk.ID{}), disk.ErrChanged, p.path("b"))
		wantText(t, p.onHost("b"), "b")
		if err := p.disk.Remove(p.path("a"), a); err != nil {
			t.Fatal(err)
		}
		wantCause(t, p.disk.Remove(p.path("a"), a), fs.ErrNotExist, p.path("a"))
		if err := p.disk.MakeFolder(p.path("sub")); err != nil {
			t.Fatal(err)
		}
		sub := idOf(t, p.disk, p.path("sub"))
		wantCause(t, p.disk.Remove(p.path("sub"), sub), disk.ErrIsFolder, p.path("sub"))
	})
}

func TestMakesAndListsFolders(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		deep := p.path("marsfix" + p.sep + "reports" + p.sep + "one")
		for range 2 { // the second time they are there
			if err := p.disk.MakeFolder(deep); err != nil {
				t.Fatal(err)
			}
		}
		put(t, p.onHost("file"), "12345")
		list, err := p.disk.List(p.at)
		if err != nil || len(list) != 2 {
			t.Fatalf("List is %+v, %v", list, err)
		}
		if list[0].Path != p.path("file") || list[0].Size != 5 || list[0].Dir ||
			list[0].ID != idOf(t, p.disk, p.path("file")) {
			t.Errorf("the file is listed as %+v", list[0])
		}
		if list[1].Path != p.path("marsfix") || !list[1].Dir {
			t.Errorf("the folder is listed as %+v", list[1])
		}
		_, err = p.disk.List(p.path("file"))
		wantCause(t, err, fs.ErrNotExist, p.path("file"))
		if err := p.disk.MakeFolder(p.path("file" + p.sep + "below")); err == nil {
			t.Error("made a folder in a file")
		}
		wantCause(t, p.disk.MakeFolder(p.path("file")), fs.ErrExist, p.path("file"))
	})
}

func TestKnowsRoomAndOwner(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		for _, path := range []string{p.at, p.path("not" + p.sep + "there" + p.sep + "yet")} {
			if free, err := p.disk.Free(path); err != nil || free == 0 {
				t.Errorf("Free(%s) is %d, %v", path, free, err)
			}
		}
		put(t, p.onHost("own"), "")
		owner, err := p.disk.Owner(p.path("own"))
		if err != nil || owner.Name == "" || owner.Trust != disk.Trusted {
			t.Errorf("the owner of an own file is %+v, %v", owner, err)
		}
		_, err = p.disk.Owner(p.path("gone"))
		wantCause(t, err, fs.ErrNotExist, p.path("gone"))
		drives, err := p.disk.Drives()
		if err != nil || len(drives) == 0 {
			t.Errorf("Drives is %v, %v", drives, err)
		}
	})
}
