package journal_test

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
	"marsfix/steps/walk/walktest"
)

// onlyJournal asks do before the journal's operations, with their number. Its folder is made by the first thing that
// needs it, which is the journal.
func onlyJournal(do func(k int, op disktest.Op, path string) error) disktest.Before {
	k := 0
	return func(op disktest.Op, path string) error {
		if path != walktest.OwnJournal && (path != walktest.OwnFolder || k > 0) {
			return nil
		}
		k++
		return do(k, op, path)
	}
}

// journaled walks a computer to the end, with before ahead of the journal's operations, and gives the exit code.
func journaled(t *testing.T, before func(k int, op disktest.Op, path string) error) (*walktest.Rig,
	*walktest.Engineer, int) {
	t.Helper()
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	r.Before = onlyJournal(before)
	e := walktest.Engage(t, r, r.Dir, clock)
	code := e.Run()
	e.Walk.Close()
	return r, e, code
}

// journalOps are the journal's operations in an undisturbed walk.
func journalOps(t *testing.T) (calls []walktest.Call) {
	t.Helper()
	_, _, code := journaled(t, func(_ int, op disktest.Op, path string) error {
		calls = append(calls, walktest.Call{Op: op, Path: path})
		return nil
	})
	if code != steps.CodeGood || len(calls) < 15 {
		t.Fatalf("code %d with %d operations of the journal", code, len(calls))
	}
	return calls
}

func TestTheJournalIsMadePrivateFirst(t *testing.T) {
	calls := journalOps(t)
	if calls[0] != (walktest.Call{Op: disktest.MakePrivate, Path: walktest.OwnFolder}) ||
		calls[1] != (walktest.Call{Op: disktest.Append, Path: walktest.OwnJournal}) {
		t.Errorf("the journal begins with %v", calls[:2])
	}
}

// What is about to be done is on the disk before it is done, and what came of it right after.
func TestTheJournalIsFlushedAroundEachChange(t *testing.T) {
	for _, d := range append([]walktest.Deed{{Scenario: "missing", Verb: "start"}, {Scenario: "missing", Verb: "run"}},
		walktest.Deeds...) {
		ops := d.Operations(t)
		for _, pair := range [][]walktest.Call{ops[:2], ops[len(ops)-2:]} {
			if pair[0] != (walktest.Call{Op: disktest.Write, Path: walktest.OwnJournal}) ||
				pair[1] != (walktest.Call{Op: disktest.Sync, Path: walktest.OwnJournal}) {
				t.Errorf("%s %s begins or ends with %v", d.Scenario, d.Verb, pair)
			}
		}
	}
}

func TestEveryFaultOfTheJournal(t *testing.T) {
	for i, c := range journalOps(t) {
		for _, w := range walktest.Ways {
			if w.Short && c.Op != disktest.Write {
				continue
			}
			walktest.Row(t, fmt.Sprintf("%d %s/%s", i+1, c.Op, w.Name), func(t *testing.T) {
				r, e, code := journaled(t, func(k int, op disktest.Op, path string) error {
					if k == i+1 {
						return walktest.Broken(op, path, w.Cause, w.Short)
					}
					return nil
				})
				wantRepaired(t, r, e, code)
				switch c.Op {
				case disktest.MakePrivate, disktest.Append:
					wantJournalProblem(t, e, walktest.OwnJournal, w.Cause)
					if _, err := os.Stat(r.Host(walktest.OwnJournal)); !errors.Is(err, fs.ErrNotExist) {
						t.Errorf("there is a journal: %v", err)
					}
				case disktest.Open, disktest.Info, disktest.Close: // to see how it ends, and at the end
					wantRecords(t, r, walktest.OwnJournal, true)
				default:
					wantJournalProblem(t, e, walktest.OwnJournal, w.Cause)
					wantRecords(t, r, walktest.OwnJournal, false)
				}
			})
		}
	}
}

// The journal's disk goes away for good, at any moment: the repair goes on.
func TestTheJournalIsGoneForGood(t *testing.T) {
	gone := errors.New("the disk has gone")
	for i, c := range journalOps(t) {
		if c.Op == disktest.Close {
			continue
		}
		walktest.Row(t, fmt.Sprintf("%d %s", i+1, c.Op), func(t *testing.T) {
			r, e, code := journaled(t, func(k int, op disktest.Op, path string) error {
				if k > i {
					return walktest.Broken(op, path, gone, true)
				}
				return nil
			})
			wantRepaired(t, r, e, code)
			wantJournalProblem(t, e, walktest.OwnJournal, gone)
		})
	}
}

