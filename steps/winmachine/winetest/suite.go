//go:build linux

package winetest

import (
	"bufio"
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"golang.org/x/sys/unix"
)

// Limits are what a package's tests cannot do on Wine's Windows, by the name of the test and why. Such a test fails or
// is skipped there: one that passes is an error, so that no reason outlives its cause. Whatever else is skipped is an
// error as well. A name that ends in "/*" is for the rows of a long table, of which a sample is run: maybe none of
// these.
type Limits map[string]string

// anyRow ends a name that stands for the rows of a table.
const anyRow = "/*"

// of is why a test does not hold, if it is not to.
func (l Limits) of(name string) (why string, limited bool) {
	if why, limited = l[name]; limited {
		return why, true
	}
	why, limited = l[path.Dir(name)+anyRow]
	return why, limited
}

// Packages are the packages of this module with tests for Windows, by import path, and their folders.
func Packages(t testing.TB) map[string]string {
	t.Helper()
	cmd := exec.Command("go", "list", "-f", `{{if or .TestGoFiles .XTestGoFiles}}{{.ImportPath}}|{{.Dir}}{{end}}`,
		"marsfix/...")
	cmd.Env = append(os.Environ(), "GOOS=windows")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("cannot list the packages: %v", err)
	}
	found := map[string]string{}
	for line := range strings.Lines(string(out)) {
		if pkg, dir, ok := strings.Cut(strings.TrimSpace(line), "|"); ok {
			found[pkg] = dir
		}
	}
	return found
}

// cores are those of this machine that no package's tests run on now.
var cores = sync.OnceValue(func() chan string {
	var set unix.CPUSet
	_ = unix.SchedGetaffinity(0, &set) // without an answer there is none to take
	free := make(chan string, set.Count()+1)
	for core := range len(set) * 64 {
		if set.IsSet(core) {
			free <- strconv.Itoa(core)
		}
	}
	return free
})

// settle keeps the computer on one core until the test has ended, if one is free. Each thing that a Windows program
// asks of Wine is answered by another process: on one core, they take half as long as on two that wake each other.
func (c *Computer) settle(t *testing.T) {
	select {
	case c.core = <-cores():
		t.Cleanup(func() { cores() <- c.core })
	default:
	}
}

// RunTests builds a package's tests for Windows, runs them on the computer in the package's folder, and passes names,
// results and skips on as subtests of t. env is given to them as well; what this machine's CI asks for beyond a sample
// is not asked for there.
func (c *Computer) RunTests(t *testing.T, pkg, dir string, limits Limits, env ...string) {
	t.Helper()
	exe := filepath.Join(t.TempDir(), "tests.exe")
	build := exec.Command("go", "test", "-c", "-vet=off", "-o", exe, pkg)
	build.Env = append(os.Environ(), "GOOS=windows", "GOARCH=amd64", "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("cannot build the tests of %s: %v\n%s", pkg, err, out)
	}
	c.settle(t)
	cmd := c.Command(t.Context(), exe, "-test.v=test2json", "-test.paniconexit0", "-test.short", "-test.timeout=25m")
	cmd.Dir = dir
	cmd.Env = slices.Concat(slices.DeleteFunc(cmd.Env, func(v string) bool { return strings.HasPrefix(v, "CI=") }),
		[]string{EnvScratch + "=1"}, env)
	out, runErr := c.output(cmd)
	convert := exec.Command("go", "tool", "test2json")
	convert.Stdin = bytes.NewReader(out)
	events, err := convert.Output()
	if err != nil {
		t.Fatalf("cannot read the results of %s: %v\n%s", pkg, err, out)
	}
	r := read(t, events)
	if len(r.ended) == 0 {
		t.Fatalf("%s ran no test (%v):\n%s", pkg, runErr, out)
	}
	r.pass(t, limits)
	if runErr != nil && !r.failed && !t.Failed() {
		t.Fatalf("%s ended with %v after its tests:\n%s", pkg, runErr, out)
	}
}

// results are what the tests of a package came to: of each what it said, and how it ended.
type results struct {
	said, ended map[string]string
	failed      bool // one of them
}

func read(t *testing.T, events []byte) results {
	t.Helper()
	r := results{map[string]string{}, map[string]string{}, false}
	lines := bufio.NewScanner(bytes.NewReader(events))
	lines.Buffer(nil, len(events)+1)
	for lines.Scan() {
		var e struct{ Action, Test, Output string }
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatalf("%v in %q", err, lines.Text())
		}
		switch {
		case e.Test == "":
		case e.Action == "run":
			r.ended[e.Test] = "" // a test that has begun and not ended has failed: its program may have ended with 0
		case e.Action == "output":
			r.said[e.Test] += e.Output
		case e.Action == "pass", e.Action == "fail", e.Action == "skip":
			r.ended[e.Test] = e.Action
			r.failed = r.failed || e.Action == "fail"
		}
	}
	return r
}

// pass makes a subtest of every test.
func (r results) pass(t *testing.T, limits Limits) {
	for _, name := range slices.Sorted(maps.Keys(r.ended)) {
		t.Run(name, func(t *testing.T) {
			why, limited := limits.of(name)
			switch ended := r.ended[name]; {
			case ended == "":
				t.Errorf("it has begun and not ended:\n%s", r.said[name])
			case limited && ended == "pass":
				t.Errorf("it passes, though the table says: %s", why)
			case limited:
				t.Logf("%s", why)
			case ended != "pass":
				t.Errorf("%s:\n%s", ended, r.said[name])
			}
		})
	}
	for name := range limits {
		if _, ran := r.ended[name]; !ran && !strings.HasSuffix(name, anyRow) {
			t.Errorf("the table names %s, and there is no such test", name)
		}
	}
}
