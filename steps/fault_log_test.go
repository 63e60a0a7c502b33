package steps_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/walk/walktest"
)

// upset is what can happen to a log while it is read.
type upset struct {
	name string
	do   func(log string) error
}

var upsets = []upset{
	{"grows", func(log string) error { return walktest.AppendTo(log, walktest.Wide(session("4a91c3"))) }},
	{"grows by half a line", func(log string) error {
		return walktest.AppendTo(log, walktest.Wide("MSI (s) (C0:E4) [09:27:14:308]: Warning: Local ca"))
	}},
	{"rotates", func(log string) error {
		return errors.Join(os.Rename(log, log+".old"), os.WriteFile(log, walktest.Wide("\ufeff"), 0o644))
	}},
	{"is replaced", func(log string) error {
		return errors.Join(os.WriteFile(log+".new", walktest.Wide("\ufeff"+session("4a91c3")), 0o644),
			replace(log+".new", log))
	}},
	{"is emptied", func(log string) error { return os.Truncate(log, 0) }},
	{"is cut in half", func(log string) error {
		in, err := os.Stat(log)
		if err != nil {
			return err
		}
		return os.Truncate(log, in.Size()/4*2)
	}},
	{"goes away", os.Remove},
	{"becomes a folder", func(log string) error {
		return errors.Join(os.Rename(log, log+".old"),
			os.Mkdir(log, 0o755))
	}},
	{"becomes a link", func(log string) error {
		return errors.Join(os.Rename(log, log+".old"), os.Symlink(filepath.Base(log)+".old", log))
	}},
}

// replace gives a file the name of another one, which goes. Windows lets nobody do that while that one is open: there
// it is moved away first.
func replace(path, name string) error {
	if runtime.GOOS == "windows" {
		return errors.Join(os.Rename(name, name+".old"), os.Rename(path, name))
	}
	return os.Rename(path, name)
}

// needs skips the test where this system cannot do that to a log.
func (u upset) needs(t *testing.T) {
	t.Helper()
	if u.name == "becomes a link" {
		disktest.NeedLinks(t)
	}
}

