package disk_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"testing"

	"marsfix/steps/disk"
)

// makePrivate makes a private folder on the place, held until the test ends.
func makePrivate(t *testing.T, p place, name string) disk.Private {
	t.Helper()
	dir, err := p.disk.MakePrivate(p.path(name))
	disk.NeedOwner(t, err)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(dir.Close)
	return dir
}

// save writes a file whole into a private folder.
func save(t *testing.T, make func() (disk.NewFile, error), text string) {
	t.Helper()
	f, err := make()
	if err != nil {
		t.Fatal(err)
	}
	_, err = io.WriteString(f, text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		t.Fatal(err)
	}
}

func TestHoldsPrivateFolders(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		_, err := p.disk.OpenPrivate(p.path("marsfix"))
		wantCause(t, err, fs.ErrNotExist, p.path("marsfix"))
		own := makePrivate(t, p, "data"+p.sep+"marsfix")
		again := makePrivate(t, p, "data"+p.sep+"marsfix") // it is there now
		if own.Path() != p.path("data"+p.sep+"marsfix") || again.Path() != own.Path() {
			t.Errorf("they are called %s and %s", own.Path(), again.Path())
		}
		run, err := own.Make("run-1")
		if err != nil {
			t.Fatal(err)
		}
		save(t, func() (disk.NewFile, error) { return run.Create("installer.exe") }, "program")
		put(t, p.onHost("data/marsfix/file"), "1234567")
		list, err := own.List()
		if err != nil || len(list) != 2 || list[0].Path != own.Path()+p.sep+"file" || list[0].Size != 7 ||
			list[0].Dir ||
			list[1].Path != run.Path() || !list[1].Dir || list[1].ID != idOf(t, p.disk, run.Path()) {
			t.Fatalf("listed are %+v, %v", list, err)
		}
		if list, err = own.List(); err != nil || len(list) != 2 {
			t.Errorf("the second time are listed %+v, %v", list, err)
		}
		run.Close() // who holds it keeps it
		wantCause(t, own.RemoveFolder("run-1", list[0].ID), disk.ErrChanged, run.Path())
		wantCause(t, own.RemoveFolder("run-1", disk.ID{}), disk.ErrChanged, run.Path())
		if own.RemoveFolder("file", list[0].ID) == nil {
			t.Error("a file was removed as a folder")
		}
		if own.Remove("run-1", list[1].ID) == nil {
			t.Error("a folder was removed as a file")
		}
		if own.RemoveFolder("run-1", list[1].ID) == nil {
			t.Error("a folder was removed that was not empty")
		}
		wantText(t, p.onHost("data/marsfix/run-1/installer.exe"), "program")
		entered, err := own.Enter("run-1")
		if err != nil {
			t.Fatal(err)
		}
		in, err := entered.List()
		if err != nil || len(in) != 1 {
			t.Fatalf("in it lie %v, %v", in, err)
		}
		wantCause(t, entered.Remove("installer.exe", list[0].ID), disk.ErrChanged, in[0].Path)
		if err := entered.Remove("installer.exe", in[0].ID); err != nil {
			t.Fatal(err)
		}
		entered.Close()
		if err := own.RemoveFolder("run-1", list[1].ID); err != nil {
			t.Fatal(err)
		}
		_, err = own.Enter("run-1")
		wantCause(t, err, fs.ErrNotExist, run.Path())
		_, err = own.Inside("run-1")
		wantCause(t, err, fs.ErrNotExist, run.Path())
		_, err = own.Inside("file")
		wantFlaw(t, own.Path()+p.sep+"file", err, disk.NotFolder)
		_, err = own.Enter("file")
		wantFlaw(t, own.Path()+p.sep+"file", err, disk.NotFolder)
		_, err = own.Make("file")
		wantFlaw(t, own.Path()+p.sep+"file", err, disk.NotFolder)
	})
}

func TestKeepsPrivateFiles(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		own := makePrivate(t, p, "marsfix")
		save(t, func() (disk.NewFile, error) { return own.Append("journal") }, "one\n")
		save(t, func() (disk.NewFile, error) { return own.Append("journal") }, "two\n")
		wantText(t, p.onHost("marsfix/journal"), "one\ntwo\n")
		f, err := own.Open("journal")
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(io.NewSectionReader(f, 0, 100))
		info, err2 := f.Info()
		if err := errors.Join(err, err2, f.Close()); err != nil || string(text) != "one\ntwo\n" ||
			f.Path() != own.Path()+p.sep+"journal" || info.Size != 8 {
			t.Errorf("%s holds %q, %v", f.Path(), text, err)
		}
		save(t, func() (disk.NewFile, error) { return own.Create("new") }, "new")
		_, err = own.Create("new")
		wantCause(t, err, fs.ErrExist, own.Path()+p.sep+"new")
		wantCause(t, own.Rename("new", "journal", info.ID), disk.ErrChanged, own.Path()+p.sep+"new")
		same := idOf(t, p.disk, p.path("marsfix"+p.sep+"new"))
		wantCause(t, own.Rename("new", "journal", same), fs.ErrExist, own.Path()+p.sep+"journal")
		if err := own.Rename("new", "report", same); err != nil {
			t.Fatal(err)
		}
		wantText(t, p.onHost("marsfix/report"), "new")
		wantText(t, p.onHost("marsfix/journal"), "one\ntwo\n")
		if err := os.Mkdir(p.onHost("marsfix/folder"), 0o700); err != nil {
			t.Fatal(err)
		}
		for name, cause := range map[string]error{"gone": fs.ErrNotExist, "folder": disk.ErrIsFolder,
			"..": disk.ErrBadPath, "a/b": disk.ErrBadPath,
			`a\b`: disk.ErrBadPath, "": disk.ErrBadPath, "a:b": disk.ErrBadPath} {
			_, err := own.Open(name)
			wantCause(t, err, cause, own.Path()+p.sep+name)
			if cause != disk.ErrBadPath {
				continue
			}
			_, create := own.Create(name)
			_, add := own.Append(name)
			_, enter := own.Enter(name)
			_, make := own.Make(name)
			for _, err := range []error{create, add, enter, make, own.Remove(name, same), own.RemoveFolder(name, same),
				own.Rename(name, "x", same), own.Rename("report", name, same)} {
				if !errors.Is(err, disk.ErrBadPath) {
					t.Errorf("%q: %v", name, err)
				}
			}
		}
		_, err = own.Append("folder")
		wantCause(t, err, disk.ErrIsFolder, own.Path()+p.sep+"folder")
	})
}

func wantFlaw(t *testing.T, what string, err error, flaw disk.Flaw) {
	t.Helper()
	var at *fs.PathError
	if err := disk.WantFlaw(what, err, flaw); err != nil {
		t.Error(err)
	}
	if !errors.As(err, &at) {
		t.Errorf("%s: no path in %v", what, err)
	}
}
