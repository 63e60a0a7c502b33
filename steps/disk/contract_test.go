package disk_test

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"marsfix/steps/disk"
)

// place is a disk under test, with an empty folder of it as the disk and as the host call it.
type place struct {
	disk     disk.Disk
	at, host string
	sep      string
}

func (p place) path(name string) string { return p.at + p.sep + name }

func (p place) onHost(name string) string { return filepath.Join(p.host, name) }

// onEach runs a test of the contract on this computer's own disk and on a mapped one.
func onEach(t *testing.T, test func(t *testing.T, p place)) {
	t.Run("local", func(t *testing.T) {
		dir, err := filepath.EvalSymlinks(t.TempDir())
		if err != nil {
			t.Fatal(err)
		}
		test(t, place{disk.NewLocal(), dir, dir, string(filepath.Separator)})
	})
	t.Run("mapped", func(t *testing.T) {
		dir := t.TempDir()
		host := filepath.Join(dir, "Windows", "Temp")
		if err := os.MkdirAll(host, 0o755); err != nil {
			t.Fatal(err)
		}
		test(t, place{disk.NewMapped(map[byte]string{'C': dir}), `C:\Windows\Temp`, host, `\`})
	})
}

func put(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func wantText(t *testing.T, path, text string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != text {
		t.Fatalf("%s holds %q, want %q", path, got, text)
	}
}

// wantCause checks the kind of an error and that it names the path as it was asked for.
func wantCause(t *testing.T, err, cause error, path string) {
	t.Helper()
	if !errors.Is(err, cause) {
		t.Fatalf("error is %v, want %v", err, cause)
	}
	var at *fs.PathError
	if !errors.As(err, &at) || at.Path != path {
		t.Fatalf("error is %#v, want a PathError of %q", err, path)
	}
}

func idOf(t *testing.T, d disk.Reader, path string) disk.ID {
	t.Helper()
	info, err := d.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.ID
}

func TestReadsWhatStandsThere(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		put(t, p.onHost("OBPatch.log"), "what msiexec wrote")
		for _, strict := range []bool{false, true} {
			f, err := open(p.disk, p.path("OBPatch.log"), strict)
			if err != nil {
				t.Fatal(err)
			}
			info, err := f.Info()
			if err != nil || info.Size != 18 || info.Dir || info.Link || info.Path != p.path("OBPatch.log") {
				t.Fatalf("Info is %+v, %v", info, err)
			}
			if info.ID != idOf(t, p.disk, p.path("OBPatch.log")) || info.ID == (disk.ID{}) {
				t.Fatalf("identity of the opened file %v is not that of its name", info.ID)
			}
			got, err := io.ReadAll(io.NewSectionReader(f, 0, 100))
			if err != nil || string(got) != "what msiexec wrote" {
				t.Fatalf("read %q, %v", got, err)
			}
			if n, err := f.ReadAt(make([]byte, 4), 18); n != 0 || err != io.EOF {
				t.Fatalf("reading at the end gives %d, %v; want a bare io.EOF", n, err)
			}
			if err := f.Close(); err != nil {
				t.Fatal(err)
			}
			_, err = f.ReadAt(make([]byte, 1), 0)
			wantCause(t, err, fs.ErrClosed, p.path("OBPatch.log"))
		}
	})
}

func open(d disk.Reader, path string, strict bool) (disk.File, error) {
	if !strict {
		return d.Open(path, disk.ShareAll)
	}
	f, _, err := d.OpenStrict(path)
	return f, err
}

func TestSaysWhyItCannotOpen(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		put(t, p.onHost("file"), "")
		if err := os.Mkdir(p.onHost("folder"), 0o755); err != nil {
			t.Fatal(err)
		}
		for name, cause := range map[string]error{
			"gone":                         fs.ErrNotExist,
			"folder":                       disk.ErrIsFolder,
			"gone" + p.sep + "gone":        fs.ErrNotExist,
			"file" + p.sep + "below":       fs.ErrNotExist,
			"folder" + p.sep + "..":        disk.ErrBadPath,
			"folder" + p.sep + "x\x00":     disk.ErrBadPath,
			"folder" + p.sep + p.sep + "x": disk.ErrBadPath,
		} {
			for _, strict := range []bool{false, true} {
				_, err := open(p.disk, p.path(name), strict)
				wantCause(t, err, cause, p.path(name))
			}
		}
	})
}

func TestWritesNewFilesOnly(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		f, err := p.disk.Create(p.path("new"))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.Copy(f, bytes.NewReader([]byte("package"))); err != nil {
			t.Fatal(err)
		}
		if err := f.Sync(); err != nil {
			t.Fatal(err)
		}
		info, err := f.Info()
		if err != nil || info.Size != 7 || info.ID != idOf(t, p.disk, p.path("new")) {
			t.Fatalf("Info is %+v, %v", info, err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		_, err = p.disk.Create(p.path("new"))
		wantCause(t, err, fs.ErrExist, p.path("new"))
		wantText(t, p.onHost("new"), "package")
	})
}

func TestAppendsAtTheEnd(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		for _, line := range []string{"one\n", "two\n"} {
			f, err := p.disk.Append(p.path("journal"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := f.Write([]byte(line)); err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(f.Sync(), f.Close()); err != nil {
				t.Fatal(err)
			}
		}
		wantText(t, p.onHost("journal"), "one\ntwo\n")
		if err := p.disk.MakeFolder(p.path("folder")); err != nil {
			t.Fatal(err)
		}
		_, err := p.disk.Append(p.path("folder"))
		wantCause(t, err, disk.ErrIsFolder, p.path("folder"))
	})
}

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
		for range 200 {
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
		if list[0].Path != p.path("file") || list[0].Size != 5 || list[0].Dir || list[0].ID != idOf(t, p.disk, p.path("file")) {
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
		if err := p.disk.RemoveFolder(p.path("marsfix")); err == nil {
			t.Error("removed a folder that was not empty")
		}
		if err := p.disk.RemoveFolder(deep); err != nil {
			t.Error(err)
		}
		if err := p.disk.RemoveFolder(p.path("file")); err == nil {
			t.Error("removed a file as a folder")
		}
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
