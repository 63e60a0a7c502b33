package walk_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/walk/walktest"
)

// looksOfDisk are the questions to a disk and to files opened on it.
var looksOfDisk = []disktest.Op{disktest.Open, disktest.OpenStrict, disktest.Stat, disktest.List, disktest.Owner,
	disktest.Free,
	disktest.Drives, disktest.Removable, disktest.OpenPrivate, disktest.Guarded, disktest.Read, disktest.Info}

// needlessLooks are those without which an act is done all the same, and why they decide nothing.
var needlessLooks = map[disktest.Op]string{
	disktest.Owner:   "a wrong owner of the cache folder is told and stops nothing, and that of a log is only shown",
	disktest.Guarded: "who may write to the cache folder is told and stops nothing, and a junction of which that is not known is not followed",
	disktest.Free:    "a disk that is full says so when it is written to",
	disktest.List:    "leftovers are named for the engineer, who has them removed or not",
}

// madeUp is what marsfix makes up for a name.
var madeUp = regexp.MustCompile(`[0-9a-f]{16}`)

// oneLook is a question to the disk about one path.
type oneLook struct {
	op   disktest.Op
	path string
	last int // 0: it fails for good; else only when it is asked for this time, the last
}

func lookOf(op disktest.Op, path string) oneLook {
	return oneLook{op: op, path: madeUp.ReplaceAllString(path, "*")}
}

// No act goes on where the disk does not answer a question that it asks, about any path: nothing is changed, and the
// problem says what could not be looked at, and why.
func TestWhatTheDiskCouldNotTellStopsEveryAct(t *testing.T) {
	for _, row := range actRows {
		for _, l := range row.looksAtDisk(t) {
			walktest.Row(t, fmt.Sprintf("%s/%s %s, %d", row.name, l.op, l.path, l.last),
				func(t *testing.T) { row.withoutLook(t, l) })
		}
	}
}

// looksAtDisk are the questions that an act asks the disk, the journal's own aside.
func (row actRow) looksAtDisk(t *testing.T) (looks []oneLook) {
	en := row.ready(t)
	times := map[oneLook]int{}
	en.Before = func(op disktest.Op, path string) error {
		l := lookOf(op, path)
		if !slices.Contains(looksOfDisk, op) || strings.HasSuffix(path, `\journal.jsonl`) {
			return nil
		}
		if times[l]++; times[l] == 1 {
			looks = append(looks, l)
		}
		return nil
	}
	if p := en.act(); p != nil {
		t.Fatalf("%s, undisturbed: %+v", row.name, *p)
	}
	if len(looks) == 0 {
		t.Fatalf("%s asks the disk nothing", row.name)
	}
	for _, l := range looks {
		if n := times[l]; n > 1 {
			looks = append(looks, oneLook{l.op, l.path, n})
		}
	}
	return looks
}

func (row actRow) withoutLook(t *testing.T, l oneLook) {
	en := row.ready(t)
	before := elsewhere(t, en.Dir)
	n := 0
	en.Before = func(op disktest.Op, path string) error {
		if asked := lookOf(op, path); asked.op != l.op || asked.path != l.path {
			return nil
		}
		if n++; n < l.last {
			return nil
		}
		return disktest.Fail(walktest.ErrAsked)(op, path)
	}
	p := en.act()
	en.Before = nil
	now := elsewhere(t, en.Dir)
	for name := range before {
		if _, is := now[name]; !is && strings.Contains(filepath.ToSlash(name), "/marsfix/run-") {
			delete(before, name)
		}
	}
	_, needless := needlessLooks[l.op]
	if l.op == disktest.OpenPrivate && strings.Contains(l.path, `\run-`) {
		needless = true // that what an earlier start left could not be looked at is told, and stops no start
	}
	switch swept := row.looks && len(now) == len(before)-1; {
	case n == 0:
		t.Error("nothing failed")
	case p == nil && !needless:
		t.Error("it was done")
	case p != nil && (!strings.Contains(p.Message, walktest.ErrAsked.Error()) || p.Hint == ""):
		t.Errorf("the problem does not tell why: %+v", *p)
	case p != nil && !swept:
		walktest.Same(t, before, now)
	}
	if code := en.heal(); code != steps.CodeGood {
		t.Errorf("once the disk answers again it ends with %d", code)
	}
}

// Every question of a disk is in the table: the operations that change nothing, but for closing.
func TestTheTableOfLooksIsWhole(t *testing.T) {
	for _, op := range disktest.Ops() {
		if has := slices.Contains(looksOfDisk, op); has == (op.Changes() || op == disktest.Close) {
			t.Errorf("%s: in the table: %v", op, has)
		}
	}
}
