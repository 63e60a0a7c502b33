package steps_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk/disktest"
)

const (
	patchLog = `C:\Windows\Temp\OBPatch.log`
	setupLog = `C:\Windows\Temp\OBInstaller0Curr.errlog`
)

// upset is what can happen to a log while it is read.
type upset struct {
	name string
	do   func(log string) error
}

var upsets = []upset{
	{"grows", func(log string) error { return appendTo(log, wide(session("4a91c3"))) }},
	{"grows by half a line", func(log string) error {
		return appendTo(log, wide("MSI (s) (C0:E4) [09:27:14:308]: Warning: Local ca"))
	}},
	{"rotates", func(log string) error {
		return errors.Join(os.Rename(log, log+".old"), os.WriteFile(log, wide("\ufeff"), 0o644))
	}},
	{"is replaced", func(log string) error {
		return errors.Join(os.WriteFile(log+".new", wide("\ufeff"+session("4a91c3")), 0o644), os.Rename(log+".new", log))
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
	{"becomes a folder", func(log string) error { return errors.Join(os.Rename(log, log+".old"), os.Mkdir(log, 0o755)) }},
	{"becomes a link", func(log string) error {
		return errors.Join(os.Rename(log, log+".old"), os.Symlink(filepath.Base(log)+".old", log))
	}},
}

// session is a failed update that names a package.
func session(id string) string {
	return "=== Verbose logging started: 3/4/2026  10:14:36  Build type: SHIP UNICODE 5.00.10011.00  Calling process: C:\\x\\Setup.exe ===\r\n" +
		`MSI (s) (C0:E4) [10:27:14:308]: Warning: Local cached package 'C:\Windows\Installer\` + id + ".msi' is missing.\r\n" +
		"MSI (s) (C0:E4) [10:27:15:308]: MainEngineThread is returning 1612\r\n=== Verbose logging stopped: 3/4/2026  10:14:40 ===\r\n"
}

// wide is text as Windows Installer writes it.
func wide(text string) (b []byte) {
	for _, u := range utf16.Encode([]rune(text)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

func appendTo(path string, content []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	return errors.Join(err, f.Close())
}

// longLog puts a megabyte of nothing in front of what OBPatch.log holds.
func longLog(t *testing.T, r *rig) {
	t.Helper()
	if _, err := r.Machine.Disk().Stat(`C:\Windows`); err != nil {
		t.Fatal(err)
	}
	log := r.host(patchLog)
	content, err := os.ReadFile(log)
	if err != nil {
		t.Fatal(err)
	}
	filler := wide(strings.Repeat("Property(S): ProductName = Microsoft Azure Recovery Services Agent\r\n", 8<<10))
	if err := os.WriteFile(log, append(append(content[:2:2], filler...), content[2:]...), 0o644); err != nil {
		t.Fatal(err)
	}
}

// silent is a computer without a registration that could be read: the log counts alone.
type silent struct{ *rig }

func (silent) Products(context.Context) ([]computer.Product, error) { return nil, computer.ErrSilent }

// reads counts how often a log is read in a walk up to the question with this verb.
func reads(t *testing.T, log, verb string) int {
	t.Helper()
	n := 0
	clock := &quickClock{now: start}
	r := newRig(t, "missing", memoryDir(t), clock.Now)
	longLog(t, r)
	before := func(op disktest.Op, path string) error {
		if op == disktest.Read && path == log {
			n++
		}
		return nil
	}
	arrive(t, r, clock, log, before).until(verb)
	if n < 3 {
		t.Fatalf("%s is read %d times", log, n)
	}
	return n
}

// arrive begins a walk with before ahead of its operations: of the set-up log those after the installer has written to it.
func arrive(t *testing.T, r *rig, clock *quickClock, log string, before disktest.Before) *engineer {
	t.Helper()
	if log == patchLog {
		r.before = before
		return engage(t, r, r.dir, clock)
	}
	e := engage(t, r, r.dir, clock)
	e.until("start")
	e.press()
	r.before = before
	return e
}

func TestALogIsUpsetWhileItIsRead(t *testing.T) {
	for _, log := range []struct{ path, verb string }{{patchLog, "start"}, {setupLog, "copy"}} {
		n := reads(t, log.path, log.verb)
		for _, u := range upsets {
			for k := 1; k <= n; k += 1 + n/6 {
				t.Run(fmt.Sprintf("%s %s/%d of %d", filepath.Base(log.path), u.name, k, n), func(t *testing.T) {
					clock := &quickClock{now: start}
					r := newRig(t, "missing", memoryDir(t), clock.Now)
					longLog(t, r)
					before := onRead(k, log.path[strings.LastIndexByte(log.path, '\\'):], func() error { return u.do(r.host(log.path)) })
					e := arrive(t, r, clock, log.path, before)
					e.until(log.verb)
					r.before = nil
					if err := os.RemoveAll(r.host(log.path) + ".old"); err != nil && u.name != "becomes a link" {
						t.Fatal(err)
					}
					if sc := e.walk.Screen(); sc.UniqueID != "7b5ea8" {
						t.Errorf("the registration decides, and the id is %q", sc.UniqueID)
					}
					restore(t, r.host(log.path))
					if code := e.run(); code != steps.CodeGood {
						t.Errorf("the walk ended with %d at step %d: %+v", code, e.walk.Screen().Step, e.walk.Screen().Problems)
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
	if err := errors.Join(os.RemoveAll(log), os.WriteFile(log, wide("\ufeff"), 0o644)); err != nil {
		t.Fatal(err)
	}
}

// Where the log counts alone, the id is one that the log names, or the walk says what is wrong with the log.
func TestTheOnlyWitnessIsUpset(t *testing.T) {
	n := reads(t, patchLog, "start")
	for _, u := range upsets {
		for k := 1; k <= n; k += 1 + n/6 {
			t.Run(fmt.Sprintf("%s/%d of %d", u.name, k, n), func(t *testing.T) {
				clock := &quickClock{now: start}
				r := newRig(t, "missing", memoryDir(t), clock.Now)
				longLog(t, r)
				r.before = onRead(k, `\OBPatch.log`, func() error { return u.do(r.host(patchLog)) })
				e := engage(t, silent{r}, r.dir, clock)
				code := e.run()
				sc := e.walk.Screen()
				if id := sc.UniqueID; id != "" && id != "7b5ea8" && id != "4a91c3" {
					t.Errorf("the id is %q, which no log has ever named", id)
				}
				for name := range cacheOf(t, r.dir) {
					if temporary(name) {
						t.Errorf("%s was left behind", name)
					}
				}
				if code == steps.CodeFailed && e.problem().Hint == "" || code == steps.CodeLeft {
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
			r, e := onRig(t, "missing")
			e.until("run")
			done := false
			e.act(r, func(op disktest.Op, path string) error {
				if !done && op == disktest.Open && strings.HasSuffix(path, ".exe") {
					done = true
					log := r.host(patchLog)
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
			if code := e.run(); code != steps.CodeGood {
				t.Errorf("the walk ended with %d: %+v", code, e.walk.Screen().Problems)
			}
		})
	}
}
