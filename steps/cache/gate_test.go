package cache_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// The rows of the gate: what each result of a check lets happen to a package whose code is the registered one.
var gates = []struct {
	state computer.SignState
	name  string
	want  string // "done", "typed" or "refused"
}{
	{computer.SignTrusted, "trusted", "done"},
	{computer.SignTrustedOff, "trusted, revocation not checked", "done"},
	{computer.SignUnchecked, "not checked", "typed"},
	{computer.SignOther, "another signer", "typed"},
	{computer.SignNone, "unsigned", "typed"},
	{computer.SignUntrusted, "no trusted chain", "typed"},
	{computer.SignExpired, "expired", "typed"},
	{computer.SignBroken, "bad digest", "refused"},
	{computer.SignRevoked, "revoked", "refused"},
	{computer.SignDistrusted, "distrusted", "refused"},
}

// atPackage walks to step 9 and tells how it stands.
func atPackage(t *testing.T, scenario, code string, signature func(string) (computer.Signature,
	error)) (*walktest.Engineer, string) {
	t.Helper()
	clock := &walktest.QuickClock{At: walktest.Began}
	r := walktest.NewRig(t, scenario, walktest.MemoryDir(t), clock.Now)
	e := walktest.Engage(t, walktest.Judged{Rig: r, Code: code, Signs: signature}, r.Dir, clock)
	for e.Walk.Screen().Step < 9 && e.Press() {
		continue
	}
	sc := e.Walk.Screen()
	switch {
	case sc.Step == 9 && sc.State == screen.Done:
		return e, "done"
	case sc.Step == 9 && sc.State == screen.Asking && sc.Question.Kind == screen.Type && sc.Question.Want == "7b5ea8":
		return e, "typed"
	case sc.Step == 9 && sc.State == screen.Failed:
		return e, "refused"
	}
	t.Fatalf("step %d is %v: %+v %+v", sc.Step, sc.State, sc.Problems, sc.Question)
	return nil, ""
}

func TestGateOfThePackage(t *testing.T) {
	if len(gates) != int(computer.SignDistrusted)+1 {
		t.Fatalf("%d rows for %d results of a check", len(gates), computer.SignDistrusted+1)
	}
	for _, g := range gates {
		for _, code := range []string{"=", "{00000000-0000-0000-0000-000000000001}", ""} {
			t.Run(fmt.Sprintf("%s, registered %q", g.name, code), func(t *testing.T) {
				want := g.want
				switch {
				case code == "" && want == "done":
					want = "typed" // nobody can tell whether it will be accepted
				case code != "=" && code != "":
					want = "refused" // it will be ignored, whoever signed it
				}
				e, got := atPackage(t, "missing", code, walktest.OnlyPackages(walktest.Signed(g.state), nil))
				if got != want {
					t.Fatalf("it was %s, want %s: %+v", got, want, e.Problem())
				}
				wantGate(e, want)
			})
		}
	}
	t.Run("the check fails", func(t *testing.T) {
		e, got := atPackage(t, "missing", "=", walktest.OnlyPackages(computer.Signature{},
			errors.New("no cryptography here")))
		if got != "typed" {
			t.Fatalf("it was %s", got)
		}
		wantGate(e, "typed")
	})
}

// wantGate goes on from step 9 and looks at the cache: a refused package is never copied, one that wants typing only
// once the id was typed.
func wantGate(e *walktest.Engineer, want string) {
	e.T.Helper()
	if p := e.Problem(); want != "done" && (p.Code == "" || p.Hint == "" || p.Message == "") {
		e.T.Errorf("nobody says why: %+v", p)
	}
	e.Types = false
	code := steps.CodeGood
	if want != "done" {
		for _, typed := range []string{"", "y", "7b5ea", "7b5ea88"} {
			e.Settle(e.Walk.Handle(screen.Answer{Text: typed, Yes: true}))
		}
		for range 3 {
			e.Settle(e.Walk.Handle(screen.Press{Key: "enter"}))
		}
		if sc := e.Walk.Screen(); sc.Step != 9 {
			e.T.Errorf("step 9 was passed without the id: step %d", sc.Step)
		}
	}
	if want == "typed" {
		e.Settle(e.Walk.Handle(screen.Answer{Text: "7B5EA8"}))
		e.Types = true
	}
	if want == "refused" {
		code = steps.CodeFailed
	}
	if got := e.Run(); got != code {
		e.T.Errorf("the walk ended with %d, want %d: %+v", got, code, e.Walk.Screen().Problems)
	}
	if _, there := walktest.CacheOf(e.T, e.Disk)[walktest.TargetName]; there != (want != "refused") {
		e.T.Errorf("%s, and the package in the cache: %v", want, there)
	}
}

// What counts is the copy: when its check comes to something worse than that of the source, it gets no name.
func TestGateOfTheCopy(t *testing.T) {
	for _, g := range gates {
		eachKind(t, g.name, func(t *testing.T, scenario string) {
			e, _ := atPackage(t, scenario, "=", func(path string) (computer.Signature, error) {
				if strings.Contains(path, `\Installer\marsfix-`) {
					return walktest.Signed(g.state), nil
				}
				return walktest.Signed(computer.SignTrusted), nil
			})
			before := walktest.CacheOf(t, e.Disk)
			e.Until("copy")
			e.Press()
			if g.want == "done" {
				if e.Walk.Screen().State != screen.Done {
					t.Errorf("it was not copied: %+v", e.Problem())
				}
				return
			}
			if p := e.Problem(); p.Code != "copy-not-verified" {
				t.Errorf("the problem is %+v", p)
			}
			walktest.Same(t, before, walktest.CacheOf(t, e.Disk))
			if code := e.Quit(); code != steps.CodeFailed {
				t.Errorf("left with %d", code)
			}
		})
	}
}

// An installer that nobody vouches for is started after y, with the risk said; one that was tampered with or revoked
// never.
func TestGateOfTheInstaller(t *testing.T) {
	for _, g := range gates {
		t.Run(g.name, func(t *testing.T) {
			clock := &walktest.QuickClock{At: walktest.Began}
			r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
			e := walktest.Engage(t, walktest.Judged{Rig: r, Code: "=",
				Signs: func(path string) (computer.Signature, error) {
					if strings.HasSuffix(path, ".exe") {
						return walktest.Signed(g.state), nil
					}
					return walktest.Signed(computer.SignTrusted), nil
				}}, r.Dir, clock)
			for e.Walk.Screen().Step < 6 && e.Press() {
				continue
			}
			sc := e.Walk.Screen()
			switch {
			case g.want == "refused":
				if sc.State != screen.Failed || e.Problem().Code != "installer-refused" {
					t.Errorf("it is %v: %+v", sc.State, sc.Problems)
				}
				e.Types = true
				if code := e.Run(); code != steps.CodeFailed {
					t.Errorf("the walk ended with %d", code)
				}
				if ps, err := r.Wizards(t.Context()); err != nil || len(ps) != 0 {
					t.Errorf("it was started: %+v, %v", ps, err)
				}
				return
			case sc.State != screen.Asking || sc.Question.Kind != screen.Confirm:
				t.Fatalf("it is %v: %+v", sc.State, sc.Problems)
			case e.Shows("installer-signature") != (g.want == "typed"):
				t.Errorf("the risk is not said, or said of nothing: %+v", sc.Problems)
			}
			e.Until("run")
			if e.Shows("installer-signature") != (g.want == "typed") {
				t.Errorf("at step 12 the risk is not said, or said of nothing: %+v", e.Walk.Screen().Problems)
			}
			if code := e.Run(); code != steps.CodeGood {
				t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
			}
		})
	}
}
