//go:build unix

package disk_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"golang.org/x/sys/unix"

	"marsfix/steps/disk"
)

func link(t *testing.T, target, name string) {
	t.Helper()
	if err := os.Symlink(target, name); err != nil {
		t.Fatal(err)
	}
}

func TestFollowsLinksOnlyWhereItMay(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		folderWith(t, p.onHost("real"), "file", "inside")
		link(t, "real", p.onHost("folder"))
		link(t, "real/file", p.onHost("last"))
		for name, follows := range map[string][]string{"folder" + p.sep + "file": {"shared", "no link"}, "last": {"shared"}} {
			for _, way := range ways {
				f, err := open(p.disk, p.path(name), way)
				if !slices.Contains(follows, way) {
					wantCause(t, err, disk.ErrLink, p.path(name))
				} else if err != nil {
					t.Fatal(err)
				} else if err := f.Close(); err != nil {
					t.Fatal(err)
				}
			}
		}
		info, err := p.disk.Stat(p.path("last"))
		if err != nil || !info.Link || info.Dir {
			t.Fatalf("a link is %+v, %v", info, err)
		}
	})
}

func TestWritesThroughNoLink(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		victim := filepath.Join(t.TempDir(), "victim")
		link(t, victim, p.onHost("dangling"))
		_, err := p.disk.Create(p.path("dangling"))
		wantCause(t, err, fs.ErrExist, p.path("dangling"))
		if _, err := os.Lstat(victim); !errors.Is(err, fs.ErrNotExist) {
			t.Fatalf("a file was made through a link: %v", err)
		}

		put(t, victim, "foreign")
		foreign, err := disk.NewLocal().Stat(victim)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.disk.Remove(p.path("dangling"), foreign.ID); err == nil {
			t.Fatal("a link was taken for the file that it leads to")
		}
		put(t, p.onHost("mine"), "mine")
		mine := idOf(t, p.disk, p.path("mine"))
		wantCause(t, p.disk.Rename(p.path("mine"), p.path("dangling"), mine), fs.ErrExist, p.path("dangling"))
		wantText(t, victim, "foreign")
	})
}

func TestAMappedDiskHasNoWayOut(t *testing.T) {
	outside := t.TempDir()
	folderWith(t, filepath.Join(outside, "folder"), "secret", "secret")
	root := t.TempDir()
	for name, target := range map[string]string{
		"absolute": outside,
		"up":       "../" + filepath.Base(outside),
		"file":     filepath.Join(outside, "folder", "secret"),
		"loop":     "loop",
	} {
		link(t, target, filepath.Join(root, name))
	}
	d := disk.NewMapped(map[byte]string{'c': root})
	for _, path := range []string{
		`C:\absolute\folder\secret`, `C:\ABSOLUTE\folder\secret`, `C:\up\folder\secret`, `C:\file`,
		`C:\loop`, `C:\loop\x`,
	} {
		_, err := d.Open(path, disk.ShareAll)
		wantCause(t, err, disk.ErrLink, path)
		_, _, err = d.OpenStrict(path)
		wantCause(t, err, disk.ErrLink, path)
	}
	for name, act := range map[string]func(path string) error{
		"list":         func(path string) error { _, err := d.List(path); return err },
		"free":         func(path string) error { _, err := d.Free(path); return err },
		"create":       func(path string) error { _, err := d.Create(path + `\new`); return err },
		"make folder":  func(path string) error { return d.MakeFolder(path + `\new\deep`) },
		"make private": func(path string) error { _, err := d.MakePrivate(path + `\new`); return err },
		"open private": func(path string) error { _, err := d.OpenPrivate(path + `\folder`); return err },
		"stat":         func(path string) error { _, err := d.Stat(path + `\folder`); return err },
		"owner":        func(path string) error { _, err := d.Owner(path + `\folder`); return err },
	} {
		for _, path := range []string{`C:\absolute`, `C:\up`} {
			if err := act(path); !errors.Is(err, disk.ErrLink) {
				t.Errorf("%s %s: %v", name, path, err)
			}
		}
	}
	wantCause(t, d.MakeFolder(`C:\up`), fs.ErrExist, `C:\up`)
	if info, err := d.Stat(`C:\up`); err != nil || !info.Link {
		t.Errorf("the link itself is %+v, %v", info, err)
	}
	left, err := os.ReadDir(outside)
	if err != nil || len(left) != 1 {
		t.Fatalf("outside lie %v, %v", left, err)
	}
}

func TestRefusesWhatIsNoFileWithoutWaiting(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		if err := unix.Mkfifo(p.onHost("pipe"), 0o600); err != nil {
			t.Fatal(err)
		}
		link(t, "/dev/zero", p.onHost("device"))
		for _, way := range ways {
			_, err := open(p.disk, p.path("pipe"), way)
			wantCause(t, err, disk.ErrNotFile, p.path("pipe"))
		}
		if _, err := p.disk.Open(p.path("device"), disk.ShareAll); !errors.Is(err, disk.ErrNotFile) &&
			!errors.Is(err, disk.ErrLink) {
			t.Errorf("a device: %v", err)
		}
	})
}

