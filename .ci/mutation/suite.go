package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// suite is the tests of the checkout that this system can run: their names by package.
type suite map[string][]string

// longest is how long the tests of one mutation may take: one that hangs is noticed as well.
const longest = 6 * time.Minute

// testName is where a test begins.
var testName = regexp.MustCompile(`(?m)^func (Test\w+)\(`)

// listTests reads the names of all tests.
func listTests(ctx context.Context, dir string) (suite, error) {
	cmd := exec.CommandContext(ctx, "go", "list", "-f",
		`{{.ImportPath}}{{range .TestGoFiles}} {{$.Dir}}/{{.}}{{end}}{{range .XTestGoFiles}} {{$.Dir}}/{{.}}{{end}}`,
		"./...")
	cmd.Dir = dir
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	all := suite{}
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		for _, file := range fields[1:] {
			text, err := os.ReadFile(file)
			if err != nil {
				return nil, err
			}
			for _, found := range testName.FindAllSubmatch(text, -1) {
				all[fields[0]] = append(all[fields[0]], string(found[1]))
			}
		}
	}
	return all, nil
}

// packages are those that have a test of which the pattern speaks. Each of its alternatives has to have one: a test
// that has got another name would notice nothing any more.
func (all suite) packages(pattern string) ([]string, error) {
	var in []string
	for part := range strings.SplitSeq(pattern, "|") {
		re, err := regexp.Compile(part)
		if err != nil {
			return nil, err
		}
		n := len(in)
		for pkg, names := range all {
			if slices.ContainsFunc(names, re.MatchString) {
				in = append(in, pkg)
			}
		}
		if len(in) == n {
			return nil, errors.New(part)
		}
	}
	slices.Sort(in)
	return slices.Compact(in), nil
}

// outdated tells of texts and tests that are not there any more, and of what does not read as Go once it is broken.
func (all suite) outdated(dir string, rows []mutation) error {
	var errs []error
	for _, m := range rows {
		text, err := os.ReadFile(filepath.Join(dir, m.file))
		if n := bytes.Count(text, []byte(m.old)); err == nil && (n != 1 || m.old == m.new) {
			err = fmt.Errorf("%s: the text to break is there %d times", m.file, n)
		}
		if err == nil { // what has a wrong type is told by a whole run alone
			_, err = parser.ParseFile(token.NewFileSet(), m.file, m.breaks(text), parser.SkipObjectResolution)
		}
		if _, notest := all.packages(m.tests); notest != nil {
			err = errors.Join(err, fmt.Errorf("no test has a name with %w", notest))
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", m.name, err))
		}
	}
	return errors.Join(errs...)
}

// sound tells of rows that are outdated, and of tests that fail, before anything was broken.
func (all suite) sound(ctx context.Context, dir string, rows []mutation) error {
	if err := all.outdated(dir, rows); err != nil {
		return err
	}
	var once []string
	for _, m := range rows {
		once = append(once, strings.Split(m.tests, "|")...)
	}
	slices.Sort(once)
	what, by, err := all.test(ctx, dir, strings.Join(slices.Compact(once), "|"))
	if err == nil && what != survived {
		err = fmt.Errorf("before anything was broken: %s %s", what, by)
	}
	return err
}

// breaks is a file's text with the decision broken.
func (m mutation) breaks(text []byte) []byte {
	return bytes.Replace(text, []byte(m.old), []byte(m.new), 1)
}

// try breaks one decision, runs its tests, and mends it again.
func (all suite) try(ctx context.Context, dir string, m mutation) (what, by string, err error) {
	path := filepath.Join(dir, m.file)
	text, err := os.ReadFile(path)
	if err != nil {
		return "", "", err
	}
	if err := os.WriteFile(path, m.breaks(text), 0o644); err != nil {
		return "", "", err
	}
	what, by, err = all.test(ctx, dir, m.tests)
	if what == survived && m.known != "" {
		what, by = expected, m.known
	}
	return what, by, errors.Join(err, os.WriteFile(path, text, 0o644))
}

// test runs tests and reports whether one of them fails, and which.
func (all suite) test(ctx context.Context, dir, pattern string) (what, by string, err error) {
	in, err := all.packages(pattern)
	if err != nil {
		return untested, err.Error(), nil
	}
	args := []string{"test", "-count=1", "-failfast", "-vet=off", "-ldflags=-s -w", "-timeout", longest.String(),
		"-run", pattern}
	cmd := exec.CommandContext(ctx, "go", append(args, in...)...)
	cmd.Dir = dir
	b, err := cmd.CombinedOutput()
	out := string(b)
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", "", ctx.Err()
	case err == nil:
		return survived, "-run '" + pattern + "' " + strings.Join(in, " "), nil
	case !errors.As(err, &exit):
		return "", "", err
	case strings.Contains(out, "[build failed]"), strings.Contains(out, "[setup failed]"):
		return broken, out, nil
	case strings.Contains(out, "panic: test timed out"):
		return killed, "by hanging", nil
	}
	return killed, "by " + failed(out), nil
}

// failed is the first test that failed.
func failed(out string) string {
	_, rest, ok := strings.Cut(out, "--- FAIL: ")
	name, _, _ := strings.Cut(rest, " ")
	if !ok {
		return "a crash"
	}
	return name
}