// session is a failed update that names a package.
func session(id string) string {
	return "=== Verbose logging started: 3/4/2026  10:14:36  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\x\\Setup.exe ===\r\n" +
		`MSI (s) (C0:E4) [10:27:14:308]: Warning: Local cached package 'C:\Windows\Installer\` + id +
		".msi' is missing.\r\n" +
		"MSI (s) (C0:E4) [10:27:15:308]: MainEngineThread is returning 1612\r\n=== Verbose logging stopped: 3/4/2026  10:14:40 ===\r\n"
}

// longLog puts a megabyte of nothing in front of what OBPatch.log holds.
func longLog(t *testing.T, r *walktest.Rig) {
	t.Helper()
	if _, err := r.Machine.Disk().Stat(`C:\Windows`); err != nil {
		t.Fatal(err)
	}
	log := r.Host(walktest.PatchLog)
	content, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	filler := walktest.Wide(strings.Repeat("Property(S): ProductName = Microsoft Azure Recovery Services Agent\r\n",
		8<<10))
	if err := os.WriteFile(log, append(append(content[:2:2], filler...), content[2:]...), 0o644); err != nil {
		t.Fatal(err)
	}
}

// silent is a computer without a registration that could be read: the log counts alone.
type silent struct{ *walktest.Rig }

func (silent) Products(context.Context) ([]computer.Product, error) { return nil, computer.ErrSilent }

// reads counts how often a log is read in a walk up to the question with this verb.
func reads(t *testing.T, log, verb string) int {
	t.Helper()
	n := 0
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	longLog(t, r)
	before := func(op disktest.Op, path string) error {
		if op == disktest.Read && path == log {
			n++
		}
		return nil
	}
	arrive(t, r, clock, log, before).Until(verb)
	if n < 3 {
		t.Fatalf("%s is read %d times", log, n)
	}
	return n
}

// arrive begins a walk with before ahead of its operations: of the set-up log those after the installer has written to
// it.
func arrive(t *testing.T, r *walktest.Rig, clock *walktest.QuickClock, log string,
	before disktest.Before) *walktest.Engineer {
	t.Helper()
	if log == walktest.PatchLog {
		r.Before = before
		return walktest.Engage(t, r, r.Dir, clock)
	}
	e := walktest.Engage(t, r, r.Dir, clock)
	e.Until("start")
	e.Press()
	r.Before = before
	return e
}

// upsetReads is at how many of the reads of a log something happens to it: the first, some in the middle, one near the
// end.
func upsetReads() int {
	if walktest.Everything() {
		return 6
	}
	return 3
}

func TestALogIsUpsetWhileItIsRead(t *testing.T) {
	for _, log := range []struct{ path, verb string }{{walktest.PatchLog, "start"}, {walktest.SetupLog, "copy"}} {
		n := reads(t, log.path, log.verb)
		for _, u := range upsets {
			for k := 1; k <= n; k += 1 + n/upsetReads() {
				walktest.Row(t, fmt.Sprintf("%s %s/%d of %d", filepath.Base(log.path), u.name, k, n),
					func(t *testing.T) {
						u.needs(t)
						clock := &walktest.QuickClock{At: walktest.Began}
						r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
						longLog(t, r)
						before := walktest.OnRead(k, log.path[strings.LastIndexByte(log.path, '\\'):],
							func() error { return u.do(r.Host(log.path)) })
						e := arrive(t, r, clock, log.path, before)
						e.Until(log.verb)
						r.Before = nil
						if err := os.RemoveAll(r.Host(log.path) + ".old"); err != nil && u.name != "becomes a link" {
							t.Fatal(err)
						}
						if sc := e.Walk.Screen(); sc.UniqueID != "7b5ea8" {
							t.Errorf("the registration decides, and the id is %q", sc.UniqueID)
						}
						restore(t, r.Host(log.path))
						if code := e.Run(); code != steps.CodeGood {
							t.Errorf("the walk ended with %d at step %d: %+v", code, e.Walk.Screen().Step,
								e.Walk.Screen().Problems)
						}
					})
			}
		}
	}
}

// restore makes room for a log where a folder or nothing is, as the next installer would.
func restore(t *testing.T, log string) {
	t.Helper()
	if in, err := os.Stat(log); err == nil && !in.IsDir() {
		return
	}
	if err := errors.Join(os.RemoveAll(log), os.WriteFile(log, walktest.Wide("\ufeff"), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// Where the log counts alone, the id is one that the log names, or the walk says what is wrong with the log.
func TestTheOnlyWitnessIsUpset(t *testing.T) {
	n := reads(t, walktest.PatchLog, "start")
	for _, u := range upsets {
		for k := 1; k <= n; k += 1 + n/upsetReads() {
			walktest.Row(t, fmt.Sprintf("%s/%d of %d", u.name, k, n), func(t *testing.T) {
				u.needs(t)
				clock := &walktest.QuickClock{At: walktest.Began}
				r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
				longLog(t, r)
				r.Before = walktest.OnRead(k, `\OBPatch.log`, func() error { return u.do(r.Host(walktest.PatchLog)) })
				e := walktest.Engage(t, silent{r}, r.Dir, clock)
				code := e.Run()
				sc := e.Walk.Screen()
				if id := sc.UniqueID; id != "" && id != "7b5ea8" && id != "4a91c3" {
					t.Errorf("the id is %q, which no log has ever named", id)
				}
				for name := range walktest.CacheOf(t, r.Dir) {
					if walktest.Temporary(name) {
						t.Errorf("%s was left behind", name)
					}
				}
				if code == steps.CodeFailed && e.Problem().Hint == "" || code == steps.CodeLeft {
					t.Errorf("code %d at step %d without a word: %+v", code, sc.Step, sc.Problems)
				}
			})
		}
	}
}

// The log is turned over between the note of its length and the upgrade: what the upgrade writes is found all the same.
func TestTheLogRotatesBeforeTheUpgrade(t *testing.T) {
	for _, u := range upsets {
		if u.name == "grows" || u.name == "is replaced" {
			continue // then another failed update stands there, and counts
		}
		t.Run(u.name, func(t *testing.T) {
			u.needs(t)
			r, e := walktest.OnRig(t, "missing")
			e.Until("run")
			done := false
			e.Act(r, func(op disktest.Op, path string) error {
				if !done && op == disktest.Open && strings.HasSuffix(path, ".exe") {
					done = true
					log := r.Host(walktest.PatchLog)
					if err := u.do(log); err != nil {
						return err
					}
					restore(t, log)
				}
				return nil
			})
			if !done {
				t.Fatal("the installer is not opened after the length was noted")
			}
			if code := e.Run(); code != steps.CodeGood {
				t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
			}
		})
	}
}