// Somebody exchanges a folder for a link to his own, again and again: what is opened is inside or nothing.
func TestStrictOpeningHoldsAgainstSwaps(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		outside := t.TempDir()
		folderWith(t, outside, "file", "outside")
		folderWith(t, p.onHost("a"), "file", "inside")
		stop := swapping(t, p.onHost("a"), p.onHost("kept"), func() error { return os.Symlink(outside, p.onHost("a")) })
		defer stop()
		opened, refused := 0, 0
		for tries := 0; tries < 5000 || opened == 0 || refused == 0; tries++ { // a busy machine may let one side wait
			if tries == 500_000 {
				t.Fatalf("opened %d times, refused %d times: nothing was swapped", opened, refused)
			}
			f, _, err := p.disk.OpenStrict(p.path("a" + p.sep + "file"))
			if err != nil {
				if !errors.Is(err, disk.ErrLink) && !errors.Is(err, fs.ErrNotExist) {
					t.Fatal(err)
				}
				refused++
				continue
			}
			opened++
			text, err := io.ReadAll(io.NewSectionReader(f, 0, 100))
			if err = errors.Join(err, f.Close()); err != nil || string(text) != "inside" {
				t.Fatalf("opened %q, %v", text, err)
			}
		}
	})
}

// Somebody exchanges the file for his own before it is renamed: his never stays under the new name.
func TestRenamingHoldsAgainstSwaps(t *testing.T) {
	onEach(t, func(t *testing.T, p place) {
		put(t, p.onHost("tmp"), "mine")
		mine := idOf(t, p.disk, p.path("tmp"))
		stop := swapping(t, p.onHost("tmp"), p.onHost("kept"), func() error {
			return os.WriteFile(p.onHost("tmp"), []byte("foreign"), 0o644)
		})
		renamed := false
		for range 5000 {
			err := p.disk.Rename(p.path("tmp"), p.path("target"), mine)
			switch {
			case err == nil:
				renamed = true
			case errors.Is(err, disk.ErrChanged), errors.Is(err, fs.ErrNotExist):
			default:
				t.Fatal(err)
			}
			if info, err := p.disk.Stat(p.path("target")); err == nil && info.ID != mine {
				t.Fatal("a foreign file has the new name")
			}
			if renamed {
				break
			}
		}
		stop()
		if renamed {
			wantText(t, p.onHost("target"), "mine")
		}
	})
}

// swapping renames at to kept, puts something else there, and back, until it is stopped or at is gone for good.
func swapping(t *testing.T, at, kept string, put func() error) (stop func()) {
	done := make(chan struct{})
	var ended sync.WaitGroup
	ended.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
			}
			if os.Rename(at, kept) != nil {
				return // it has its new name
			}
			if err := put(); err != nil {
				t.Error(err)
			}
			if err := os.Remove(at); err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Error(err)
			}
			if err := os.Rename(kept, at); err != nil {
				t.Error(err)
			}
		}
	})
	return sync.OnceFunc(func() { close(done); ended.Wait() })
}

// A link on this computer may lead to a share, so who looks at what another one named passes through none.
func TestOwnLookPassesNoLink(t *testing.T) {
	root := t.TempDir()
	folderWith(t, filepath.Join(root, "real", "in"), "file", "x")
	link(t, "real", filepath.Join(root, "folder"))
	d := disk.NewMapped(map[byte]string{'C': root})
	if _, err := disk.StatOwn(d, `C:\real\in\file`); err != nil {
		t.Error(err)
	}
	for _, path := range []string{`C:\folder\in\file`, `C:\folder\in`, `C:\folder\none\none`} {
		_, err := disk.StatOwn(d, path)
		wantCause(t, err, disk.ErrLink, path)
	}
}

// A look that remembers which folders it has passed takes none for another one.
func TestOwnLookTakesNoFolderForAnother(t *testing.T) {
	root := t.TempDir()
	for _, dir := range []string{"kit/in", "elsewhere/in"} {
		if err := os.MkdirAll(filepath.Join(root, filepath.FromSlash(dir)), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	link(t, "elsewhere", filepath.Join(root, "\u212Ait"))
	look := disk.NewOwnLook(disk.NewMapped(map[byte]string{'C': root}))
	if _, err := look.Stat(`C:\kit\in`); err != nil {
		t.Error(err)
	}
	_, err := look.Stat("C:\\\u212Ait\\in")
	wantCause(t, err, disk.ErrLink, "C:\\\u212Ait\\in")
}
