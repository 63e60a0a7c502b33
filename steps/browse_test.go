package steps_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// TestEscInTheBrowserGoesBackOneFolder: to the folder that was shown before, then to the step as it stood, then to the
// step before.
func TestEscInTheBrowserGoesBackOneFolder(t *testing.T) {
	e := walktest.Begin(t, "missing")
	e.Settle(e.Walk.Begin())
	for e.Walk.Screen().Step < 6 {
		if !e.Press() {
			t.Fatalf("stuck at %+v", e.Walk.Screen())
		}
	}
	asked := e.Walk.Screen().Question.Prompt
	at := func() string {
		t.Helper()
		sc := e.Walk.Screen()
		if sc.Step != 6 || sc.Question == nil {
			t.Fatalf("step %d with %+v", sc.Step, sc.Question)
		}
		return sc.Question.Prompt
	}
	do := func(ev screen.Event) { e.Settle(e.Walk.Handle(ev)) }
	esc, up := screen.Press{Key: "esc"}, screen.Answer{Choice: 0}

	do(screen.Press{Key: "s"})
	first := at()
	do(up)
	second := at()
	do(up)
	third := at()
	if first == second || second == third || first == asked {
		t.Fatalf("folders %q, %q, %q", first, second, third)
	}
	do(esc)
	if got := at(); got != second {
		t.Errorf("esc goes to %q, want %q", got, second)
	}
	do(up)
	do(esc)
	do(esc)
	if got := at(); got != first {
		t.Errorf("esc goes to %q, want %q", got, first)
	}
	do(esc)
	if got := at(); got != asked {
		t.Errorf("esc in the first folder goes to %q, want %q", got, asked)
	}
	do(esc)
	if n := e.Walk.Screen().Step; n != 5 {
		t.Errorf("then esc goes to step %d", n)
	}
	do(screen.Press{Key: "enter"})
	do(screen.Press{Key: "s"})
	do(up)
	do(screen.Press{Key: "s"})
	do(screen.Press{Key: "s"})
	do(esc)
	if got := at(); got != asked {
		t.Errorf("browsing begun anew remembers folders: esc goes to %q", got)
	}
}

// TestAFullFolderHidesNoFile: where a folder has more in it than is shown, its folders give way, and the question says
// how much is missing.
func TestAFullFolderHidesNoFile(t *testing.T) {
	e := walktest.Begin(t, "missing")
	e.Settle(e.Walk.Begin())
	for i := range 300 {
		name := fmt.Sprintf("a%03d", i)
		if err := os.Mkdir(filepath.Join(e.Disk, "C", "Users", "admin", "Downloads", name), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for e.Walk.Screen().Step < 6 && e.Press() {
		continue
	}
	e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
	q := e.Walk.Screen().Question
	if q == nil || !strings.HasSuffix(q.Prompt, `Downloads (101 more are not shown)`) || len(q.Options) != 201 {
		t.Fatalf("asks %+v", q)
	}
	if last := q.Options[len(q.Options)-1].Label; last != "MARSAgentInstaller.exe" {
		t.Errorf("the last entry is %s", last)
	}
	e.Settle(e.Walk.Handle(screen.Answer{})) // up
	if q := e.Walk.Screen().Question; q == nil || strings.Contains(q.Prompt, "not shown") {
		t.Errorf("the folder above asks %+v", q)
	}
}

// TestTheScreenTellsWhatWasChosen: a file that does not help leaves the step as it was; only that it was chosen, once
// or once more, tells that the key did something. With another look, or on another step, that is over.
func TestTheScreenTellsWhatWasChosen(t *testing.T) {
	for _, c := range []struct {
		scenario    string
		step        int
		name        string
		first, then string
	}{
		{"patch-elsewhere", 9, "MARSAgent.msp", "You chose MARSAgent.msp: it does not help.",
			"You chose MARSAgent.msp again: it does not help."},
		{"missing", 6, "MARSAgentInstaller.exe", "You chose MARSAgentInstaller.exe.",
			"You chose MARSAgentInstaller.exe again."},
	} {
		_, e := walktest.OnRig(t, c.scenario)
		e.Settle(e.Walk.Begin())
		for e.Walk.Screen().Step < c.step && e.Press() {
			continue
		}
		dir := e.Walk.Screen().TempPath + `\Installers`
		if c.step == 6 {
			dir = `C:\Users\admin\Downloads`
		}
		pick := func() string {
			e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
			for e.Walk.Screen().Question.Prompt != "Choose a drive" {
				e.Settle(e.Walk.Handle(screen.Answer{}))
			}
			for _, name := range append(strings.SplitAfter(dir, `\`), c.name) {
				at := slices.IndexFunc(e.Walk.Screen().Question.Options,
					func(o screen.Option) bool { return strings.Trim(o.Label, `\`) == strings.Trim(name, `\`) })
				if at < 0 {
					t.Fatalf("no %s in %+v", name, e.Walk.Screen().Question)
				}
				e.Settle(e.Walk.Handle(screen.Answer{Choice: at}))
			}
			return e.Walk.Screen().Purpose
		}
		if first, then := pick(), pick(); first != c.first || then != c.then {
			t.Errorf("%s: first %q, then %q", c.scenario, first, then)
		}
		e.Settle(e.Walk.Handle(screen.Press{Key: "r"}))
		if says := e.Walk.Screen().Purpose; says != "" {
			t.Errorf("%s: after another look it still says %q", c.scenario, says)
		}
	}
}
