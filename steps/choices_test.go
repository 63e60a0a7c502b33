package steps_test

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// asked walks with Enter and y until one of several is asked for.
func untilChoice(e *walktest.Engineer) *screen.Question {
	e.T.Helper()
	for range 60 {
		if q := e.Walk.Screen().Question; q != nil && q.Kind == screen.Choose {
			return q
		}
		if offered(e, "s", "choose folder") { // the installer still runs
			e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
		} else if !e.Press() {
			break
		}
	}
	e.T.Fatalf("nothing is to be chosen: step %d, %+v", e.Walk.Screen().Step, e.Walk.Screen().Problems)
	return nil
}

func choose(e *walktest.Engineer, i int) {
	e.T.Helper()
	e.Settle(e.Walk.Handle(screen.Answer{Choice: i}))
}

// escVerb is what the footer says of esc.
func escVerb(e *walktest.Engineer) string {
	for _, a := range e.Walk.Screen().Actions {
		if a.Key == "esc" {
			return a.Verb
		}
	}
	return ""
}

// narrow is a computer on which of a wizard only the program that was started is seen: it does not run from the
// extraction folder.
type narrow struct{ *walktest.Rig }

func (n narrow) Wizards(ctx context.Context) ([]computer.Process, error) {
	all, err := n.Rig.Wizards(ctx)
	return slices.DeleteFunc(all, func(p computer.Process) bool { return p.Title != "" }), err
}

