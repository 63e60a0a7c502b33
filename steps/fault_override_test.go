package steps_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

// An id that was typed out is for the package that was shown, and for no other one that comes in its stead.
func TestAnOverrideIsForOnePackage(t *testing.T) {
	answers := map[string]computer.SignState{}
	signature := func(path string) (computer.Signature, error) {
		for part, state := range answers {
			if strings.Contains(path, part) {
				return signed(state), nil
			}
		}
		return signed(computer.SignTrusted), nil
	}
	answers[`\Installers\`] = computer.SignNone
	e, got := atPackage(t, "=", signature)
	if got != "typed" {
		t.Fatalf("it is %s", got)
	}
	e.settle(e.walk.Handle(screen.Answer{Text: "7b5ea8"}))
	sources, err := filepath.Glob(filepath.Join(e.disk, "C", "*", "Installers", "OBSAGENT.msi"))
	if err != nil || len(sources) != 1 {
		t.Fatalf("sources: %q, %v", sources, err)
	}
	if sc := e.walk.Screen(); sc.State != screen.Done {
		t.Fatalf("typed, step 9 is %v", sc.State)
	}
	if err := write(sources[0], os.O_WRONLY, []byte("another"), 1<<20); err != nil {
		t.Fatal(err)
	}
	e.mend()
	if sc := e.walk.Screen(); sc.State != screen.Asking || sc.Question.Kind != screen.Type {
		t.Errorf("of another package step 9 is %v", sc.State)
	}
	// The other one is trusted, its copy is not.
	answers[`\Installers\`], answers[`\Installer\marsfix-`] = computer.SignTrusted, computer.SignNone
	before := cacheOf(t, e.disk)
	e.types = false
	e.settle(e.walk.Handle(screen.Press{Key: "esc"}))
	e.until("copy")
	e.press()
	if p := e.problem(); p.Code != "copy-not-verified" {
		t.Errorf("the problem is %+v", p)
	}
	same(t, before, cacheOf(t, e.disk))
}

// What may be set aside is the file that was shown: another one that has come in its stead is shown first, and asked about anew.
func TestSettingAsideIsForOneFile(t *testing.T) {
	d := deed{"bad-target", "set aside"}
	r, e := onRig(t, d.scenario)
	e.until(d.verb)
	target := r.host(`C:\Windows\Installer\` + targetName)
	if err := errors.Join(os.Rename(target, target+".theirs"), os.WriteFile(target, []byte("another one"), 0o644)); err != nil {
		t.Fatal(err)
	}
	before := cacheOf(t, r.dir)
	e.act(r, nil)
	same(t, before, cacheOf(t, r.dir))
	if q := e.walk.Screen().Question; q == nil || q.Verb != d.verb {
		t.Errorf("asked is %+v", q)
	}
	if code := e.run(); code != steps.CodeGood {
		t.Errorf("the walk ended with %d: %+v", code, e.walk.Screen().Problems)
	}
}
