package cache_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// An id that was typed out is for the package that was shown, and for no other one that comes in its stead.
func TestAnOverrideIsForOnePackage(t *testing.T) {
	answers := map[string]computer.SignState{}
	signature := func(path string) (computer.Signature, error) {
		for part, state := range answers {
			if strings.Contains(path, part) {
				return walktest.Signed(state), nil
			}
		}
		return walktest.Signed(computer.SignTrusted), nil
	}
	answers[`\Installers\`] = computer.SignNone
	e, got := atPackage(t, "missing", "=", signature)
	if got != "typed" {
		t.Fatalf("it is %s", got)
	}
	e.Settle(e.Walk.Handle(screen.Answer{Text: "7b5ea8"}))
	sources, err := filepath.Glob(filepath.Join(e.Disk, "C", "*", "Installers", "OBSAGENT.msi"))
	if err != nil || len(sources) != 1 {
		t.Fatalf("sources: %q, %v", sources, err)
	}
	if sc := e.Walk.Screen(); sc.State != screen.Done {
		t.Fatalf("typed, step 9 is %v", sc.State)
	}
	if err := walktest.WriteAt(sources[0], os.O_WRONLY, []byte("another"), 1<<20); err != nil {
		t.Fatal(err)
	}
	e.Mend()
	if sc := e.Walk.Screen(); sc.State != screen.Asking || sc.Question.Kind != screen.Type {
		t.Errorf("of another package step 9 is %v", sc.State)
	}
	// The other one is trusted, its copy is not.
	answers[`\Installers\`], answers[`\Installer\marsfix-`] = computer.SignTrusted, computer.SignNone
	before := walktest.CacheOf(t, e.Disk)
	e.Types = false
	e.Settle(e.Walk.Handle(screen.Press{Key: "esc"}))
	e.Until("copy")
	e.Press()
	if p := e.Problem(); p.Code != "copy-not-verified" {
		t.Errorf("the problem is %+v", p)
	}
	walktest.Same(t, before, walktest.CacheOf(t, e.Disk))
}

// What may be set aside is the file that was shown: another one that has come in its stead is shown first, and asked
// about anew.
func TestSettingAsideIsForOneFile(t *testing.T) {
	d := walktest.Deed{Scenario: "bad-target", Verb: "set aside"}
	r, e := walktest.OnRig(t, d.Scenario)
	e.Until(d.Verb)
	target := r.Host(`C:\Windows\Installer\` + walktest.TargetName)
	if err := errors.Join(os.Rename(target, target+".theirs"),
		os.WriteFile(target, []byte("another one"), 0o644)); err != nil {
		t.Fatal(err)
	}
	before := walktest.CacheOf(t, r.Dir)
	e.Act(r, nil)
	walktest.Same(t, before, walktest.CacheOf(t, r.Dir))
	if q := e.Walk.Screen().Question; q == nil || q.Verb != d.Verb {
		t.Errorf("asked is %+v", q)
	}
	if code := e.Run(); code != steps.CodeGood {
		t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
	}
}
