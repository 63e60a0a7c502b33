//go:build linux || windows

package winetest_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Where a workflow runs tests by their names there are such: "no tests to run" is a success.
func TestWorkflowsNameTestsThatAre(t *testing.T) {
	workflow, err := os.ReadFile(".github/workflows/test.yml")
	if err != nil {
		t.Fatal(err)
	}
	runs := regexp.MustCompile(`-run '([^']+)' (.+)`).FindAllStringSubmatch(string(workflow), -1)
	if len(runs) == 0 {
		t.Fatal("it runs no test by its name")
	}
	for _, run := range runs {
		for folder := range strings.FieldsSeq(run[2]) {
			if !hasTest(t, folder, regexp.MustCompile(run[1])) {
				t.Errorf("%s has no test %s", folder, run[1])
			}
		}
	}
}

// The lanes run what the README tells everybody to run. What others wrote is taken by its commit, nothing is written to
// the repository, and no secret is asked for.
func TestWorkflowsAskForNothing(t *testing.T) {
	text := func(name string) string {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	const everybodys = "go test ./...\n"
	if !strings.Contains(text("README.md"), "\n"+everybodys) ||
		!strings.Contains(text(".github/workflows/test.yml"), " run: "+everybodys) {
		t.Errorf("README and lanes do not both run %s", everybodys)
	}
	files, err := filepath.Glob(".github/workflows/*.yml")
	if err != nil || len(files) == 0 {
		t.Fatalf("no workflows: %v", err)
	}
	pinned := regexp.MustCompile(`^(\./|[^@]+@[0-9a-f]{40} # v\d)`)
	for _, file := range files {
		workflow := text(file)
		for _, uses := range regexp.MustCompile(`uses: (.+)`).FindAllStringSubmatch(workflow, -1) {
			if !pinned.MatchString(uses[1]) {
				t.Errorf("%s uses %s, which may change", file, uses[1])
			}
		}
		if !strings.Contains(workflow, "\npermissions:\n  contents: read\n") ||
			strings.Count(workflow, "permissions:") != 1 || strings.Contains(workflow, "secrets.") {
			t.Errorf("%s asks for more than reading", file)
		}
	}
}

var testName = regexp.MustCompile(`(?m)^func (Test\w+)\(`)

// hasTest reports whether a folder has tests for every name that the pattern lists, or for the pattern.
func hasTest(t *testing.T, folder string, pattern *regexp.Regexp) bool {
	t.Helper()
	files, err := filepath.Glob(folder + "/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range testName.FindAllStringSubmatch(string(text), -1) {
			if pattern.MatchString(name[1]) {
				found++
			}
		}
	}
	return found > strings.Count(pattern.String(), "|")
}
