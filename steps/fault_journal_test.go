package steps_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
)

const (
	dataJournal    = `C:\ProgramData\marsfix\journal.jsonl`
	programJournal = `C:\Program Files\marsfix\journal.jsonl`
)

// ofJournal tells whether an operation is one of the journal's.
func ofJournal(path string) bool {
	return strings.Contains(path, `\marsfix`) && !strings.Contains(path, `\marsfix-`)
}

// onlyJournal asks do before the journal's operations, with their number.
func onlyJournal(do func(k int, op disktest.Op, path string) error) disktest.Before {
	k := 0
	return func(op disktest.Op, path string) error {
		if !ofJournal(path) {
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
	if calls[0] != (call{disktest.MakePrivate, `C:\ProgramData\marsfix`}) || calls[1] != (call{disktest.Append, dataJournal}) {
		t.Errorf("the journal begins with %v", calls[:2])
	}
}

// What is about to be done is on the disk before it is done, and what came of it right after.
func TestTheJournalIsFlushedAroundEachChange(t *testing.T) {
	for _, d := range append([]deed{{"missing", "start"}, {"missing", "run"}}, deeds...) {
		ops := d.operations(t)
		for _, pair := range [][]call{ops[:2], ops[len(ops)-2:]} {
			if pair[0] != (call{disktest.Write, dataJournal}) || pair[1] != (call{disktest.Sync, dataJournal}) {
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
					wantNoJournalProblem(t, e)
					wantRecords(t, r, programJournal, true)
				case disktest.Open, disktest.Info, disktest.Close: // to see how it ends, and at the end
					wantRecords(t, r, dataJournal, true)
				default:
					wantJournalProblem(t, e, dataJournal, w.cause)
					wantRecords(t, r, dataJournal, false)
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
			path := dataJournal
			if c.op == disktest.MakePrivate || c.op == disktest.Append {
				path = programJournal
			}
			wantJournalProblem(t, e, path, gone)
		})
	}
}

// A folder that somebody else can write to is no place for a journal: that of the programs is tried, then the walk says so.
func TestTheJournalRefusesFoldersOfOthers(t *testing.T) {
	for _, flaw := range []*disk.NotPrivateError{
		{Flaw: disk.NotFolder}, {Flaw: disk.FolderLink}, {Flaw: disk.ForeignOwner, Who: `SRV\intern`}, {Flaw: disk.OpenToOthers, Who: `SRV\intern`},
	} {
		t.Run(flaw.Error(), func(t *testing.T) {
			refuse := func(both bool) func(int, disktest.Op, string) error {
				return func(_ int, op disktest.Op, path string) error {
					if op == disktest.MakePrivate && (both || strings.HasPrefix(path, `C:\ProgramData`)) {
						return &fs.PathError{Op: string(op), Path: path, Err: flaw}
					}
					return nil
				}
			}
			r, e, code := journaled(t, refuse(false))
			wantRepaired(t, r, e, code)
			wantNoJournalProblem(t, e)
			wantRecords(t, r, programJournal, true)
			if !strings.Contains(strings.Join(e.walk.Summary(), "\n"), programJournal) {
				t.Errorf("the summary does not tell where the journal lies: %q", e.walk.Summary())
			}
			r, e, code = journaled(t, refuse(true))
			wantRepaired(t, r, e, code)
			wantJournalProblem(t, e, programJournal, flaw)
			if _, err := os.Stat(r.host(dataJournal)); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("a journal lies in a folder of others: %v", err)
			}
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

func wantNoJournalProblem(t *testing.T, e *engineer) {
	t.Helper()
	if e.shows("journal-unwritable") {
		t.Errorf("the journal is said to be unwritable: %+v", e.walk.Screen().Problems)
	}
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
		var rec steps.Record
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
