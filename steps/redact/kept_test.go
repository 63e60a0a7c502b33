package redact

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLogsAreKept holds logs in the shapes of real ones, verbose ones of Windows Installer, of the agent and of
// Windows: not a byte of them is lost. Those of the parser's tests are among them.
func TestLogsAreKept(t *testing.T) {
	lines := 0
	const parsers = "../../logscan/testdata/"
	for _, pattern := range []string{"testdata/kept/*", parsers + "patch/*.log", parsers + "setup/*.errlog"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, f := range files {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			want := strings.Split(string(b), "\n")
			lines += len(want)
			red := New(false, nil)
			at := 0
			check := red.Lines(func(got, _ string) {
				if at < len(want) && got != want[at] {
					t.Errorf("%s, line %d\n was %s\n now %s", f, at+1, want[at], got)
				}
				at++
			})
			for _, line := range want {
				check.Add(line, "")
			}
			check.Flush()
			if at != len(want) || red.Removed() != 0 {
				t.Errorf("%s: %d of %d lines, %d taken out", f, at, len(want), red.Removed())
			}
			if got := New(false, nil).Text(string(b)); !bytes.Equal([]byte(got), b) {
				t.Errorf("%s is not the same as one text", f)
			}
		}
	}
	if lines < 300 {
		t.Errorf("%d lines are too few", lines)
	}
}

// TestHiddenUsersLeaveTheRest tells that where users are hidden the logs above lose nobody but their users.
func TestHiddenUsersLeaveTheRest(t *testing.T) {
	for _, f := range []string{"OBPatch.log", "OBInstaller0Curr.errlog", "events.txt"} {
		b, err := os.ReadFile("testdata/kept/" + f)
		if err != nil {
			t.Fatal(err)
		}
		if got := New(true, known).Text(string(b)); got != string(b) {
			was, now := strings.Split(string(b), "\n"), strings.Split(got, "\n")
			for i := range was {
				if i < len(now) && was[i] != now[i] {
					t.Errorf("%s, line %d\n was %s\n now %s", f, i+1, was[i], now[i])
				}
			}
		}
	}
}
