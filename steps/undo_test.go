package steps_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/journal"
	"marsfix/steps/screen"
	"marsfix/steps/undo"
)

// after is when undo is asked for.
var after = start.Add(24 * time.Hour)

// repaired is a computer on which a walk has gone through.
func repaired(t *testing.T, scenario string) *rig {
	t.Helper()
	clock := &quickClock{now: start}
	r := newRig(t, scenario, memoryDir(t), clock.Now)
	e := engage(t, r, r.dir, clock)
	if code := e.run(); code != steps.CodeGood {
		t.Fatalf("the walk ended with %d: %+v", code, e.walk.Screen().Problems)
	}
	e.walk.Close()
	return r
}

// find looks for what can be taken back.
func find(t *testing.T, m computer.Looker) undo.Undoable {
	t.Helper()
	u, p := undo.Find(t.Context(), m, after)
	if p != nil {
		t.Fatalf("nothing can be taken back: %+v", p)
	}
	return u
}

// refused asserts that undo finds nothing, with this code, and that the cache folder stays as it is.
func refused(t *testing.T, m computer.Looker, dir, code string) *screen.Problem {
	t.Helper()
	before := places(t, dir)
	u, p := undo.Find(t.Context(), m, after)
	if p == nil || p.Code != code || p.Hint == "" {
		t.Fatalf("undo came to %+v, %+v, want %s", u, p, code)
	}
	same(t, before, places(t, dir))
	return p
}

// same asserts that two looks at files tell the same.
func same(t *testing.T, before, now map[string]string) {
	t.Helper()
	for name, hash := range before {
		if now[name] != hash {
			t.Errorf("%s was %s and is %q", name, hash, now[name])
		}
	}
	for name := range now {
		if _, was := before[name]; !was {
			t.Errorf("%s is new", name)
		}
	}
}

func TestUndoTakesBackItsOwnCopy(t *testing.T) {
	for _, scenario := range []string{"missing", "bad-target"} {
		t.Run(scenario, func(t *testing.T) {
			r := repaired(t, scenario)
			u := find(t, r)
			if u.ID != "7b5ea8" || u.Copy.SHA256 != goodHash(t) || u.Copy.To != `C:\Windows\Installer\7b5ea8.msi` {
				t.Errorf("found %+v", u)
			}
			if u.Question.Kind != screen.Type || u.Question.Want != "7b5ea8" || !strings.Contains(u.Question.Prompt, "1612") {
				t.Errorf("the registration names the file, and the question is %+v", u.Question)
			}
			if p := undo.Undo(t.Context(), r, u, "test", after); p != nil {
				t.Fatalf("taking back came to %+v", p)
			}
			untouched(t, scenario).asBefore(t, r.dir)
			untouched(t, scenario).sameForeign(t, r.dir)
			refused(t, r, r.dir, "nothing-to-undo")
			wantUndone(t, r)
		})
	}
}

// wantUndone reads in the journal that undo was told before and after.
func wantUndone(t *testing.T, r *rig) {
	t.Helper()
	var told []string
	for _, rec := range records(t, r) {
		if rec.Act == "undo" {
			told = append(told, rec.Kind)
		}
	}
	if strings.Join(told, " ") != "before after" {
		t.Errorf("of undo the journal tells %q", told)
	}
}

// records are those of a journal whose lines are all whole.
func records(t *testing.T, r *rig) (rs []journal.Record) {
	t.Helper()
	content, err := os.ReadFile(r.host(ownJournal))
	if err != nil {
		t.Fatal(err)
	}
	for _, line := range strings.Split(strings.TrimSpace(string(content)), "\n") {
		var rec journal.Record
		if err := json.Unmarshal([]byte(line), &rec); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		rs = append(rs, rec)
	}
	return rs
}

// unread is a computer whose registration cannot be read, or not all of it.
type unread struct {
	*rig
	products []computer.Product
	err      error
}

