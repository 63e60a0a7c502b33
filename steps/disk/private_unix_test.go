//go:build unix

package disk_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"marsfix/steps/disk"
)

// What stands under the name of a private folder is taken only if nobody else can write to it, by whatever way it is
// opened.
func TestRefusesFoldersOfOthers(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		own := makePrivate(t, p, "marsfix")
		if info, err := os.Lstat(p.onHost("marsfix")); err != nil || info.Mode().Perm() != 0o700 {
			t.Fatalf("the folder is %v, %v", info.Mode(), err)
		}
		for name, plant := range map[string]func(path string) error{
			"everybody": func(path string) error { return errors.Join(os.Mkdir(path, 0o700), os.Chmod(path, 0o702)) },
			"group":     func(path string) error { return errors.Join(os.Mkdir(path, 0o700), os.Chmod(path, 0o720)) },
			"file":      func(path string) error { return os.WriteFile(path, nil, 0o600) },
			"link":      func(path string) error { return os.Symlink(p.onHost("marsfix"), path) },
			"dangling":  func(path string) error { return os.Symlink("nowhere", path) },
			"theirs":    func(path string) error { return errors.Join(os.Mkdir(path, 0o700), give(path)) },
		} {
			if name == "theirs" && os.Getuid() != 0 {
				continue // only root can give a folder away; the table of rights has it for everybody
			}
			if err := errors.Join(plant(p.onHost(name)), plant(p.onHost("marsfix/"+name))); err != nil {
				t.Fatal(err)
			}
			want := map[string]disk.Flaw{"everybody": disk.OpenToOthers, "group": disk.OpenToOthers,
				"file": disk.NotFolder,
				"link": disk.FolderLink, "dangling": disk.FolderLink, "theirs": disk.ForeignOwner}[name]
			_, make := p.disk.MakePrivate(p.path(name))
			_, open := p.disk.OpenPrivate(p.path(name))
			_, makeIn := own.Make(name)
			_, enter := own.Enter(name)
			for i, err := range []error{make, open, makeIn, enter} {
				wantFlaw(t, []string{"MakePrivate ", "OpenPrivate ", "Make ", "Enter "}[i]+name, err, want)
			}
			if want == disk.FolderLink {
				wantCause(t, make, disk.ErrLink, p.path(name))
			}
		}
	})
}

// give makes a file or folder somebody else's.
func give(path string) error { return os.Lchown(path, 65534, 65534) }

// A file is read back, and a journal written on, only if nobody else could have written it.
func TestRefusesFilesOfOthers(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		own := makePrivate(t, p, "marsfix")
		victim := filepath.Join(t.TempDir(), "victim")
		put(t, victim, "foreign")
		for name, plant := range map[string]func(path string) error{
			"everybody": func(path string) error {
				return errors.Join(os.WriteFile(path, nil, 0o600),
					os.Chmod(path, 0o646))
			},
			"group": func(path string) error {
				return errors.Join(os.WriteFile(path, nil, 0o600),
					os.Chmod(path, 0o660))
			},
			"theirs":   func(path string) error { return errors.Join(os.WriteFile(path, nil, 0o600), give(path)) },
			"link":     func(path string) error { return os.Symlink(victim, path) },
			"dangling": func(path string) error { return os.Symlink(victim+".new", path) },
			"pipe":     func(path string) error { return unix.Mkfifo(path, 0o600) },
		} {
			if name == "theirs" && os.Getuid() != 0 {
				continue // only root can give a file away; the table of rights has it for everybody
			}
			if err := plant(p.onHost("marsfix/" + name)); err != nil {
				t.Fatal(err)
			}
			_, open := own.Open(name)
			_, add := own.Append(name)
			for i, err := range []error{open, add} {
				what := []string{"Open ", "Append "}[i] + name
				switch name {
				case "link", "dangling":
					wantCause(t, err, disk.ErrLink, own.Path()+p.sep+name)
				case "pipe":
					wantCause(t, err, disk.ErrNotFile, own.Path()+p.sep+name)
				case "theirs":
					wantFlaw(t, what, err, disk.ForeignOwner)
				default:
					wantFlaw(t, what, err, disk.OpenToOthers)
				}
			}
		}
		wantText(t, victim, "foreign")
		if _, err := os.Lstat(victim + ".new"); err == nil {
			t.Error("a file was made through a link")
		}
	})
}

// The folder that is held stays the one that was looked at: what is done in it touches nothing that is put under its
// name.
func TestAHeldFolderIsNotItsName(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		own := makePrivate(t, p, "marsfix")
		run, err := own.Make("run-1")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(run.Close)
		save(t, func() (disk.NewFile, error) { return run.Create("installer.exe") }, "ours")
		victim := t.TempDir()
		folderWith(t, filepath.Join(victim, "run-1"), "installer.exe", "foreign")
		if err := errors.Join(os.Rename(p.onHost("marsfix"), p.onHost("moved")),
			os.Symlink(victim, p.onHost("marsfix"))); err != nil {
			t.Fatal(err)
		}
		in, err := run.List()
		if err != nil || len(in) != 1 {
			t.Fatalf("in it lie %v, %v", in, err)
		}
		again, err := own.Enter("run-1")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(again.Close)
		if same, err := again.List(); err != nil || len(same) != 1 || same[0].ID != in[0].ID {
			t.Errorf("entered again, in it lie %v, %v", same, err)
		}
		folders, err := own.List()
		if err != nil || len(folders) != 1 {
			t.Fatalf("beside it lie %v, %v", folders, err)
		}
		if err := errors.Join(run.Remove("installer.exe", in[0].ID),
			own.RemoveFolder("run-1", folders[0].ID)); err != nil {
			t.Fatal(err)
		}
		wantText(t, filepath.Join(victim, "run-1", "installer.exe"), "foreign")
		if left, err := os.ReadDir(p.onHost("moved")); err != nil || len(left) != 0 {
			t.Errorf("left are %v, %v", left, err)
		}
	})
}
