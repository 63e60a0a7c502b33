package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// tool is a program that finds every line with the log's needle, and its number.
type tool struct {
	name  string
	most  int64 // of bytes that it is given: what takes too long is left out
	args  func(k logKind, path string) []string
	lines func(out []byte) ([]int64, error) // the numbers it found; nil: it finds none
}

func tools(o options) []tool {
	return []tool{
		{"marsfix", 4 * giga, func(_ logKind, path string) []string {
			return []string{o.marsfix, "diagnose", "--json", "--root", filepath.Dir(path)}
		}, diagnosedLines},
		{"rg -n", 4 * giga, func(k logKind, path string) []string {
			return []string{"rg", "--no-config", "-n", k.needle,
				path}
		}, numbered},
		{"grep -n", giga, func(k logKind, path string) []string {
			if k.wide {
				return []string{"grep", "-a", "-n", "-P", strings.Join(strings.Split(k.needle, ""), `\x00`), path}
			}
			return []string{"grep", "-a", "-n", "-F", k.needle, path}
		}, numbered},
		{"bare read", 4 * giga, func(_ logKind, path string) []string { return []string{o.read, path} }, nil},
	}
}

// numbered reads the numbers before the colons.
func numbered(out []byte) ([]int64, error) {
	var found []int64
	for line := range bytes.Lines(out) {
		digits, _, _ := bytes.Cut(line, []byte(":"))
		n, err := strconv.ParseInt(string(digits), 10, 64)
		if err != nil {
			return nil, fmt.Errorf("no line number before %q", line)
		}
		found = append(found, n)
	}
	return found, nil
}

// diagnosedLines reads the numbers of the names in OBPatch.log, or that of the line of the set-up log.
func diagnosedLines(out []byte) ([]int64, error) {
	var d struct {
		Candidates []struct{ Line int64 }
		Evidence   []struct {
			Step int
			Line int64
		}
	}
	if err := json.Unmarshal(out, &d); err != nil {
		return nil, err
	}
	var found []int64
	for _, c := range d.Candidates {
		found = append(found, c.Line)
	}
	for _, e := range d.Evidence {
		if e.Step == 8 {
			found = append(found, e.Line)
		}
	}
	slices.Sort(found)
	return found, nil
}

// ran is one run of a program.
type ran struct {
	took time.Duration
	out  []byte
}

func run(args []string) (ran, error) { return runWith(nil, args) }

func runWith(input io.Reader, args []string) (ran, error) {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin = input
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint // a pipe: grep stops at the first match when its output is /dev/null
	begin := time.Now()
	err := cmd.Run()
	r := ran{took: time.Since(begin), out: out.Bytes()}
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() <= 2 && complaint.Len() == 0 {
		err = nil // diagnose tells its verdict
	}
	if err != nil {
		return r, fmt.Errorf("%s: %w: %s", strings.Join(args, " "), err, complaint.String())
	}
	return r, nil
}

// measured is what all tools took on one log.
type measured struct {
	kind logKind
	size int64
	took map[string]series
	peak int64 // of marsfix
}

