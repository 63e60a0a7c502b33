package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

const (
	startRounds = 101 // a start takes a millisecond, and much else happens on a machine in that time
	lookRounds  = 31
)

// start measures whole programs where most of their time is their start: beside one that prints a line, and beside rg
// on logs of the sizes that people have.
func start(o options) error {
	var b bars
	fmt.Printf("### Start\n\nWhole programs from start to end, in turn, page cache warm; medians, and ratios round by round with the least and the most.\n\n")
	fmt.Println("| | marsfix | beside | ratio |\n|---|--:|--:|--:|")
	if err := starts(o, &b); err != nil {
		return err
	}
	for _, size := range []int64{mega, 5 * mega, 20 * mega} {
		for _, k := range []logKind{patchLog(true), patchLog(false), warningLog(false),
			endedLog("with a result", "1612", true), endedLog("that went through", "0", false)} {
			if err := looks(o, k, size, 1, &b); err != nil {
				return err
			}
		}
		// Of one that failed and names nothing each line is looked at, in whatever language it may tell why.
		if err := looks(o, endedLog("that failed otherwise", "1603", false), size, 0, &b); err != nil {
			return err
		}
	}
	return b.tell()
}

func starts(o options, b *bars) error {
	ours, theirs, err := alternately(startRounds, []string{o.marsfix, "--version"}, []string{o.print})
	if err != nil {
		return err
	}
	r := ratioOf(ours, theirs)
	fmt.Printf("| --version | %.2f ms | %.2f ms, a program that prints a line | %s |\n", inMS(ours.median()),
		inMS(theirs.median()), r)
	b.atMost("--version, times a program that prints a line", r.median, 1.6)
	return nil
}

// looks measures a diagnosis beside rg on a log of some size; it may take most times as long, or, 0, is only shown.
func looks(o options, k logKind, size int64, most float64, b *bars) (err error) {
	dir := filepath.Join(o.dir, "log")
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	path, err := k.build(dir, size)
	if err != nil {
		return err
	}
	all := tools(o)
	ours, theirs, err := alternately(lookRounds, all[0].args(k, path), all[1].args(k, path))
	if err != nil {
		return err
	}
	r := ratioOf(ours, theirs)
	name := fmt.Sprintf("%s %s, %s", k.name(), k.encoding(), sizeWords(size))
	fmt.Printf("| %s | %.2f ms | %.2f ms, `rg -n` | %s |\n", name, inMS(ours.median()), inMS(theirs.median()), r)
	if most > 0 {
		b.atMost(name+", times rg -n", r.median, most)
	}
	return nil
}

// alternately runs two programs in turn; the first runs only warm up.
func alternately(rounds int, one, other []string) (a, b series, err error) {
	for round := range rounds + 1 {
		x, err := run(one)
		if err != nil {
			return nil, nil, err
		}
		y, err := run(other)
		if err != nil {
			return nil, nil, err
		}
		if round > 0 {
			a, b = append(a, x.took), append(b, y.took)
		}
	}
	return a, b, nil
}
