package steps_test

import (
	"fmt"
	"os"
	"path/filepath"
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
