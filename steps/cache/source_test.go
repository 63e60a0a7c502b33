package cache_test

import (
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
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// eachKind runs a test with a package and with a patch.
func eachKind(t *testing.T, name string, test func(t *testing.T, scenario string)) {
	t.Helper()
	for kind, scenario := range map[string]string{"package": "missing", "patch": "patch-missing"} {
		t.Run(name+"/"+kind, func(t *testing.T) { test(t, scenario) })
	}
}

// bigPackage makes the extracted package several pieces long: what is behind the last sector in use is nobody's
// business.
func bigPackage(t *testing.T, r *walktest.Rig, e *walktest.Engineer) (source string) {
	t.Helper()
	e.Until("start")
	e.Press()
	source = walktest.Extracted(t, r)
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

func TestTheSourceChangesWhileItIsRead(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(source string) error
		code   screen.Code // empty: the copy goes through, since what was opened can still be read
	}{
		"shorter": {func(s string) error { return os.Truncate(s, 2<<20) }, "source-unreadable"},
		"empty":   {func(s string) error { return os.Truncate(s, 0) }, "source-unreadable"},
		"other bytes": {func(s string) error {
			return walktest.WriteAt(s, os.O_WRONLY, []byte("changed"), 2<<20)
		}, "source-changed"},
		"other bytes already read": {func(s string) error {
			return walktest.WriteAt(s, os.O_WRONLY,
				[]byte("changed"), 0)
		}, ""},
		"longer": {func(s string) error {
			return walktest.WriteAt(s, os.O_WRONLY, []byte("more"),
				4<<20)
		}, ""},
		"removed": {os.Remove, ""},
	} {
		eachKind(t, name, func(t *testing.T, scenario string) {
			r, e := walktest.OnRig(t, scenario)
			source := bigPackage(t, r, e)
			e.Until("copy")
			was, err := os.ReadFile(source)
			if err != nil {
				t.Fatal(err)
			}
			b := start(walktest.Deed{Scenario: scenario, Verb: "copy"}, t, r)
			b.good = walktest.Hashed(was)
			done := false
			e.Act(r, walktest.OnRead(2, `\`+r.Source(), func() error {
				done = true
				err := tt.change(source)
				if runtime.GOOS == "windows" { // where it is held against that
					if err == nil {
						t.Error("it could be changed while it was read")
					}
					tt.code, err = "", nil
				}
				return err
			}))
			if !done {
				t.Fatal("the source is not read in several pieces")
			}
			hash, there := walktest.CacheOf(t, r.Dir)[b.target]
			sc := e.Walk.Screen()
			if tt.code == "" && (sc.State != screen.Done || hash != b.good) {
				t.Errorf("%v with %q: %+v", sc.State, hash, sc.Problems)
			}
			if tt.code != "" && (e.Problem().Code != tt.code || there) {
				t.Errorf("the target is there: %v, and the problem %+v, want %s", there, e.Problem(), tt.code)
			}
			for name := range b.news() {
				if walktest.Temporary(name) {
					t.Errorf("%s was left behind", name)
				}
			}
			if tt.code == "" {
				return
			}
			if code := e.Quit(); code != steps.CodeFailed {
				t.Errorf("left with %d", code)
			}
		})
	}
}

// Somebody else's file gets the target's name at any moment of the copy: it stays as it is, and the copy goes away.
func TestTheTargetAppearsMeanwhile(t *testing.T) {
	eachKind(t, "at any moment", func(t *testing.T, scenario string) {
		targetAppears(t,
			walktest.Deed{Scenario: scenario, Verb: "copy"})
	})
}

func targetAppears(t *testing.T, d walktest.Deed) {
	calls := d.Operations(t)
	for _, k := range walktest.SampleOf(calls) {
		walktest.Row(t, fmt.Sprintf("%d %s", k, calls[k-1].Op), func(t *testing.T) { targetAppearsAt(t, d, k) })
	}
}

func targetAppearsAt(t *testing.T, d walktest.Deed, k int) {
	theirs := []byte("Somebody else's file.\r\n")
	r, e := walktest.OnRig(t, d.Scenario)
	e.Until(d.Verb)
	b := start(d, t, r)
	n, named := 0, false
	e.Act(r, func(op disktest.Op, path string) error {
		n++
		named = named || op == disktest.Close && strings.HasSuffix(path, r.Source()) // after the rename
		if n != k || named {
			return nil
		}
		b.foreign = walktest.Hashed(theirs)
		return os.WriteFile(r.Host(`C:\Windows\Installer\`+b.target), theirs, 0o644)
	})
	if named && n >= k && b.foreign == "" {
		return // it came too late: the name was taken already
	}
	b.stands()
	if e.Problem().Code != "target-appeared" {
		t.Fatalf("%v, %+v", e.Walk.Screen().State, e.Problem())
	}
	if len(b.news()) != 1 {
		t.Errorf("new are %v", b.news())
	}
	if code := e.Quit(); code != steps.CodeFailed {
		t.Errorf("left with %d", code)
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
		"linked": func(s string) error {
			return errors.Join(os.Rename(s, s+".kept"), disktest.Link(filepath.Base(s)+".kept", s))
		},
		"in a linked folder": func(s string) error {
			dir := filepath.Dir(s)
			return errors.Join(os.Rename(dir, dir+".kept"), disktest.Link(filepath.Base(dir)+".kept", dir))
		},
	} {
		eachKind(t, name, func(t *testing.T, scenario string) {
			r, e := walktest.OnRig(t, scenario)
			e.Until("copy")
			b := start(walktest.Deed{Scenario: scenario, Verb: "copy"}, t, r)
			disktest.Planted(t, change(walktest.Extracted(t, r)))
			e.Act(r, nil)
			if p := e.Problem(); !strings.HasPrefix(string(p.Code), "source-") ||
				!strings.Contains(p.Message, r.Source()) {
				t.Errorf("the problem is %+v", p)
			}
			if len(b.news()) != 0 {
				t.Errorf("new are %v", b.news())
			}
			if name == "replaced" { // what the hint says helps
				if hint := e.Problem().Hint; !strings.Contains(hint, "press s to go back to step 9") {
					t.Errorf("the hint is %q", hint)
				}
				e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
				if sc := e.Walk.Screen(); sc.Step != 9 {
					t.Errorf("s leads to step %d", sc.Step)
				}
				if code := e.Run(); code != steps.CodeGood {
					t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
				}
				return
			}
			if code := e.Quit(); code != steps.CodeFailed {
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
		"a byte": {disktest.Open,
			func(s string) error { return walktest.WriteAt(s, os.O_WRONLY, []byte("X"), 1000) },
			"copy-not-verified", false},
		"cut off": {disktest.Open, func(s string) error { return os.Truncate(s, 1500) },
			"write-failed", false},
		"longer": {disktest.Open,
			func(s string) error { return walktest.WriteAt(s, os.O_WRONLY, []byte("X"), 60000) },
			"copy-not-verified", false},
		"removed":                 {disktest.Open, os.Remove, "write-failed", false},
		"removed after the check": {disktest.Rename, os.Remove, "write-failed", false},
		"another file after the check": {disktest.Rename, func(s string) error {
			return errors.Join(os.Rename(s, s+".old"), os.WriteFile(s, []byte("theirs"), 0o644), os.Remove(s+".old"))
		}, "write-failed", true},
	} {
		eachKind(t, name, func(t *testing.T, scenario string) {
			clock := &walktest.QuickClock{At: walktest.Began}
			r := walktest.NewRig(t, scenario, walktest.MemoryDir(t), clock.Now)
			// Every signature is good: only the bytes can tell.
			e := walktest.Engage(t, walktest.Judged{Rig: r, Code: "=",
				Signs: walktest.OnlyPackages(walktest.Signed(computer.SignTrusted), nil)}, r.Dir, clock)
			e.Until("copy")
			b := start(walktest.Deed{Scenario: scenario, Verb: "copy"}, t, r)
			e.Act(r, func(op disktest.Op, path string) error {
				if op == tt.op && strings.Contains(path, `\Installer\marsfix-`) {
					return tt.change(r.Host(path))
				}
				return nil
			})
			if p := e.Problem(); p.Code != screen.Code(tt.code) {
				t.Errorf("the problem is %+v, want %s", p, tt.code)
			}
			b.stands()
			if news := b.news(); (len(news) == 1) != tt.leftover || len(news) > 1 {
				t.Errorf("new are %v", news)
			}
			if code := e.Quit(); code != steps.CodeFailed {
				t.Errorf("left with %d", code)
			}
		})
	}
}
