package steps_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/journal"
)

const (
	ownFolder     = `C:\Program Files\marsfix`
	ownJournal    = ownFolder + `\journal.jsonl`
	formerFolder  = `C:\ProgramData\marsfix`
	formerJournal = formerFolder + `\journal.jsonl`
)

// onlyJournal asks do before the journal's operations, with their number. Its folder is made by the first thing that needs it, which is the
// journal.
func onlyJournal(do func(k int, op disktest.Op, path string) error) disktest.Before {
	k := 0
	return func(op disktest.Op, path string) error {
		if path != ownJournal && (path != ownFolder || k > 0) {
			return nil
		}
		k++
		return do(k, op, path)
	}
}

// journaled walks a computer to the end, with before ahead of the journal's operations, and gives the exit code.
func journaled(t *testing.T, before func(k int, op disktest.Op, path string) error) (*rig, *engineer, int) {
	t.Helper()
	clock := &quickClock{now: start}
	r := newRig(t, "missing", memoryDir(t), clock.Now)
	r.before = onlyJournal(before)
	e := engage(t, r, r.dir, clock)
	code := e.run()
	e.walk.Close()
	return r, e, code
}

// journalOps are the journal's operations in an undisturbed walk.
func journalOps(t *testing.T) (calls []call) {
	t.Helper()
	_, _, code := journaled(t, func(_ int, op disktest.Op, path string) error {
		calls = append(calls, call{op, path})
		return nil
	})
	if code != steps.CodeGood || len(calls) < 15 {
		t.Fatalf("code %d with %d operations of the journal", code, len(calls))
	}
	return calls
}

func TestTheJournalIsMadePrivateFirst(t *testing.T) {
	calls := journalOps(t)
	if calls[0] != (call{disktest.MakePrivate, ownFolder}) || calls[1] != (call{disktest.Append, ownJournal}) {
		t.Errorf("the journal begins with %v", calls[:2])
	}
}

// What is about to be done is on the disk before it is done, and what came of it right after.
func TestTheJournalIsFlushedAroundEachChange(t *testing.T) {
	for _, d := range append([]deed{{"missing", "start"}, {"missing", "run"}}, deeds...) {
		ops := d.operations(t)
		for _, pair := range [][]call{ops[:2], ops[len(ops)-2:]} {
			if pair[0] != (call{disktest.Write, ownJournal}) || pair[1] != (call{disktest.Sync, ownJournal}) {
				t.Errorf("%s %s begins or ends with %v", d.scenario, d.verb, pair)
			}
		}
	}
}

func TestEveryFaultOfTheJournal(t *testing.T) {
	for i, c := range journalOps(t) {
		for _, w := range ways {
			if w.short && c.op != disktest.Write {
				continue
			}
			t.Run(fmt.Sprintf("%d %s/%s", i+1, c.op, w.name), func(t *testing.T) {
				r, e, code := journaled(t, func(k int, op disktest.Op, path string) error {
					if k == i+1 {
						return broken(op, path, w.cause, w.short)
					}
					return nil
				})
				wantRepaired(t, r, e, code)
				switch c.op {
				case disktest.MakePrivate, disktest.Append:
					wantJournalProblem(t, e, ownJournal, w.cause)
					if _, err := os.Stat(r.host(ownJournal)); !errors.Is(err, fs.ErrNotExist) {
						t.Errorf("there is a journal: %v", err)
					}
				case disktest.Open, disktest.Info, disktest.Close: // to see how it ends, and at the end
					wantRecords(t, r, ownJournal, true)
				default:
					wantJournalProblem(t, e, ownJournal, w.cause)
					wantRecords(t, r, ownJournal, false)
				}
			})
		}
	}
}

// The journal's disk goes away for good, at any moment: the repair goes on.
func TestTheJournalIsGoneForGood(t *testing.T) {
	gone := errors.New("the disk has gone")
	for i, c := range journalOps(t) {
		if c.op == disktest.Close {
			continue
		}
		t.Run(fmt.Sprintf("%d %s", i+1, c.op), func(t *testing.T) {
			r, e, code := journaled(t, func(k int, op disktest.Op, path string) error {
				if k > i {
					return broken(op, path, gone, true)
				}
				return nil
			})
			wantRepaired(t, r, e, code)
			wantJournalProblem(t, e, ownJournal, gone)
		})
	}
}

