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