// choosing are the computers on which something is to be chosen among several.
var choosing = map[string]struct {
	scenario string
	computer func(*walktest.Rig) computer.Machine
	files    map[string]string // made before: the path on the computer, and the file of the tests it is a copy of
	step     int
}{
	"the name": {scenario: "unregistered", step: 4},
	"the product": {scenario: "missing", step: 5, computer: func(r *walktest.Rig) computer.Machine {
		return &walktest.World{Rig: r, Instead: func(ps []computer.Product) ([]computer.Product, error) {
			i := slices.IndexFunc(ps, func(p computer.Product) bool {
				return strings.HasPrefix(p.Name,
					"Microsoft Azure")
			})
			ps[i].LocalPackage = cacheDir + `\aaaa.msi` // not what the log names
			second := ps[i]
			second.ProductCode, second.LocalPackage = "{B}", cacheDir+`\bbbb.msi`
			return append(ps, second), nil
		}}
	}},
	"the installer": {scenario: "missing", step: 6,
		files: map[string]string{`C:\Users\admin\Desktop\MARSAgentInstaller (2).exe`: "choices_test.go"}},
	"the folder": {scenario: "no-errlog", step: 8,
		computer: func(r *walktest.Rig) computer.Machine { return narrow{r} },
		files:    map[string]string{`C:\aaaa\Installers\OBSAGENT.msi`: "practice/packages/obsagent.msi"}},
	"the package": {scenario: "wrong-package", step: 9, computer: func(r *walktest.Rig) computer.Machine {
		return sourced{r, func(p *computer.Product) { p.LastUsedSource, p.InstallSource = `C:\last\`, `C:\first\` }, ""}
		// unsigned ones: of those that nothing speaks against the first is taken
	}, files: map[string]string{`C:\last\a.msi`: "practice/packages/unsigned.msi",
		`C:\first\b.msi`: "practice/packages/unsigned.msi"}},
}

const cacheDir = `C:\Windows\Installer`

// TestAChoiceCanBeMadeAgain: esc leads back to every choice that was made in the step on the screen, and from there to
// the step before.
func TestAChoiceCanBeMadeAgain(t *testing.T) {
	for name, tt := range choosing {
		t.Run(name, func(t *testing.T) {
			clock := &walktest.QuickClock{At: walktest.Began}
			r := walktest.NewRig(t, tt.scenario, walktest.MemoryDir(t), clock.Now)
			var m computer.Machine = r
			if tt.computer != nil {
				m = tt.computer(r)
			}
			if _, err := m.Disk().Stat(cacheDir); err != nil { // makes the disk
				t.Fatal(err)
			}
			for path, from := range tt.files {
				content, err := os.ReadFile(filepath.FromSlash(from))
				if err := errors.Join(err, os.MkdirAll(filepath.Dir(r.Host(path)), 0o755),
					os.WriteFile(r.Host(path), content, 0o644)); err != nil {
					t.Fatal(err)
				}
			}
			e := walktest.Engage(t, m, r.Dir, clock)
			q := untilChoice(e)
			if sc := e.Walk.Screen(); sc.Step != tt.step || len(q.Options) < 2 || escVerb(e) != "back" {
				t.Fatalf("step %d asks %+v, and esc is %q", sc.Step, q, escVerb(e))
			}
			choose(e, 1)
			if again := e.Walk.Screen().Question; again != nil && again.Kind == screen.Choose ||
				e.Walk.Screen().Step != tt.step || escVerb(e) != "choose again" {
				t.Fatalf("once chosen, step %d asks %+v, and esc is %q", e.Walk.Screen().Step, again, escVerb(e))
			}
			e.Esc()
			if again := e.Walk.Screen().Question; again == nil || again.Prompt != q.Prompt ||
				len(again.Options) != len(q.Options) || escVerb(e) != "back" {
				t.Errorf("after esc, step %d asks %+v, and esc is %q", e.Walk.Screen().Step, again, escVerb(e))
			}
			e.Esc()
			if sc := e.Walk.Screen(); sc.Step != tt.step-1 {
				t.Errorf("esc leads from the choice to step %d", sc.Step)
			}
			untilChoice(e) // going forward it is asked again
			choose(e, 0)
			if q := e.Walk.Screen().Question; q != nil && q.Kind == screen.Choose {
				t.Errorf("chosen anew, step %d asks %+v", e.Walk.Screen().Step, q)
			}
		})
	}
}

// TestNothingIsChosenAgainWhereNothingWasChosen: one installer is not asked for, so esc leads on back from the start
// that is asked again.
func TestNothingIsChosenAgainWhereNothingWasChosen(t *testing.T) {
	e := walktest.Begin(t, "closed-too-early")
	e.Settle(e.Walk.Begin())
	for asked := 0; asked < 2; e.Press() {
		if sc := e.Walk.Screen(); sc.Question != nil && sc.Question.Verb == "start" {
			if asked++; escVerb(e) != "back" {
				t.Errorf("asked for the start number %d, esc is %q", asked, escVerb(e))
			}
		}
	}
}

// TestTheOtherNameIsChosenAfterAll: where nobody else can tell, the engineer chooses among the names of the log, thinks
// better of it a step later, and the package gets the name that was chosen last.
func TestTheOtherNameIsChosenAfterAll(t *testing.T) {
	e := walktest.Begin(t, "unregistered")
	e.Types = true
	e.Settle(e.Walk.Begin())
	q := untilChoice(e)
	if len(q.Options) != 2 || q.Options[0].Label != "7b5ea8.msi" || q.Options[1].Label != "4a91c3.msi" {
		t.Fatalf("asked is %+v", q)
	}
	for _, o := range q.Options {
		if !strings.HasSuffix(o.Note, ": is missing; not on the disk") {
			t.Errorf("of %s is said %q", o.Label, o.Note)
		}
	}
	if says := e.Walk.Screen().Finding; !strings.Contains(says, "nothing says whose") {
		t.Errorf("where nothing favours a name, step 4 says %q", says)
	}
	choose(e, 1)
	e.Press()
	sc := e.Walk.Screen()
	if sc.Step != 5 || sc.UniqueID != "4a91c3" || e.Problem().Code != "registration-unreadable" {
		t.Fatalf("step %d: %q, %+v", sc.Step, sc.UniqueID, sc.Problems)
	}
	for _, w := range sc.Witnesses {
		if strings.Contains(w.Says, "old") {
			t.Errorf("%s says %q", w.Who, w.Says)
		}
	}
	e.Esc()
	e.Esc()
	e.UntilStep(10)
	e.Esc()
	if p := e.Problem(); p.Code != screen.CodePackageCodeUnknown || p.Hint != "a wrong one fails in step 12" {
		t.Errorf("after the Unique_ID was typed, step 9 says %+v", p)
	}
	if code := e.Run(); code != steps.CodeGood || e.Walk.Screen().UniqueID != "7b5ea8" {
		t.Errorf("code %d with %q: %+v", code, e.Walk.Screen().UniqueID, e.Walk.Screen().Problems)
	}
	if _, there := e.Cache()["4a91c3.msi"]; there {
		t.Error("the package has the name that was not chosen")
	}
}

// TestTheDiskFavoursAName: of two names that no registration tells apart, the one that the disk does not have whole is
// proposed first, and the screen says so where it is the only one.
func TestTheDiskFavoursAName(t *testing.T) {
	good, junk := walktest.GoodPackage(t), []byte("This is not a Windows Installer package.\r\n")
	for name, tt := range map[string]struct {
		newer, older         []byte // what the disk has of 7b5ea8.msi, which the newer line names, and of 4a91c3.msi
		first, likely, notes string
	}{
		"newer": {newer: good, first: "4a91c3.msi", likely: "4a91c3.msi", notes: "not on the disk, on the disk"},
		"older": {older: good, first: "7b5ea8.msi", likely: "7b5ea8.msi", notes: "not on the disk, on the disk"},
		"both":  {newer: good, older: good, first: "7b5ea8.msi", notes: "on the disk, on the disk"},
		"unusable": {newer: junk, first: "4a91c3.msi",
			notes: "not on the disk, on the disk, but it is not a valid .msi file"},
		"unusable beside a whole one": {newer: good, older: junk, first: "4a91c3.msi", likely: "4a91c3.msi",
			notes: "on the disk, but it is not a valid .msi file, on the disk"},
	} {
		t.Run(name, func(t *testing.T) {
			e := walktest.Begin(t, "unregistered")
			e.Settle(e.Walk.Begin())
			for id, content := range map[string][]byte{"7b5ea8": tt.newer, "4a91c3": tt.older} {
				if content == nil {
					continue
				}
				path := filepath.Join(e.Disk, "C", "Windows", "Installer", id+".msi")
				if err := os.WriteFile(path, content, 0o600); err != nil {
					t.Fatal(err)
				}
			}
			q := untilChoice(e)
			var notes []string
			for _, o := range q.Options {
				_, on, _ := strings.Cut(o.Note, "is missing; ")
				notes = append(notes, on)
			}
			if got := strings.Join(notes, ", "); q.Options[0].Label != tt.first || got != tt.notes {
				t.Errorf("proposed is %s, with %q", q.Options[0].Label, got)
			}
			says, want := e.Walk.Screen().Finding, "nothing says whose they are"
			if tt.likely != "" {
				want = "most likely " + tt.likely + " is the agent's"
			}
			if !strings.Contains(says, want) {
				t.Errorf("step 4 says %q, want %q", says, want)
			}
		})
	}
}

// TestTheRegistrationDecides: a log that names several packages asks nobody where the registration names one, and no
// line of the session that names this one as well is called old.
func TestTheRegistrationDecides(t *testing.T) {
	e := walktest.Begin(t, "two-ids")
	e.Settle(e.Walk.Begin())
	for e.Walk.Screen().Step < 5 {
		if q := e.Walk.Screen().Question; q != nil {
			t.Fatalf("step %d asks %+v", e.Walk.Screen().Step, q)
		}
		e.Press()
	}
	sc := e.Walk.Screen()
	if sc.UniqueID != "7b5ea8" || len(sc.Witnesses) != 3 || sc.Witnesses[0].View != screen.Agrees ||
		strings.Contains(sc.Witnesses[0].Says, "old") {
		t.Errorf("%q: %+v", sc.UniqueID, sc.Witnesses)
	}
	e.Esc()
	said := ""
	for _, r := range e.Walk.Screen().Rows {
		said += r.Label + " " + r.Value + " " + r.Note + "\n"
	}
	if !strings.Contains(e.Walk.Screen().Finding, "7b5ea8.msi is missing") ||
		!strings.Contains(said, "also 4a91c3.msi line") ||
		!strings.Contains(said, "; not registered; not on the disk\n") {
		t.Errorf("step 4 shows\n%s", said)
	}
}

// TestTheInstallerOfTheUpgradeIsItsOwn: what is chosen at step 12 only upgrades, so that the next round's step 6
// proposes what it would have proposed before.
func TestTheInstallerOfTheUpgradeIsItsOwn(t *testing.T) {
	r, e := walktest.OnRig(t, "second-package")
	e.Until("start")
	content, err := os.ReadFile(r.Host(walktest.Downloads))
	if err == nil {
		err = os.WriteFile(filepath.Join(filepath.Dir(r.Host(walktest.Downloads)), "newer.exe"), content, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	e.Until("run")
	e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
	q := e.Walk.Screen().Question
	choose(e, slices.IndexFunc(q.Options, func(o screen.Option) bool { return o.Label == "newer.exe" }))
	if q := e.Walk.Screen().Question; q == nil || q.Prompt != "Run newer.exe now?" {
		t.Fatalf("chosen at step 12, it asks %+v", q)
	}
	e.Press()
	e.Until("start")
	if sc := e.Walk.Screen(); sc.Round != 2 || sc.Question.Prompt != "Start MARSAgentInstaller.exe?" {
		t.Errorf("round %d asks %q", sc.Round, sc.Question.Prompt)
	}
}

// TestAListIsLeftWithItsStep: whoever goes back while the list is still being looked for does not meet it again.
func TestAListIsLeftWithItsStep(t *testing.T) {
	for _, verb := range []string{"start", "run"} {
		_, e := walktest.OnRig(t, "missing")
		e.Until(verb)
		at := e.Walk.Screen().Step
		e.Walk.Handle(screen.Press{Key: "s"}) // the look has not ended
		e.Esc()
		if sc := e.Walk.Screen(); sc.Step != at-1 {
			t.Fatalf("esc leads from step %d to %d", at, sc.Step)
		}
		e.Press()
		if q := e.Walk.Screen().Question; q == nil || q.Verb != verb {
			t.Errorf("step %d asks %+v", e.Walk.Screen().Step, q)
		}
	}
}
