package undo_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/journal"
	"marsfix/steps/screen"
	"marsfix/steps/undo"
	"marsfix/steps/walk/walktest"
)

func TestUndoTakesBackItsOwnCopy(t *testing.T) {
	for _, scenario := range []string{"missing", "bad-target"} {
		t.Run(scenario, func(t *testing.T) {
			r := walktest.Repaired(t, scenario)
			u := walktest.FindUndo(t, r)
			if u.ID != "7b5ea8" || u.Copy.SHA256 != walktest.GoodHash(t) ||
				u.Copy.To != `C:\Windows\Installer\7b5ea8.msi` {
				t.Errorf("found %+v", u)
			}
			if u.Question.Kind != screen.Type || u.Question.Want != "7b5ea8" ||
				!strings.Contains(u.Question.Prompt, "1612") {
				t.Errorf("the registration names the file, and the question is %+v", u.Question)
			}
			if p := undo.Undo(t.Context(), r, u, walktest.DayAfter); p != nil {
				t.Fatalf("taking back came to %+v", p)
			}
			walktest.Untouched(t, scenario).AsBefore(t, r.Dir)
			walktest.Untouched(t, scenario).SameForeign(t, r.Dir)
			walktest.RefusesUndo(t, r, r.Dir, "nothing-to-undo")
			wantUndone(t, r)
		})
	}
}

// wantUndone reads in the journal that undo was told before and after.
func wantUndone(t *testing.T, r *walktest.Rig) {
	t.Helper()
	var told []string
	for _, rec := range walktest.Records(t, r) {
		if rec.Act == "undo" {
			told = append(told, rec.Kind)
		}
	}
	if strings.Join(told, " ") != "before after" {
		t.Errorf("of undo the journal tells %q", told)
	}
}

// unread is a computer whose registration cannot be read, or not all of it.
type unread struct {
	*walktest.Rig
	products []computer.Product
	err      error
}

func (u unread) Products(context.Context) ([]computer.Product, error) { return u.products, u.err }

// Where nobody can tell whether a product is registered with the file, taking it back is as grave as where one is.
func TestUndoIsTypedWhereTheRegistrationCannotBeRead(t *testing.T) {
	r := walktest.Repaired(t, "missing")
	for name, tt := range map[string]struct {
		m    unread
		kind screen.QuestionKind
	}{
		"not at all": {unread{r, nil, errors.New("the registry is shut")}, screen.Type},
		"not this one": {unread{r, []computer.Product{{ProductCode: "{1}", Err: "LocalPackage: 1610"}}, nil},
			screen.Type},
		"another": {unread{r, []computer.Product{{ProductCode: "{1}", LocalPackage: `C:\Windows\Installer\1.msi`,
			Err: "PackageCode: 1610"}}, nil}, screen.Confirm},
	} {
		u, p := undo.Find(t.Context(), tt.m, walktest.DayAfter)
		if p != nil || u.Question.Kind != tt.kind || tt.kind == screen.Type && u.Question.Want != "7b5ea8" {
			t.Errorf("%s: asked is %+v, %+v", name, u.Question, p)
		}
	}
}

