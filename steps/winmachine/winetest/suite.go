//go:build linux

package winetest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// EnvScratch is set for tests on a computer that was made for them: they may install, break and remove what they like there.
const EnvScratch = "MARSFIX_SCRATCH"

// Packages are the packages of this module, by import path, with tests named TestWindows… in files for Windows only, and their
// folders.
func Packages(t testing.TB) map[string]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-f", `{{.ImportPath}}|{{.Dir}}|{{join .TestGoFiles " "}} {{join .XTestGoFiles " "}}`, "marsfix/...")
	cmd.Env = append(os.Environ(), "GOOS=windows")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("cannot list the packages: %v", err)
	}
	found := map[string]string{}
	for line := range strings.Lines(string(out)) {
		part := strings.Split(strings.TrimSpace(line), "|")
		for _, file := range strings.Fields(part[2]) {
			if strings.HasSuffix(file, "_windows_test.go") {
				found[part[0]] = part[1]
			}
		}
	}
	return found
}

// RunTests builds a package's tests for Windows, runs those named TestWindows… on the computer, and passes names, results and skips
// on as subtests of t. env is given to them as well.
func (c *Computer) RunTests(t *testing.T, pkg, dir string, env ...string) {
	t.Helper()
	exe := filepath.Join(t.TempDir(), "tests.exe")
	build := exec.Command("go", "test", "-c", "-vet=off", "-o", exe, pkg)
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("cannot build the tests of %s: %v\n%s", pkg, err, out)
	}
	cmd := c.Command(t.Context(), exe, "-test.v=test2json", "-test.paniconexit0", "-test.run=^TestWindows", "-test.timeout=10m")
	cmd.Dir = dir
	cmd.Env = append(append(cmd.Env, EnvScratch+"=1"), env...)
	out, runErr := cmd.CombinedOutput()
	convert := exec.Command("go", "tool", "test2json")
	convert.Stdin = bytes.NewReader(out)
	events, err := convert.Output()
	if err != nil {
		t.Fatalf("cannot read the results of %s: %v\n%s", pkg, err, out)
	}
	if !pass(t, events) {
		t.Fatalf("%s ran no test (%v):\n%s", pkg, runErr, out)
	}
	if runErr != nil && !t.Failed() {
		t.Fatalf("%s ended with %v after its tests:\n%s", pkg, runErr, out)
	}
}

// pass makes a subtest of every finished test; false when there was none. One that has begun and not ended has failed: its program may have
// ended with 0.
func pass(t *testing.T, events []byte) bool {
	said := map[string]string{}
	open := map[string]bool{}
	any := false
	for lines := bufio.NewScanner(bytes.NewReader(events)); lines.Scan(); {
		var e struct{ Action, Test, Output string }
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatalf("%v in %q", err, lines.Text())
		}
		switch e.Action {
		case "run":
			open[e.Test] = true
		case "output":
			said[e.Test] += e.Output
		case "pass", "fail", "skip":
			if e.Test == "" {
				continue
			}
			any = true
			delete(open, e.Test)
			t.Run(e.Test, func(t *testing.T) {
				switch e.Action {
				case "fail":
					t.Error(said[e.Test])
				case "skip":
					t.Skip(said[e.Test])
				}
			})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(open)) {
		t.Errorf("%s has begun and not ended:\n%s", name, said[name])
	}
	return any
}
