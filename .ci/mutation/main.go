// Command mutation breaks the decisions of trust one by one in a copy of the checkout and says which the tests notice.
package main

import (
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
	tests    string // names the tests of which one has to fail, as -run does, in whichever packages they are
	known    string // why nothing that runs on Linux can notice; empty: something has to
}

// What a mutation came to.
const (
	killed   = "killed"
	survived = "SURVIVED"
	expected = "survived, as is known"
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
	rows := chosen(allRows(), parts)
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
	all, err := listTests(ctx, dir)
	if err == nil {
		err = all.sound(ctx, dir, rows)
	}
	if err != nil {
		return err
	}
	count := map[string]int{}
	for _, m := range rows {
		start := time.Now()
		what, by, err := all.try(ctx, dir, m)
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

func allRows() []mutation {
	return slices.Concat(signatureRows, diskRows, cacheRows, installerRows, undoRows, bundleRows, witnessRows,
		limitRows, answerRows)
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
