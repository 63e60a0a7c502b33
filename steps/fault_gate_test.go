package steps_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// judged is a computer on which a test says what checking signatures comes to, and which package code is registered.
type judged struct {
	*rig
	code      string // registered for the agent; empty: it cannot be read; "=": the right one
	signature func(path string) (computer.Signature, error)
}

func (j judged) Signature(_ context.Context, f disk.File) (computer.Signature, error) {
	return j.signature(f.Path())
}

func (j judged) Products(ctx context.Context) ([]computer.Product, error) {
	ps, err := j.rig.Products(ctx)
	for i := range ps {
		if ps[i].LocalPackage == `C:\Windows\Installer\7b5ea8.msi` && j.code != "=" {
			ps[i].PackageCode = j.code
		}
	}
	return ps, err
}

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

func signed(state computer.SignState) computer.Signature {
	s := computer.Signature{State: state, Signer: "Contoso", Code: 0x80096010}
	if state == computer.SignTrusted || state == computer.SignTrustedOff {
		s.Signer, s.Code = "Microsoft Corporation", 0
	}
	return s
}

// onlyPackages gives the same answer for every package, and trusts the installers.
func onlyPackages(s computer.Signature, err error) func(string) (computer.Signature, error) {
	return func(path string) (computer.Signature, error) {
		if strings.HasSuffix(path, ".msi") {
			return s, err
		}
		return signed(computer.SignTrusted), nil
	}
}

// atPackage walks to step 9 and tells how it stands.
func atPackage(t *testing.T, code string, signature func(string) (computer.Signature, error)) (*engineer, string) {
	t.Helper()
	clock := &quickClock{now: start}
	r := newRig(t, "missing", memoryDir(t), clock.Now)
	e := engage(t, judged{r, code, signature}, r.dir, clock)
	for e.walk.Screen().Step < 9 && e.press() {
		continue
	}
	sc := e.walk.Screen()
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
				e, got := atPackage(t, code, onlyPackages(signed(g.state), nil))
				if got != want {
					t.Fatalf("it was %s, want %s: %+v", got, want, e.problem())
				}
				e.wantGate(want)
			})
		}
	}
	t.Run("the check fails", func(t *testing.T) {
		e, got := atPackage(t, "=", onlyPackages(computer.Signature{}, errors.New("no cryptography here")))
		if got != "typed" {
			t.Fatalf("it was %s", got)
		}
		e.wantGate("typed")
	})
}

// wantGate goes on from step 9 and looks at the cache: a refused package is never copied, one that wants typing only once the id was
// typed.
func (e *engineer) wantGate(want string) {
	e.t.Helper()
	if p := e.problem(); want != "done" && (p.Code == "" || p.Hint == "" || p.Message == "") {
		e.t.Errorf("nobody says why: %+v", p)
	}
	e.types = false
	code := steps.CodeGood
	if want != "done" {
		for _, typed := range []string{"", "y", "7b5ea", "7b5ea88"} {
			e.settle(e.walk.Handle(screen.Answer{Text: typed, Yes: true}))
		}
		for range 3 {
			e.settle(e.walk.Handle(screen.Press{Key: "enter"}))
		}
		if sc := e.walk.Screen(); sc.Step != 9 {
			e.t.Errorf("step 9 was passed without the id: step %d", sc.Step)
		}
	}
	if want == "typed" {
		e.settle(e.walk.Handle(screen.Answer{Text: "7B5EA8"}))
		e.types = true
	}
	if want == "refused" {
		code = steps.CodeFailed
	}
	if got := e.run(); got != code {
		e.t.Errorf("the walk ended with %d, want %d: %+v", got, code, e.walk.Screen().Problems)
	}
	if _, there := cacheOf(e.t, e.disk)[targetName]; there != (want != "refused") {
		e.t.Errorf("%s, and the package in the cache: %v", want, there)
	}
}

// What counts is the copy: when its check comes to something worse than that of the source, it gets no name.
func TestGateOfTheCopy(t *testing.T) {
	for _, g := range gates {
		t.Run(g.name, func(t *testing.T) {
			e, _ := atPackage(t, "=", func(path string) (computer.Signature, error) {
				if strings.Contains(path, `\Installer\marsfix-`) {
					return signed(g.state), nil
				}
				return signed(computer.SignTrusted), nil
			})
			before := cacheOf(t, e.disk)
			e.until("copy")
			e.press()
			if g.want == "done" {
				if e.walk.Screen().State != screen.Done {
					t.Errorf("it was not copied: %+v", e.problem())
				}
				return
			}
			if p := e.problem(); p.Code != "copy-not-verified" {
				t.Errorf("the problem is %+v", p)
			}
			same(t, before, cacheOf(t, e.disk))
			if code := e.quit(); code != steps.CodeFailed {
				t.Errorf("left with %d", code)
			}
		})
	}
}

// An installer that nobody vouches for is started after y, with the risk said; one that was tampered with or revoked never.
func TestGateOfTheInstaller(t *testing.T) {
	for _, g := range gates {
		t.Run(g.name, func(t *testing.T) {
			clock := &quickClock{now: start}
			r := newRig(t, "missing", memoryDir(t), clock.Now)
			e := engage(t, judged{r, "=", func(path string) (computer.Signature, error) {
				if strings.HasSuffix(path, ".exe") {
					return signed(g.state), nil
				}
				return signed(computer.SignTrusted), nil
			}}, r.dir, clock)
			for e.walk.Screen().Step < 6 && e.press() {
				continue
			}
			sc := e.walk.Screen()
			switch {
			case g.want == "refused":
				if sc.State != screen.Failed || e.problem().Code != "installer-refused" {
					t.Errorf("it is %v: %+v", sc.State, sc.Problems)
				}
				e.types = true
				if code := e.run(); code != steps.CodeFailed {
					t.Errorf("the walk ended with %d", code)
				}
				if ps, err := r.Wizards(t.Context()); err != nil || len(ps) != 0 {
					t.Errorf("it was started: %+v, %v", ps, err)
				}
				return
			case sc.State != screen.Asking || sc.Question.Kind != screen.Confirm:
				t.Fatalf("it is %v: %+v", sc.State, sc.Problems)
			case e.shows("installer-signature") != (g.want == "typed"):
				t.Errorf("the risk is not said, or said of nothing: %+v", sc.Problems)
			}
			e.until("run")
			if e.shows("installer-signature") != (g.want == "typed") {
				t.Errorf("at step 12 the risk is not said, or said of nothing: %+v", e.walk.Screen().Problems)
			}
			if code := e.run(); code != steps.CodeGood {
				t.Errorf("the walk ended with %d: %+v", code, e.walk.Screen().Problems)
			}
		})
	}
}
