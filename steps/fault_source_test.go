package steps_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
)

// bigPackage makes the extracted package several pieces long: what is behind the last sector in use is nobody's business.
func bigPackage(t *testing.T, r *rig, e *engineer) (source string) {
	t.Helper()
	e.until("start")
	e.press()
	source = extracted(t, r)
	content, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	content = append(content, make([]byte, 3<<20)...)
	if err := os.WriteFile(source, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return source
}

// extracted is the package that the wizard has extracted, on this system.
func extracted(t *testing.T, r *rig) string {
	t.Helper()
	ps, err := r.Wizards(t.Context())
	if err != nil || len(ps) != 2 {
		t.Fatalf("wizards: %+v, %v", ps, err)
	}
	image := ps[1].Image
	return r.host(image[:strings.LastIndexByte(image, '\\')] + `\Installers\OBSAGENT.msi`)
}

// onRead does something before the k-th read of a file, once.
func onRead(k int, name string, do func() error) disktest.Before {
	n := 0
	return func(op disktest.Op, path string) error {
		if op != disktest.Read || !strings.HasSuffix(path, name) {
			return nil
		}
		if n++; n != k {
			return nil
		}
		return do()
	}
}

func TestTheSourceChangesWhileItIsRead(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(source string) error
		code   string // empty: the copy goes through, since what was opened can still be read
	}{
		"shorter": {func(s string) error { return os.Truncate(s, 2<<20) }, "source-unreadable"},
		"empty":   {func(s string) error { return os.Truncate(s, 0) }, "source-unreadable"},
		"other bytes": {func(s string) error {
			return write(s, os.O_WRONLY, []byte("changed"), 2<<20)
		}, "source-changed"},
		"other bytes already read": {func(s string) error { return write(s, os.O_WRONLY, []byte("changed"), 0) }, ""},
		"longer":                   {func(s string) error { return write(s, os.O_WRONLY, []byte("more"), 4<<20) }, ""},
		"removed":                  {os.Remove, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r, e := onRig(t, "missing")
			source := bigPackage(t, r, e)
			e.until("copy")
			was, err := os.ReadFile(source)
			if err != nil {
				t.Fatal(err)
			}
			b := deed{"missing", "copy"}.start(t, r)
			b.good = hashed(was)
			done := false
			e.act(r, onRead(2, `\OBSAGENT.msi`, func() error {
				done = true
				return tt.change(source)
			}))
			if !done {
				t.Fatal("the source is not read in several pieces")
			}
			hash, there := cacheOf(t, r.dir)[targetName]
			sc := e.walk.Screen()
			if tt.code == "" && (sc.State != screen.Done || hash != b.good) {
				t.Errorf("%v with %q: %+v", sc.State, hash, sc.Problems)
			}
			if tt.code != "" && (e.problem().Code != tt.code || there) {
				t.Errorf("the target is there: %v, and the problem %+v, want %s", there, e.problem(), tt.code)
			}
			for name := range b.news() {
				if temporary(name) {
					t.Errorf("%s was left behind", name)
				}
			}
			if tt.code == "" {
				return
			}
			if code := e.quit(); code != steps.CodeFailed {
				t.Errorf("left with %d", code)
			}
		})
	}
}