// What somebody else can write to is no place for a journal, and nothing is written to it: the walk says whose it is and what to do.
func TestTheJournalRefusesWhatOthersCanWriteTo(t *testing.T) {
	const planted = `{"kind":"after","act":"copy"}` + "\n"
	for name, tt := range map[string]struct {
		plant func(folder, journal string) error
		says  string
		hint  string
		stops bool // the folder itself is not marsfix's own: no private copy of the installer is made in it either
	}{
		"a folder that everybody can write to": {func(folder, _ string) error { return errors.Join(os.Mkdir(folder, 0o700), os.Chmod(folder, 0o777)) },
			`"` + ownFolder + `" is not marsfix's own: it can be written to by`, `icacls "` + ownFolder + `" /reset`, true},
		"a link": {func(folder, _ string) error {
			return errors.Join(os.Mkdir(folder+".real", 0o700), os.Symlink("marsfix.real", folder))
		},
			"it is a link, not a folder", `ren "` + ownFolder + `" "marsfix.old"`, true},
		"a file": {func(folder, _ string) error { return os.WriteFile(folder, nil, 0o600) }, "it is not a folder", `ren "` + ownFolder, true},
		"a journal that everybody can write to": {func(folder, journal string) error {
			return errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(journal, []byte(planted), 0o600), os.Chmod(journal, 0o666))
		}, `"` + ownJournal + `" is not marsfix's own: it can be written to by`, `icacls "` + ownJournal + `" /reset`, false},
		"a journal that is a link": {func(folder, journal string) error {
			return errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(folder+"-real", []byte(planted), 0o600), os.Symlink("../marsfix-real", journal))
		}, "a link stands in the path", "note by hand", false},
	} {
		t.Run(name, func(t *testing.T) {
			clock := &quickClock{now: start}
			r := newRig(t, "missing", memoryDir(t), clock.Now)
			if _, err := r.Disk().Stat(`C:\`); err != nil { // makes the disk
				t.Fatal(err)
			}
			programs := filepath.Dir(r.host(ownFolder))
			if err := tt.plant(r.host(ownFolder), r.host(ownJournal)); err != nil {
				t.Fatal(err)
			}
			before := places(t, programs)
			e := engage(t, r, r.dir, clock)
			code := e.run()
			e.walk.Close()
			if tt.stops != (code != steps.CodeGood) || tt.stops && !e.shows("not-staged") {
				t.Errorf("the walk ended with %d at step %d: %+v", code, e.walk.Screen().Step, e.walk.Screen().Problems)
			}
			wantJournalProblem(t, e, ownJournal, errors.New(tt.says))
			for _, p := range e.walk.Screen().Problems {
				if p.Code == "journal-unwritable" && !strings.Contains(p.Hint, tt.hint) {
					t.Errorf("the hint is %q, want %q", p.Hint, tt.hint)
				}
			}
			now := places(t, programs)
			for name := range now {
				if strings.HasPrefix(name, "Microsoft Azure") {
					now[name] = before[name] // the upgrade's
				}
			}
			same(t, before, now)
		})
	}
}

func wantRepaired(t *testing.T, r *rig, e *engineer, code int) {
	t.Helper()
	if code != steps.CodeGood {
		t.Errorf("the walk ended with %d at step %d: %+v", code, e.walk.Screen().Step, e.walk.Screen().Problems)
	}
	if hash := cacheOf(t, r.dir)[targetName]; hash != goodHash(t) {
		t.Errorf("in the cache %s is %q", targetName, hash)
	}
}

func wantJournalProblem(t *testing.T, e *engineer, path string, cause error) {
	t.Helper()
	for _, p := range e.walk.Screen().Problems {
		if p.Code == "journal-unwritable" && strings.Contains(p.Message, path) && strings.Contains(p.Message, cause.Error()) {
			return
		}
	}
	t.Errorf("nobody says that %q cannot be written because of %q: %+v", path, cause, e.walk.Screen().Problems)
}

// wantRecords reads a journal: every line but the last is whole, and a whole journal tells of the copy before and after.
func wantRecords(t *testing.T, r *rig, path string, whole bool) {
	t.Helper()
	content, err := os.ReadFile(r.host(path))
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSuffix(content, []byte("\n")), []byte("\n"))
	told := map[string]int{}
	for i, line := range lines {
		var rec journal.Record
		if err := json.Unmarshal(line, &rec); err == nil {
			told[string(rec.Act)+" "+rec.Kind]++
		} else if len(content) > 0 && (whole || i < len(lines)-1) {
			t.Errorf("line %d of the journal is %q: %v", i+1, line, err)
		}
	}
	if whole && (told["copy before"] != 1 || told["copy after"] != 1 || told["start before"] != 1 || told["run after"] != 1) {
		t.Errorf("the journal tells %v", told)
	}
}