// What somebody else can write to is no place for a journal, and nothing is written to it: the walk says whose it is
// and what to do.
func TestTheJournalRefusesWhatOthersCanWriteTo(t *testing.T) {
	const planted = `{"kind":"after","act":"copy"}` + "\n"
	for name, tt := range map[string]struct {
		plant func(folder, journal string) error
		says  string
		hint  string
		stops bool // the folder itself is not marsfix's own: no private copy of the installer is made in it either
	}{
		"a folder that everybody can write to": {func(folder,
			_ string) error {
			return errors.Join(os.Mkdir(folder, 0o700), disktest.OpenToAll(folder))
		},
			`"` + walktest.OwnFolder + `" is not marsfix's own: it can be written to by`,
			`icacls "` + walktest.OwnFolder + `" /reset`, true},
		"a link": {func(folder, _ string) error {
			return errors.Join(os.Mkdir(folder+".real", 0o700), disktest.Link("marsfix.real", folder))
		},
			"it is a link, not a folder", `ren "` + walktest.OwnFolder + `" "marsfix.old"`, true},
		"a file": {func(folder, _ string) error { return os.WriteFile(folder, nil, 0o600) }, "it is not a folder",
			`ren "` + walktest.OwnFolder, true},
		"a journal that everybody can write to": {func(folder, journal string) error {
			return errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(journal, []byte(planted), 0o600),
				disktest.OpenToAll(journal))
		}, `"` + walktest.OwnJournal + `" is not marsfix's own: it can be written to by`,
			`icacls "` + walktest.OwnJournal + `" /reset`, false},
		"a journal that is a link": {func(folder, journal string) error {
			return errors.Join(os.Mkdir(folder, 0o700), os.WriteFile(folder+"-real", []byte(planted), 0o600),
				disktest.Link("../marsfix-real", journal))
		}, "a link stands in the path", "write down what is changed", false},
	} {
		t.Run(name, func(t *testing.T) {
			clock := &walktest.QuickClock{At: walktest.Began}
			r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
			if _, err := r.Disk().Stat(`C:\`); err != nil { // makes the disk
				t.Fatal(err)
			}
			programs := filepath.Dir(r.Host(walktest.OwnFolder))
			disktest.Planted(t, tt.plant(r.Host(walktest.OwnFolder), r.Host(walktest.OwnJournal)))
			before := walktest.Places(t, programs)
			e := walktest.Engage(t, r, r.Dir, clock)
			code := e.Run()
			e.Walk.Close()
			if tt.stops != (code != steps.CodeGood) || tt.stops && !e.Shows("not-staged") {
				t.Errorf("the walk ended with %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
			}
			wantJournalProblem(t, e, walktest.OwnJournal, errors.New(tt.says))
			for _, p := range e.Walk.Screen().Problems {
				if p.Code == "journal-unwritable" && !strings.Contains(p.Cure, tt.hint) {
					t.Errorf("the hint is %q, want %q", p.Cure, tt.hint)
				}
			}
			now := walktest.Places(t, programs)
			for name := range now {
				if strings.HasPrefix(name, "Microsoft Azure") {
					now[name] = before[name] // the upgrade's
				}
			}
			walktest.Same(t, before, now)
		})
	}
}

func wantRepaired(t *testing.T, r *walktest.Rig, e *walktest.Engineer, code int) {
	t.Helper()
	if code != steps.CodeGood {
		t.Errorf("the walk ended with %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
	}
	if hash := walktest.CacheOf(t, r.Dir)[walktest.TargetName]; hash != walktest.GoodHash(t) {
		t.Errorf("in the cache %s is %q", walktest.TargetName, hash)
	}
}

func wantJournalProblem(t *testing.T, e *walktest.Engineer, path string, cause error) {
	t.Helper()
	for _, p := range e.Walk.Screen().Problems {
		if p.Code == "journal-unwritable" && strings.Contains(p.Message, path) &&
			strings.Contains(p.Message, cause.Error()) {
			return
		}
	}
	t.Errorf("nobody says that %q cannot be written because of %q: %+v", path, cause, e.Walk.Screen().Problems)
}

// wantRecords reads a journal: every line but the last is whole, and a whole journal tells of the copy before and
// after.
func wantRecords(t *testing.T, r *walktest.Rig, path string, whole bool) {
	t.Helper()
	content, err := os.ReadFile(r.Host(path))
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
	if whole && (told["copy before"] != 1 || told["copy after"] != 1 || told["start before"] != 1 ||
		told["run after"] != 1) {
		t.Errorf("the journal tells %v", told)
	}
}