func (u unread) Products(context.Context) ([]computer.Product, error) { return u.products, u.err }

// Where nobody can tell whether a product is registered with the file, taking it back is as grave as where one is.
func TestUndoIsTypedWhereTheRegistrationCannotBeRead(t *testing.T) {
	r := repaired(t, "missing")
	for name, tt := range map[string]struct {
		m    unread
		kind screen.QuestionKind
	}{
		"not at all":   {unread{r, nil, errors.New("the registry is shut")}, screen.Type},
		"not this one": {unread{r, []computer.Product{{ProductCode: "{1}", Err: "LocalPackage: 1610"}}, nil}, screen.Type},
		"another":      {unread{r, []computer.Product{{ProductCode: "{1}", LocalPackage: `C:\Windows\Installer\1.msi`, Err: "PackageCode: 1610"}}, nil}, screen.Confirm},
	} {
		u, p := undo.Find(t.Context(), tt.m, after)
		if p != nil || u.Question.Kind != tt.kind || tt.kind == screen.Type && u.Question.Want != "7b5ea8" {
			t.Errorf("%s: asked is %+v, %+v", name, u.Question, p)
		}
	}
}

// One undo takes back one copy, the latest first.
func TestUndoTakesBackOneCopyAfterTheOther(t *testing.T) {
	r := repaired(t, "second-package")
	for _, id := range []string{"8c61f3", "7b5ea8"} {
		u := find(t, r)
		if u.ID != id {
			t.Fatalf("%s comes first, want %s", u.ID, id)
		}
		if p := undo.Undo(t.Context(), r, u, "test", after); p != nil {
			t.Fatal(p)
		}
		if _, err := os.Stat(r.host(`C:\Windows\Installer\` + id + `.msi`)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", id, err)
		}
	}
	refused(t, r, r.dir, "nothing-to-undo")
}

func TestUndoRefusesWhatIsNotItsOwn(t *testing.T) {
	r := repaired(t, "missing")
	target := r.host(`C:\Windows\Installer\7b5ea8.msi`)
	u := find(t, r)
	content, err := os.ReadFile(target)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)-1] ^= 1
	if err := os.WriteFile(target, content, 0o644); err != nil {
		t.Fatal(err)
	}
	if p := refused(t, r, r.dir, "not-ours"); !strings.Contains(p.Message, hashed(content)) {
		t.Errorf("the problem does not tell the hash that is there: %+v", p)
	}
	before := cacheOf(t, r.dir)
	if p := undo.Undo(t.Context(), r, u, "test", after); p == nil || p.Code != "not-ours" {
		t.Errorf("found before it was changed, it was taken back: %+v", p)
	}
	same(t, before, cacheOf(t, r.dir))
	if err := os.Remove(target); err != nil {
		t.Fatal(err)
	}
	refused(t, r, r.dir, "nothing-to-undo")
}

// busy is a computer on which Windows Installer works, or a wizard is open.
type busy struct {
	*rig
	transaction bool
	wizards     []computer.Process
}

func (b busy) Busy(context.Context) (bool, error) { return b.transaction, nil }

func (b busy) Wizards(context.Context) ([]computer.Process, error) { return b.wizards, nil }

func TestUndoWaitsForWindowsInstallerAndTheWizard(t *testing.T) {
	r := repaired(t, "missing")
	open := busy{rig: r, wizards: []computer.Process{{PID: 7, Image: `C:\1f2e\Setup.exe`, Own: computer.Yes, Elevated: computer.Yes}}}
	refused(t, open, r.dir, "wizard-running")
	u := find(t, r)
	before := places(t, r.dir)
	for code, m := range map[string]computer.Machine{"installer-busy": busy{rig: r, transaction: true}, "wizard-running": open} {
		if p := undo.Undo(t.Context(), m, u, "test", after); p == nil || p.Code != code {
			t.Errorf("undo came to %+v, want %s", p, code)
		}
	}
	same(t, before, places(t, r.dir))
}

func TestUndoIsToldWhereNothingWasDone(t *testing.T) {
	clock := &quickClock{now: start}
	r := newRig(t, "missing", memoryDir(t), clock.Now)
	if _, err := r.Disk().Stat(`C:\Windows`); err != nil {
		t.Fatal(err)
	}
	refused(t, r, r.dir, "nothing-to-undo")
}

// foreign is a computer on which some paths belong to somebody else.
type foreign struct {
	*rig
	paths string
}

type foreignDisk struct {
	disk.Reader
	paths string
}

func (f foreign) Disk() disk.Reader { return foreignDisk{f.rig.Disk(), f.paths} }

func (d foreignDisk) Owner(path string) (disk.Owner, error) {
	if strings.HasSuffix(path, d.paths) {
		return disk.Owner{Name: `SRV\intern`, Trust: disk.Ordinary}, nil
	}
	return d.Reader.Owner(path)
}

func (d foreignDisk) OpenPrivate(path string) (disk.PrivateReader, error) {
	if strings.HasSuffix(path, d.paths) {
		return nil, theirs(path)
	}
	dir, err := d.Reader.OpenPrivate(path)
	if err != nil {
		return nil, err
	}
	return foreignFolder{dir, d.paths}, nil
}

type foreignFolder struct {
	disk.PrivateReader
	paths string
}

func (f foreignFolder) Open(name string) (disk.File, error) {
	if path := f.Path() + `\` + name; strings.HasSuffix(path, f.paths) {
		return nil, theirs(path)
	}
	return f.PrivateReader.Open(name)
}

// theirs is what is said of something that belongs to somebody else.
func theirs(path string) error {
	return &fs.PathError{Op: "open", Path: path, Err: &disk.NotPrivateError{Flaw: disk.ForeignOwner, Who: `SRV\intern`}}
}

// A journal that somebody else could have written could name any file of the cache.
func TestUndoTakesNoWordOfAForeignJournal(t *testing.T) {
	r := repaired(t, "missing")
	for _, paths := range []string{ownFolder, ownJournal} {
		if p := refused(t, foreign{r, paths}, r.dir, "journal-foreign"); !strings.Contains(p.Message, `SRV\intern`) {
			t.Errorf("the problem does not tell whose it is: %+v", p)
		}
	}
	own := filepath.Dir(r.host(ownJournal))
	for name, plant := range map[string]func(path string) error{
		"a folder that everybody can write to":  func(string) error { return os.Chmod(own, 0o777) },
		"a journal that everybody can write to": func(path string) error { return os.Chmod(path, 0o666) },
		"a folder that is a link":               func(string) error { return errors.Join(os.Rename(own, own+".real"), os.Symlink("marsfix.real", own)) },
		"a journal that is a link": func(path string) error {
			return errors.Join(os.Rename(path, path+".real"), os.Symlink("journal.jsonl.real", path))
		},
	} {
		r := repaired(t, "missing")
		own = filepath.Dir(r.host(ownJournal))
		u := find(t, r)
		if err := plant(r.host(ownJournal)); err != nil {
			t.Fatal(err)
		}
		refused(t, r, r.dir, "journal-foreign")
		before := places(t, r.dir)
		if p := undo.Undo(t.Context(), r, u, "test", after); p == nil || p.Code != "journal-foreign" {
			t.Errorf("%s, and undo came to %+v", name, p)
		}
		same(t, before, places(t, r.dir))
	}
}

// moveToFormer makes the journal one that version 1.0.0 has written.
func moveToFormer(t *testing.T, r *rig) {
	t.Helper()
	if err := errors.Join(os.Mkdir(r.host(formerFolder), 0o700), os.Rename(r.host(ownJournal), r.host(formerJournal))); err != nil {
		t.Fatal(err)
	}
}

// What version 1.0.0 has copied is taken back; that it was is told in the journal of this version, and the former one is left alone.
func TestUndoReadsTheFormerJournal(t *testing.T) {
	r := repaired(t, "bad-target")
	moveToFormer(t, r)
	was, err := os.ReadFile(r.host(formerJournal))
	if err != nil {
		t.Fatal(err)
	}
	u := find(t, r)
	if p := undo.Undo(t.Context(), r, u, "test", after); p != nil {
		t.Fatal(p)
	}
	untouched(t, "bad-target").asBefore(t, r.dir)
	refused(t, r, r.dir, "nothing-to-undo")
	if now, err := os.ReadFile(r.host(formerJournal)); err != nil || string(now) != string(was) {
		t.Errorf("the former journal was changed, or %v", err)
	}
	wantUndone(t, r)
}

// Two versions that take turns tell of the same package: what is told last counts, wherever it is told.
func TestUndoGoesByTheTimeOfBothJournals(t *testing.T) {
	r := repaired(t, "missing")
	copied := string(journalOf(t, r))
	moveToFormer(t, r)
	taken := line(t, journal.Record{Kind: "after", Act: "undo", To: `C:\Windows\Installer\7b5ea8.msi`})
	rewrite(t, r, []byte(taken))
	refused(t, r, r.dir, "nothing-to-undo")
	rewrite(t, r, []byte(copied))
	if err := os.WriteFile(r.host(formerJournal), []byte(taken), 0o600); err != nil {
		t.Fatal(err)
	}
	refused(t, r, r.dir, "nothing-to-undo")
	before := strings.ReplaceAll(taken, start.Add(time.Hour).Format("2006-01-02T"), "2001-01-01T")
	if err := os.WriteFile(r.host(formerJournal), []byte(before), 0o600); err != nil {
		t.Fatal(err)
	}
	if u := find(t, r); u.ID != "7b5ea8" {
		t.Errorf("found is %+v", u)
	}
}

// Every user may make folders in ProgramData. Whoever makes the former one can neither name a file of the cache in it, nor hide the own journal by
// one that nobody can read.
func TestUndoFindsItsJournalBesideAForeignOne(t *testing.T) {
	r := repaired(t, "missing")
	path := r.host(formerJournal)
	monitor, err := os.ReadFile(r.host(`C:\Windows\Installer\1d4c7.msi`))
	if err != nil {
		t.Fatal(err)
	}
	planted := line(t, journal.Record{Kind: "after", Act: "copy", To: `C:\Windows\Installer\1d4c7.msi`, SHA256: hashed(monitor)})
	for name, plant := range map[string]func() error{
		"no journal":          func() error { return nil },
		"a folder":            func() error { return os.Mkdir(path, 0o700) },
		"no end":              func() error { return os.WriteFile(path, make([]byte, 2<<20), 0o600) },
		"a link":              func() error { return os.Symlink("/dev/zero", path) },
		"a journal of theirs": func() error { return errors.Join(os.WriteFile(path, []byte(planted), 0o600), os.Chmod(path, 0o666)) },
		"a journal in their folder": func() error {
			return errors.Join(os.WriteFile(path, []byte(planted), 0o600), os.Chmod(filepath.Dir(path), 0o777))
		},
		"their folder by a junction": func() error {
			return errors.Join(os.Remove(filepath.Dir(path)), os.Symlink("/etc", filepath.Dir(path)))
		},
	} {
		if err := errors.Join(os.RemoveAll(filepath.Dir(path)), os.Mkdir(filepath.Dir(path), 0o700), plant()); err != nil {
			t.Fatal(err)
		}
		for _, m := range []computer.Looker{r, foreign{r, formerFolder}, foreign{r, formerJournal}} {
			if u, p := undo.Find(t.Context(), m, after); p != nil || u.ID != "7b5ea8" {
				t.Errorf("%s: found is %+v, %+v", name, u, p)
			}
		}
	}
}