// One undo takes back one copy, the latest first.
func TestUndoTakesBackOneCopyAfterTheOther(t *testing.T) {
	r := walktest.Repaired(t, "second-package")
	for _, id := range []string{"8c61f3", "7b5ea8"} {
		u := walktest.FindUndo(t, r)
		if u.ID != id {
			t.Fatalf("%s comes first, want %s", u.ID, id)
		}
		if p := undo.Undo(t.Context(), r, u, walktest.DayAfter); p != nil {
			t.Fatal(p)
		}
		if _, err := os.Stat(r.Host(`C:\Windows\Installer\` + id + `.msi`)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", id, err)
		}
	}
	walktest.RefusesUndo(t, r, r.Dir, "nothing-to-undo")
}

func TestUndoRefusesWhatIsNotItsOwn(t *testing.T) {
	r := walktest.Repaired(t, "missing")
	target := r.Host(`C:\Windows\Installer\7b5ea8.msi`)
	u := walktest.FindUndo(t, r)
	content, err := os.ReadFile(target)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)-1] ^= 1
	if err := os.WriteFile(target, content, 0o644); err != nil {
		t.Fatal(err)
	}
	if p := walktest.RefusesUndo(t, r, r.Dir, "not-ours"); !strings.Contains(p.Message, walktest.Hashed(content)) {
		t.Errorf("the problem does not tell the hash that is there: %+v", p)
	}
	before := walktest.CacheOf(t, r.Dir)
	if p := undo.Undo(t.Context(), r, u, walktest.DayAfter); p == nil || p.Code != "not-ours" {
		t.Errorf("found before it was changed, it was taken back: %+v", p)
	}
	walktest.Same(t, before, walktest.CacheOf(t, r.Dir))
	if err := os.Remove(target); err != nil {
		t.Fatal(err)
	}
	walktest.RefusesUndo(t, r, r.Dir, "nothing-to-undo")
}

// busy is a computer on which Windows Installer works, or a wizard is open.
type busy struct {
	*walktest.Rig
	transaction bool
	wizards     []computer.Process
}

func (b busy) Busy(context.Context) (bool, error) { return b.transaction, nil }

func (b busy) Wizards(context.Context) ([]computer.Process, error) { return b.wizards, nil }

func TestUndoWaitsForWindowsInstallerAndTheWizard(t *testing.T) {
	r := walktest.Repaired(t, "missing")
	open := busy{Rig: r, wizards: []computer.Process{{PID: 7, Image: `C:\1f2e\Setup.exe`, Own: computer.Yes,
		Elevated: computer.Yes}}}
	walktest.RefusesUndo(t, open, r.Dir, "wizard-running")
	u := walktest.FindUndo(t, r)
	before := walktest.Places(t, r.Dir)
	for code, m := range map[screen.Code]computer.Machine{"installer-busy": busy{Rig: r, transaction: true},
		"wizard-running": open} {
		if p := undo.Undo(t.Context(), m, u, walktest.DayAfter); p == nil || p.Code != code {
			t.Errorf("undo came to %+v, want %s", p, code)
		}
	}
	walktest.Same(t, before, walktest.Places(t, r.Dir))
}

func TestUndoIsToldWhereNothingWasDone(t *testing.T) {
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	if _, err := r.Disk().Stat(`C:\Windows`); err != nil {
		t.Fatal(err)
	}
	walktest.RefusesUndo(t, r, r.Dir, "nothing-to-undo")
}

// A journal that somebody else could have written could name any file of the cache.
func TestUndoTakesNoWordOfAForeignJournal(t *testing.T) {
	r := walktest.Repaired(t, "missing")
	for _, paths := range []string{walktest.OwnFolder, walktest.OwnJournal} {
		if p := walktest.RefusesUndo(t, walktest.Foreign{Rig: r, Paths: paths}, r.Dir,
			"journal-foreign"); !strings.Contains(p.Message, `SRV\intern`) {
			t.Errorf("the problem does not tell whose it is: %+v", p)
		}
	}
	own := filepath.Dir(r.Host(walktest.OwnJournal))
	for name, plant := range map[string]func(path string) error{
		"a folder that everybody can write to":  func(string) error { return disktest.OpenToAll(own) },
		"a journal that everybody can write to": disktest.OpenToAll,
		"a folder that is a link": func(string) error {
			return errors.Join(os.Rename(own, own+".real"), disktest.Link("marsfix.real", own))
		},
		"a journal that is a link": func(path string) error {
			return errors.Join(os.Rename(path, path+".real"), disktest.Link("journal.jsonl.real", path))
		},
	} {
		t.Run(name, func(t *testing.T) {
			r := walktest.Repaired(t, "missing")
			own = filepath.Dir(r.Host(walktest.OwnJournal))
			u := walktest.FindUndo(t, r)
			disktest.Planted(t, plant(r.Host(walktest.OwnJournal)))
			walktest.RefusesUndo(t, r, r.Dir, "journal-foreign")
			before := walktest.Places(t, r.Dir)
			if p := undo.Undo(t.Context(), r, u, walktest.DayAfter); p == nil || p.Code != "journal-foreign" {
				t.Errorf("undo came to %+v", p)
			}
			walktest.Same(t, before, walktest.Places(t, r.Dir))
		})
	}
}

// moveToFormer makes the journal one that version 1.0.0 has written.
func moveToFormer(t *testing.T, r *walktest.Rig) {
	t.Helper()
	if err := errors.Join(os.Mkdir(r.Host(walktest.FormerFolder), 0o700),
		os.Rename(r.Host(walktest.OwnJournal), r.Host(walktest.FormerJournal))); err != nil {
		t.Fatal(err)
	}
}

// What version 1.0.0 has copied is taken back; that it was is told in the journal of this version, and the former one
// is left alone.
func TestUndoReadsTheFormerJournal(t *testing.T) {
	r := walktest.Repaired(t, "bad-target")
	moveToFormer(t, r)
	was, err := os.ReadFile(r.Host(walktest.FormerJournal))
	if err != nil {
		t.Fatal(err)
	}
	u := walktest.FindUndo(t, r)
	if p := undo.Undo(t.Context(), r, u, walktest.DayAfter); p != nil {
		t.Fatal(p)
	}
	walktest.Untouched(t, "bad-target").AsBefore(t, r.Dir)
	walktest.RefusesUndo(t, r, r.Dir, "nothing-to-undo")
	if now, err := os.ReadFile(r.Host(walktest.FormerJournal)); err != nil || string(now) != string(was) {
		t.Errorf("the former journal was changed, or %v", err)
	}
	wantUndone(t, r)
}

// Two versions that take turns tell of the same package: what is told last counts, wherever it is told.
func TestUndoGoesByTheTimeOfBothJournals(t *testing.T) {
	r := walktest.Repaired(t, "missing")
	copied := string(walktest.JournalOf(t, r))
	moveToFormer(t, r)
	taken := line(t, journal.Record{Kind: "after", Act: "undo", To: `C:\Windows\Installer\7b5ea8.msi`})
	rewrite(t, r, []byte(taken))
	walktest.RefusesUndo(t, r, r.Dir, "nothing-to-undo")
	rewrite(t, r, []byte(copied))
	if err := os.WriteFile(r.Host(walktest.FormerJournal), []byte(taken), 0o600); err != nil {
		t.Fatal(err)
	}
	walktest.RefusesUndo(t, r, r.Dir, "nothing-to-undo")
	before := strings.ReplaceAll(taken, walktest.Began.Add(time.Hour).Format("2006-01-02T"), "2001-01-01T")
	if err := os.WriteFile(r.Host(walktest.FormerJournal), []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	if u := walktest.FindUndo(t, r); u.ID != "7b5ea8" {
		t.Errorf("found is %+v", u)
	}
}

// Every user may make folders in ProgramData. Whoever makes the former one can neither name a file of the cache in it,
// nor hide the own journal by one that nobody can read.
func TestUndoFindsItsJournalBesideAForeignOne(t *testing.T) {
	r := walktest.Repaired(t, "missing")
	path := r.Host(walktest.FormerJournal)
	monitor, err := os.ReadFile(r.Host(`C:\Windows\Installer\1d4c7.msi`))
	if err != nil {
		t.Fatal(err)
	}
	planted := line(t, journal.Record{Kind: "after", Act: "copy", To: `C:\Windows\Installer\1d4c7.msi`,
		SHA256: walktest.Hashed(monitor)})
	for name, plant := range map[string]func() error{
		"no journal": func() error { return nil },
		"a folder":   func() error { return os.Mkdir(path, 0o700) },
		"no end":     func() error { return os.WriteFile(path, make([]byte, 2<<20), 0o600) },
		"a link":     func() error { return disktest.Link("/dev/zero", path) },
		"a journal of theirs": func() error {
			return errors.Join(os.WriteFile(path, []byte(planted), 0o600),
				disktest.OpenToAll(path))
		},
		"a journal in their folder": func() error {
			return errors.Join(os.WriteFile(path, []byte(planted), 0o600), disktest.OpenToAll(filepath.Dir(path)))
		},
		"their folder by a junction": func() error {
			return errors.Join(os.Remove(filepath.Dir(path)), disktest.Link("/etc", filepath.Dir(path)))
		},
	} {
		t.Run(name, func(t *testing.T) {
			disktest.Planted(t, errors.Join(os.RemoveAll(filepath.Dir(path)),
				os.Mkdir(filepath.Dir(path), 0o700), plant()))
			for _, m := range []computer.Looker{r, walktest.Foreign{Rig: r, Paths: walktest.FormerFolder},
				walktest.Foreign{Rig: r, Paths: walktest.FormerJournal}} {
				if u, p := undo.Find(t.Context(), m, walktest.DayAfter); p != nil || u.ID != "7b5ea8" {
					t.Errorf("found is %+v, %+v", u, p)
				}
			}
		})
	}
}