func write(path string, flags int, content []byte, at int64) error {
	f, err := os.OpenFile(path, flags, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteAt(content, at)
	return errors.Join(err, f.Close())
}

// Somebody else's file gets the target's name at any moment of the copy: it stays as it is, and the copy goes away.
func TestTheTargetAppearsMeanwhile(t *testing.T) {
	d := deed{"missing", "copy"}
	theirs := []byte("Somebody else's file.\r\n")
	for _, k := range rows(d.operations(t)) {
		r, e := onRig(t, d.scenario)
		e.until(d.verb)
		b := d.start(t, r)
		n, named := 0, false
		e.act(r, func(op disktest.Op, path string) error {
			n++
			named = named || op == disktest.Close && strings.HasSuffix(path, "OBSAGENT.msi") // after the rename
			if n != k || named {
				return nil
			}
			b.foreign = hashed(theirs)
			return os.WriteFile(r.host(`C:\Windows\Installer\7b5ea8.msi`), theirs, 0o644)
		})
		if named && n >= k && b.foreign == "" {
			continue // it came too late: the name was taken already
		}
		b.stands()
		if e.problem().Code != "target-appeared" {
			t.Fatalf("operation %d: %v, %+v", k, e.walk.Screen().State, e.problem())
		}
		if len(b.news()) != 1 {
			t.Errorf("operation %d: new are %v", k, b.news())
		}
		if code := e.quit(); code != steps.CodeFailed {
			t.Errorf("operation %d: left with %d", k, code)
		}
	}
}

// The package is another file than the one that step 9 looked at, when y is pressed.
func TestTheSourceIsAnotherFileAtTheCopy(t *testing.T) {
	for name, change := range map[string]func(string) error{
		"replaced": func(s string) error {
			content, err := os.ReadFile(s)
			return errors.Join(err, os.Rename(s, s+".old"), os.WriteFile(s, content, 0o644))
		},
		"longer": func(s string) error { return os.Truncate(s, 1<<20) },
		"folder": func(s string) error { return errors.Join(os.Remove(s), os.Mkdir(s, 0o755)) },
		"gone":   os.Remove,
		// The very same file, so that only the link tells.
		"linked": func(s string) error { return errors.Join(os.Rename(s, s+".kept"), os.Symlink("OBSAGENT.msi.kept", s)) },
		"in a linked folder": func(s string) error {
			dir := filepath.Dir(s)
			return errors.Join(os.Rename(dir, dir+".kept"), os.Symlink(filepath.Base(dir)+".kept", dir))
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, e := onRig(t, "missing")
			e.until("copy")
			b := deed{"missing", "copy"}.start(t, r)
			if err := change(extracted(t, r)); err != nil {
				t.Fatal(err)
			}
			e.act(r, nil)
			if p := e.problem(); !strings.HasPrefix(p.Code, "source-") || !strings.Contains(p.Message, "OBSAGENT.msi") {
				t.Errorf("the problem is %+v", p)
			}
			if len(b.news()) != 0 {
				t.Errorf("new are %v", b.news())
			}
			if name == "replaced" { // what the hint says helps
				if hint := e.problem().Hint; !strings.Contains(hint, "press esc, then r") {
					t.Errorf("the hint is %q", hint)
				}
				e.settle(e.walk.Handle(screen.Press{Key: "esc"}))
				e.mend()
				if code := e.run(); code != steps.CodeGood {
					t.Errorf("the walk ended with %d: %+v", code, e.walk.Screen().Problems)
				}
				return
			}
			if code := e.quit(); code != steps.CodeFailed {
				t.Errorf("left with %d", code)
			}
		})
	}
}

// Something changes the copy itself before it has its name: a virus scanner, a disk that forgets.
func TestTheCopyIsChangedBeforeItHasItsName(t *testing.T) {
	for name, tt := range map[string]struct {
		op       disktest.Op // of the copy, before which it is changed
		change   func(temp string) error
		code     string
		leftover bool // somebody else's file lies there now: it is not marsfix's to remove
	}{
		"a byte":                  {disktest.Open, func(s string) error { return write(s, os.O_WRONLY, []byte("X"), 40000) }, "copy-not-verified", false},
		"cut off":                 {disktest.Open, func(s string) error { return os.Truncate(s, 30000) }, "write-failed", false},
		"longer":                  {disktest.Open, func(s string) error { return write(s, os.O_WRONLY, []byte("X"), 60000) }, "copy-not-verified", false},
		"removed":                 {disktest.Open, os.Remove, "write-failed", false},
		"removed after the check": {disktest.Rename, os.Remove, "write-failed", false},
		"another file after the check": {disktest.Rename, func(s string) error {
			return errors.Join(os.Rename(s, s+".old"), os.WriteFile(s, []byte("theirs"), 0o644), os.Remove(s+".old"))
		}, "write-failed", true},
	} {
		t.Run(name, func(t *testing.T) {
			clock := &quickClock{now: start}
			r := newRig(t, "missing", memoryDir(t), clock.Now)
			// Every signature is good: only the bytes can tell.
			e := engage(t, judged{r, "=", onlyPackages(signed(computer.SignTrusted), nil)}, r.dir, clock)
			e.until("copy")
			b := deed{"missing", "copy"}.start(t, r)
			e.act(r, func(op disktest.Op, path string) error {
				if op == tt.op && strings.Contains(path, `\Installer\marsfix-`) {
					return tt.change(r.host(path))
				}
				return nil
			})
			if p := e.problem(); p.Code != tt.code {
				t.Errorf("the problem is %+v, want %s", p, tt.code)
			}
			b.stands()
			if news := b.news(); (len(news) == 1) != tt.leftover || len(news) > 1 {
				t.Errorf("new are %v", news)
			}
			if code := e.quit(); code != steps.CodeFailed {
				t.Errorf("left with %d", code)
			}
		})
	}
}
