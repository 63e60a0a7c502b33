package selfcheck_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/offline"
	"marsfix/steps/selfcheck"
)

// ask asks a computer everything; own reports whether something may be written.
func ask(t *testing.T, l computer.Looker, own disk.Writer, limit time.Duration) []selfcheck.Check {
	t.Helper()
	a, err := l.About(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return selfcheck.Ask(t.Context(), l, selfcheck.Options{About: a, Own: own, Limit: limit})
}

// named are the names of the checks that are neither ok nor, with unasked, only not asked.
func named(checks []selfcheck.Check, want func(selfcheck.Check) bool) (names []string) {
	for _, c := range checks {
		if want(c) {
			names = append(names, c.Name)
		}
	}
	return names
}

func failed(c selfcheck.Check) bool { return c.Failed() }

func unasked(c selfcheck.Check) bool { return !c.Looked }

const patience = time.Minute // no test waits for it

// On a computer that answers, all is ok, and nothing is left behind.
func TestAComputerThatAnswers(t *testing.T) {
	f, dir := newFails(t, "", nil, nil)
	checks := ask(t, f, f.hooked, patience)
	if len(checks) != 8 {
		t.Errorf("%d checks", len(checks))
	}
	for _, c := range checks {
		if !c.OK || !c.Looked || c.Why != "" || c.Means != "" {
			t.Errorf("%+v", c)
		}
	}
	own := filepath.Join(dir, "C", "Program Files", "marsfix")
	if left, err := os.ReadDir(own); err != nil || len(left) != 0 {
		t.Errorf("left in marsfix's folder: %v, %v", left, err)
	}
}

// Each question that fails is told by its own check alone, with why and with what it will mean.
func TestEachQuestionFailsAlone(t *testing.T) {
	for method, want := range map[string]string{"Wizards": "processes", "Busy": "busy", "Services": "services",
		"Signature":   "signature",
		"FileVersion": "file-version", "Products": "products"} {
		t.Run(method, func(t *testing.T) {
			f, _ := newFails(t, method, func(context.Context) error { return errAsked }, nil)
			checks := ask(t, f, f.hooked, patience)
			if got := named(checks, failed); !slices.Equal(got, []string{want}) {
				t.Fatalf("failed: %v", got)
			}
			c := checks[slices.IndexFunc(checks, failed)]
			if !strings.Contains(c.Why, errAsked.Error()) || !strings.Contains(c.Means, "step") {
				t.Errorf("%+v", c)
			}
			if got := named(checks, unasked); method != "Products" && got != nil {
				t.Errorf("not asked: %v", got)
			}
		})
	}
}

// Where the disk refuses, the checks that rest on it fail, and a file that was made is not forgotten.
func TestTheDiskRefuses(t *testing.T) {
	own := `C:\Program Files\marsfix`
	for _, c := range []struct {
		op    disktest.Op
		path  string
		wants []string
	}{
		{disktest.MakePrivate, own, []string{"own-folder"}},
		{disktest.Create, own + `\try.tmp`, []string{"own-folder"}},
		{disktest.Remove, own + `\try.tmp`, []string{"own-folder"}},
		{disktest.Open, `C:\Windows\System32\drivers\volmgr.sys`, []string{"signature", "file-version"}},
		{disktest.Read, `C:\Windows\Installer\*.msi`, []string{"package-code"}},
	} {
		t.Run(string(c.op)+" "+c.path, func(t *testing.T) {
			f, dir := newFails(t, "", nil, func(op disktest.Op, path string) error {
				if op == c.op && (path == c.path || strings.HasSuffix(c.path, `*.msi`) &&
					strings.HasPrefix(path, `C:\Windows\Installer\`)) {
					return disktest.Fail(errAsked)(op, path)
				}
				return nil
			})
			checks := ask(t, f, f.hooked, patience)
			if got := named(checks, failed); !slices.Equal(got, c.wants) {
				t.Errorf("failed: %v, want %v: %+v", got, c.wants, checks)
			}
			for _, check := range checks {
				if check.Failed() && (!strings.Contains(check.Why, errAsked.Error()) ||
					!strings.Contains(check.Why, `"C:\`)) {
					t.Errorf("%+v", check)
				}
			}
			_, err := os.Stat(filepath.Join(dir, "C", "Program Files", "marsfix", "try.tmp"))
			if left := err == nil; left != (c.op == disktest.Remove) {
				t.Errorf("the file is left behind: %v", left)
			}
		})
	}
}

// A file that an earlier try has left, because the power went, is taken away by the next.
func TestWhatATryHasLeftGoes(t *testing.T) {
	f, dir := newFails(t, "", nil, nil)
	held, err := f.hooked.MakePrivate(`C:\Program Files\marsfix`)
	if err != nil {
		t.Fatal(err)
	}
	left, err := held.Create("try.tmp")
	if err != nil {
		t.Fatal(err)
	}
	if err := left.Close(); err != nil {
		t.Fatal(err)
	}
	held.Close()
	if got := named(ask(t, f, f.hooked, patience), failed); got != nil {
		t.Errorf("failed: %v", got)
	}
	if _, err := os.Stat(filepath.Join(dir, "C", "Program Files", "marsfix", "try.tmp")); !errors.Is(err,
		fs.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
}

// A question without an end is told as having none yet, and what was to be asked after it as not asked: neither has
// failed.
func TestAQuestionWithoutAnEnd(t *testing.T) {
	forgotten := make(chan struct{})
	f, _ := newFails(t, "Products", func(ctx context.Context) error {
		<-ctx.Done()
		<-forgotten // it does not even notice that nobody waits any more
		return ctx.Err()
	}, nil)
	defer close(forgotten)
	checks := ask(t, f, f.hooked, time.Second)
	if got := named(checks, failed); got != nil {
		t.Errorf("failed: %v", got)
	}
	if got := named(checks, unasked); !slices.Equal(got, []string{"products", "package-code"}) {
		t.Fatalf("not asked: %v", got)
	}
	if late := checks[6].Why; late != "no answer within 1 second" ||
		checks[7].Why != "an earlier check has not finished" {
		t.Errorf("%q, %q", late, checks[7].Why)
	}
}

// Who only looks writes nothing: of marsfix's own folder the rights are looked at.
func TestLookingWritesNothing(t *testing.T) {
	f, dir := newFails(t, "", nil, func(op disktest.Op, path string) error {
		if op.Changes() {
			t.Errorf("%s \"%s\"", op, path)
		}
		return nil
	})
	check := func(why string, fails bool) {
		t.Helper()
		c := ask(t, f, nil, patience)[5]
		if c.Name != "own-folder" || c.OK || c.Failed() != fails || !strings.Contains(c.Why, why) {
			t.Errorf("%+v, want %s", c, why)
		}
	}
	check("does not exist yet", false)
	own, err := f.Machine.Writer().MakePrivate(`C:\Program Files\marsfix`)
	if err != nil {
		t.Fatal(err)
	}
	own.Close()
	check("owner and rights are right", false)
	at := filepath.Join(dir, "C", "Program Files", "marsfix")
	if err := errors.Join(os.Remove(at), os.WriteFile(at, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	check("it is not a folder", true)
}

// A folder is not a computer: nobody could ask it anything.
func TestAFolderIsAskedNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "Windows"), 0o755); err != nil {
		t.Fatal(err)
	}
	m, err := offline.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range ask(t, m, nil, patience) {
		if c.OK || c.Looked || c.Why != "this is a folder, not a computer" || c.Means != "" {
			t.Errorf("%+v", c)
		}
	}
}

// A panic in a question is the asker's, who can restore a screen.
func TestAPanicComesBack(t *testing.T) {
	f, _ := newFails(t, "Busy", func(context.Context) error { panic("defect in a question") }, nil)
	defer func() {
		if p, _ := recover().(string); !strings.Contains(p, "defect in a question") {
			t.Errorf("recovered %q", p)
		}
	}()
	ask(t, f, f.hooked, patience)
	t.Error("nothing came back")
}
