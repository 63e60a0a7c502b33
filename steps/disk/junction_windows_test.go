package disk

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// junction makes one, which every user can. Wine makes none: the tests that need one say so there and end, and hold on
// a real Windows.
func junction(t *testing.T, at, target string) bool {
	t.Helper()
	out, err := exec.Command("cmd", "/c", "mklink", "/J", at, target).CombinedOutput()
	info, look := NewLocal().Stat(at)
	if err == nil && look == nil && info.Link {
		return true
	}
	t.Logf("no junction can be made here: %v %v %s", err, look, out)
	return false
}

// inTheWay is a private folder with a junction "junction" to a folder of somebody else in it, which holds the file
// victim.
func inTheWay(t *testing.T) (own Private, victim string, ok bool) {
	t.Helper()
	dir := t.TempDir()
	own, err := NewLocal().MakePrivate(filepath.Join(dir, "marsfix"))
	NeedOwner(t, err)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(own.Close)
	theirs := filepath.Join(dir, "theirs")
	victim = filepath.Join(theirs, "victim")
	if err := errors.Join(os.Mkdir(theirs, 0o755), os.WriteFile(victim, []byte("foreign"), 0o644)); err != nil {
		t.Fatal(err)
	}
	return own, victim, junction(t, filepath.Join(own.Path(), "junction"), theirs)
}

func TestWindowsPassesNoJunctionWhenStrict(t *testing.T) {
	own, victim, ok := inTheWay(t)
	if !ok {
		return
	}
	through := filepath.Join(own.Path(), "junction", "victim")
	f, _, err := NewLocal().OpenStrict(through)
	if !errors.Is(err, ErrLink) {
		t.Errorf("opened through a junction: %v", err)
	}
	if err == nil {
		f.Close()
	}
	if _, _, err := NewLocal().OpenStrict(filepath.Join(own.Path(), "junction")); err == nil {
		t.Error("a junction was opened as a file")
	}
	if f, _, err = NewLocal().OpenStrict(victim); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestWindowsTakesNoJunctionForItsOwn(t *testing.T) {
	own, victim, ok := inTheWay(t)
	if !ok {
		return
	}
	d := NewLocal()
	at := filepath.Join(own.Path(), "junction")
	_, make := d.MakePrivate(at)
	_, open := d.OpenPrivate(at)
	_, makeIn := own.Make("junction")
	_, enter := own.Enter("junction")
	_, inside := own.Inside("junction")
	for i, err := range []error{make, open, makeIn, enter, inside} {
		if err := wantFlaw([]string{"MakePrivate", "OpenPrivate", "Make", "Enter", "Inside"}[i], err,
			FolderLink); err != nil {
			t.Error(err)
		}
	}
	in, err := own.List()
	if err != nil || len(in) != 1 || !in[0].Link || in[0].Dir {
		t.Fatalf("listed is %+v, %v", in, err)
	}
	_, read := own.Open("junction")
	_, add := own.Append("junction")
	for _, err := range []error{own.RemoveFolder("junction", in[0].ID), own.Remove("junction", in[0].ID), read, add} {
		if err == nil {
			t.Error("a junction was taken for a folder or file of marsfix's own")
		}
	}
	if text, err := os.ReadFile(victim); err != nil || string(text) != "foreign" {
		t.Errorf("behind the junction lies %q, %v", text, err)
	}
	if info, err := d.Stat(at); err != nil || !info.Link {
		t.Errorf("the junction is %+v, %v", info, err)
	}
}

func TestWindowsTakesNoLinkForItsOwnFile(t *testing.T) {
	own, victim, _ := inTheWay(t)
	at := filepath.Join(own.Path(), "journal.jsonl")
	if !symlink(t, victim, at) {
		return
	}
	_, read := own.Open("journal.jsonl")
	_, add := own.Append("journal.jsonl")
	for _, err := range []error{read, add} {
		if !errors.Is(err, ErrLink) {
			t.Errorf("a link in the place of the journal: %v", err)
		}
	}
	if text, err := os.ReadFile(victim); err != nil || string(text) != "foreign" {
		t.Errorf("behind the link lies %q, %v", text, err)
	}
}

// Opened strictly, or without links, one under the file's own name is refused as well, and what is removed or renamed
// by a link's identity is the link.
func TestWindowsOpensNoLinkWhenStrict(t *testing.T) {
	_, victim, _ := inTheWay(t)
	at := filepath.Join(filepath.Dir(victim), "link")
	if !symlink(t, victim, at) {
		return
	}
	f, _, err := NewLocal().OpenStrict(at)
	g, err2 := NewLocal().Open(at, ShareNoLink)
	if !errors.Is(err, ErrLink) || !errors.Is(err2, ErrLink) {
		t.Errorf("opened through a link: %v, %v", err, err2)
	}
	for _, f := range []File{f, g} {
		if f != nil {
			f.Close()
		}
	}
}

func TestWindowsRemovesTheLinkItself(t *testing.T) {
	_, victim, _ := inTheWay(t)
	at := filepath.Join(filepath.Dir(victim), "link")
	if !symlink(t, victim, at) {
		return
	}
	d := NewLocal()
	theirs, err := d.Stat(victim)
	if err != nil {
		t.Fatal(err)
	}
	if err := d.Remove(at, theirs.ID); !errors.Is(err, ErrChanged) {
		t.Errorf("a link was taken for the file behind it: %v", err)
	}
	link, err := d.Stat(at)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(d.Rename(at, at+".aside", link.ID), d.Remove(at+".aside", link.ID)); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(victim); err != nil || string(text) != "foreign" {
		t.Errorf("behind the link lies %q, %v", text, err)
	}
}

// symlink makes a symbolic link, which wants a right that not everybody has, and says where it cannot.
func symlink(t *testing.T, target, at string) bool {
	t.Helper()
	made := os.Symlink(target, at)
	info, err := NewLocal().Stat(at)
	if made == nil && err == nil && info.Link {
		return true
	}
	t.Logf("no symbolic link can be made here: %v, %v", made, err)
	return false
}
