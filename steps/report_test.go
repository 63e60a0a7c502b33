package steps_test

import (
	"context"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/practice"
	"marsfix/steps/report"
	"marsfix/steps/walk"
)

var update = flag.Bool("update", false, "write the golden files anew")

// datedEngineer knows the computer as well.
type datedEngineer struct {
	*engineer
	machine *practice.Machine
}

// dated begins a walk on a day that never changes, in a zone that never changes.
func dated(t *testing.T, scenario string) *datedEngineer {
	t.Helper()
	return datedBy(t, scenario, &quickClock{now: time.Date(2026, time.March, 4, 9, 30, 0, 0, time.UTC)})
}

// tickingClock shows a later time whenever it is asked.
type tickingClock struct{ *quickClock }

func (c tickingClock) Now() time.Time {
	now := c.quickClock.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now.Add(time.Millisecond)
	return now
}

func datedBy(t *testing.T, scenario string, clock steps.Clock) *datedEngineer {
	t.Helper()
	zone := time.Local
	time.Local = time.UTC
	t.Cleanup(func() { time.Local = zone })
	dir := t.TempDir()
	m, err := practice.New(practice.Options{Scenario: scenario, Keep: dir, Now: clock.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	w := walk.New(context.Background(), m, walk.Options{Clock: clock, Version: "test"})
	t.Cleanup(w.Close)
	e := &datedEngineer{&engineer{t: t, walk: w, disk: dir}, m}
	e.settle(w.Begin())
	return e
}

// What differs from run to run: names made afresh, and the room on the disk.
var (
	random = regexp.MustCompile(`run-[0-9a-f]{16}`)
	room   = regexp.MustCompile(`[0-9.]+ [KMG]B on (the Windows|that) drive`)
)

func html(t *testing.T, r report.Report) string {
	t.Helper()
	b, err := r.HTML()
	if err != nil {
		t.Fatal(err)
	}
	return room.ReplaceAllString(random.ReplaceAllString(string(b), "run-0123456789abcdef"), "50.0 GB on $1 drive")
}

// golden compares with a file of testdata; -update writes it.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs from what was made; go test ./steps -run Report -update writes it anew\n%s", path, firstDifference(string(want), got))
	}
}

func firstDifference(want, got string) string {
	ws, gs := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(ws), len(gs)) {
		if ws[i] != gs[i] {
			return "want " + ws[i] + "\ngot  " + gs[i]
		}
	}
	return "one is longer"
}

func TestReportOfAWalk(t *testing.T) {
	for _, scenario := range []string{"missing", "still-fails"} {
		t.Run(scenario, func(t *testing.T) {
			e := dated(t, scenario)
			e.run()
			golden(t, "report-"+scenario+".html", html(t, e.walk.Report()))
		})
	}
}
