package report_test

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"marsfix/steps/report"
	"marsfix/steps/walk/walktest"
)

var update = flag.Bool("update", false, "write the golden files anew")

// tickingClock shows a later time whenever it is asked.
type tickingClock struct{ *walktest.QuickClock }

func (c tickingClock) Now() time.Time {
	now := c.QuickClock.Now()
	c.Mu.Lock()
	defer c.Mu.Unlock()
	c.At = now.Add(time.Millisecond)
	return now
}

// What differs from run to run: names made afresh, and the room on the disk.
var (
	random = regexp.MustCompile(`run-[0-9a-f]{16}`)
	room   = regexp.MustCompile(`[0-9.]+ [KMG]B on (the Windows|that) drive`)
)

func html(r report.Report) string {
	named := random.ReplaceAllString(string(r.HTML()), "run-0123456789abcdef")
	return room.ReplaceAllString(named, "50.0 GB on $1 drive")
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
		t.Errorf("%s differs from what was made; go test ./steps/report -run Report -update writes it anew\n%s", path,
			firstDifference(string(want), got))
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
			e := walktest.Dated(t, scenario)
			e.Run()
			golden(t, "report-"+scenario+".html", html(e.Walk.Report()))
		})
	}
}
