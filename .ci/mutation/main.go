// Command mutation breaks the decisions of trust one by one in a copy of the checkout and says which the tests notice.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// mutation is one broken decision.
type mutation struct {
	name     string
	file     string
	old, new string // old stands in the file exactly once
	tests    tests  // at least one of them has to fail
	known    string // why nothing that runs on Linux can notice; empty: something has to
}

// tests are some tests of a package.
type tests struct{ pkg, run string }

// longest is how long the tests of one mutation may take: one that hangs is noticed as well.
const longest = 3 * time.Minute

// What a mutation came to.
const (
	killed   = "killed"
	survived = "SURVIVED"
	expected = "survived, as is known"
	lost     = "PATTERN GONE"
	broken   = "DOES NOT COMPILE"
	untested = "NO SUCH TEST"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, parts []string) error {
	rows := chosen(slices.Concat(signatureRows, diskRows, cacheRows, installerRows, undoRows, bundleRows, witnessRows), parts)
	if len(rows) == 0 {
		return errors.New("no mutation has such a name or file")
	}
	dir, err := os.MkdirTemp("", "marsfix-mutate-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // a copy: nothing is lost with what stays
	if err := copyCheckout(ctx, dir); err != nil {
		return err
	}
	if err := sound(ctx, dir, rows); err != nil {
		return err
	}
	count := map[string]int{}
	for _, m := range rows {
		start := time.Now()
		what, by, err := try(ctx, dir, m)
		if err != nil {
			return err
		}
		count[what]++
		fmt.Printf("%-22s %-34s %s (%s) %s\n", what, m.file, m.name, time.Since(start).Round(time.Second/10), by)
	}
	fmt.Printf("\n%d mutations: %d killed, %d survived as is known\n", len(rows), count[killed], count[expected])
	if bad := len(rows) - count[killed] - count[expected]; bad > 0 {
		return fmt.Errorf("%d went unnoticed or could not be tried", bad)
	}
	return nil
}

// chosen are the rows with one of parts in their name or file; all when there are no parts.
func chosen(rows []mutation, parts []string) []mutation {
	if len(parts) == 0 {
		return rows
	}
	return slices.DeleteFunc(rows, func(m mutation) bool {
		return !slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(m.file+": "+m.name, p) })
	})
}

// copyCheckout copies the files as they lie here, with what was not committed.
func copyCheckout(ctx context.Context, dir string) error {
	out, err := exec.CommandContext(ctx, "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		return fmt.Errorf("git ls-files: %w", err)
	}
	for name := range strings.SplitSeq(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		text, err := os.ReadFile(name)
		if errors.Is(err, os.ErrNotExist) {
			continue // deleted, and not committed yet
		}
		if err != nil {
			return err
		}
		to := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(to, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// sound tells of tests that fail, or are not there, before anything was broken.
func sound(ctx context.Context, dir string, rows []mutation) error {
	var done []tests
	for _, m := range rows {
		if slices.Contains(done, m.tests) {
			continue
		}
		done = append(done, m.tests)
		what, by, err := test(ctx, dir, m.tests)
		if err != nil {
			return err
		}
		if what != survived {
			return fmt.Errorf("before anything was broken, -run '%s' %s: %s %s", m.tests.run, m.tests.pkg, what, by)
		}
	}
	return nil
}

// try breaks one decision, runs its tests, and mends it again.
func try(ctx context.Context, dir string, m mutation) (what, by string, err error) {
	path := filepath.Join(dir, m.file)
	text, err := os.ReadFile(path)
	if err != nil {
		return "", "", err
	}
	if n := bytes.Count(text, []byte(m.old)); n != 1 || m.old == m.new {
		return lost, fmt.Sprintf("it is there %d times", n), nil
	}
	if err := os.WriteFile(path, bytes.Replace(text, []byte(m.old), []byte(m.new), 1), 0o644); err != nil {
		return "", "", err
	}
	what, by, err = test(ctx, dir, m.tests)
	if what == survived && m.known != "" {
		what, by = expected, m.known
	}
	return what, by, errors.Join(err, os.WriteFile(path, text, 0o644))
}

// test runs tests and tells whether one of them fails, and which.
func test(ctx context.Context, dir string, t tests) (what, by string, err error) {
	cmd := exec.CommandContext(ctx, "go", "test", "-count=1", "-failfast", "-vet=off", "-ldflags=-s -w", "-timeout", longest.String(), "-run", t.run, t.pkg)
	cmd.Dir = dir
	b, err := cmd.CombinedOutput()
	out := string(b)
	var exit *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return "", "", ctx.Err()
	case strings.Contains(out, "[no tests to run]"):
		return untested, t.run, nil
	case err == nil:
		return survived, "-run '" + t.run + "' " + t.pkg, nil
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