// measure builds a log, has every tool search it in turn, and deletes it.
func measure(o options, k logKind, size int64) (m measured, err error) {
	dir := filepath.Join(o.dir, "log")
	path, err := k.build(dir, size)
	if err != nil {
		return m, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	m = measured{kind: k, size: size, took: map[string]series{}}
	all := tools(o)
	want, err := truth(all[1], k, path)
	if err != nil {
		return m, err
	}
	for round := range o.rounds + 1 { // the first only warms up
		for i := range all {
			t := all[(i+round)%len(all)]
			if size > t.most {
				continue
			}
			r, err := run(t.args(k, path))
			if err != nil {
				return m, err
			}
			if err := agree(t, k, r.out, want); err != nil {
				return m, err
			}
			if round == 0 {
				continue
			}
			m.took[t.name] = append(m.took[t.name], r.took)
		}
	}
	m.peak, err = peak(o, all[0].args(k, path))
	return m, err
}

// peak is the most resident memory of three runs of a program.
func peak(o options, args []string) (most int64, err error) {
	for range 3 {
		c, err := o.costs("", args...)
		if err != nil {
			return 0, err
		}
		most = max(most, c.memory)
	}
	return most, nil
}

// truth is which lines hold the needle, by a tool that is not measured against itself.
func truth(t tool, k logKind, path string) ([]int64, error) {
	r, err := run(t.args(k, path))
	if err != nil {
		return nil, err
	}
	found, err := t.lines(r.out)
	if err == nil && len(found) != matches {
		err = fmt.Errorf("%s found %d lines in %s, want %d", t.name, len(found), path, matches)
	}
	return found, err
}

// agree reports whether a tool found the lines it had to: a fast wrong answer counts for nothing.
func agree(t tool, k logKind, out []byte, want []int64) error {
	if t.lines == nil {
		return nil
	}
	found, err := t.lines(out)
	if err != nil {
		return fmt.Errorf("%s: %w", t.name, err)
	}
	if k.needle == setupNeedle && t.name == "marsfix" {
		want = want[len(want)-1:] // it names the line that counts
	}
	if !slices.Equal(found, want) {
		return fmt.Errorf("%s found the lines %v, want %v", t.name, found, want)
	}
	return nil
}

// scan measures the search.
func scan(o options) error {
	var all []measured
	for _, k := range []logKind{patchLog(true), patchLog(false)} {
		for _, size := range []int64{mega, 100 * mega, giga, 4 * giga} {
			m, err := measure(o, k, size)
			if err != nil {
				return err
			}
			all = append(all, m)
		}
	}
	for _, k := range []logKind{setupLog(true), setupLog(false), warningLog(false)} {
		m, err := measure(o, k, giga)
		if err != nil {
			return err
		}
		all = append(all, m)
	}
	printScan(o, all)
	return scanBars(all)
}

func printScan(o options, all []measured) {
	fmt.Printf("### Search\n\nMedians of %d rounds in turn, page cache warm, times from start to end of the program (1 MB is mostly start); ratios round by round, with the least and the most.\n\n", o.rounds)
	fmt.Println("| log | size | marsfix | rg -n | grep -n | bare read | rg to marsfix | marsfix to bare read | peak memory |")
	fmt.Println("|---|--:|--:|--:|--:|--:|--:|--:|--:|")
	for _, m := range all {
		cell := func(name string) string {
			if s := m.took[name]; len(s) > 0 {
				return seconds(s.median())
			}
			return ""
		}
		fmt.Printf("| %s %s | %s | %s | %s | %s | %s | %s | %s | %.1f MB |\n", m.kind.name(), m.kind.encoding(),
			sizeWords(m.size), cell("marsfix"), cell("rg -n"),
			cell("grep -n"), cell("bare read"), ratioOf(m.took["rg -n"], m.took["marsfix"]),
			ratioOf(m.took["marsfix"], m.took["bare read"]), float64(m.peak)/mega)
	}
}

func scanBars(all []measured) error {
	var b bars
	took := map[int64]time.Duration{}
	for _, m := range all {
		name := fmt.Sprintf("%s in %s of %s", m.kind.name(), m.kind.encoding(), sizeWords(m.size))
		took[m.size] = m.took["marsfix"].median()
		switch m.size {
		case giga:
			faster := 1.0
			if m.kind.wide {
				faster = 3
			}
			b.atLeast(name+", times as fast as rg -n", ratioOf(m.took["rg -n"], m.took["marsfix"]).median, faster)
			b.atMost(name+", times the bare read loop", ratioOf(m.took["marsfix"], m.took["bare read"]).median, 1.25)
		case 4 * giga:
			b.atMost(name+", resident MB", float64(m.peak)/mega, 32)
			first := float64(took[giga]-took[100*mega]) / float64(giga-100*mega)
			then := float64(took[4*giga]-took[giga]) / float64(3*giga)
			b.atMost(name+", time per byte beyond 1 GB to that below", then/first, 1.5)
		}
	}
	return b.tell()
}
