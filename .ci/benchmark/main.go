// Command benchmark measures marsfix beside programs that do the same work, in one run, and says which promised ratio
// is missed. See .ci/bench, which builds what is measured and calls it.
//
//	benchmark scan     how fast logs are searched, beside rg, grep and a bare read loop
//	benchmark start    how long programs take of which most is their start, beside one that prints a line, and rg
//	benchmark screens  how soon screens are there, what they cost while nobody presses a key
//	benchmark copy     how fast a package is copied and proven, beside cp and sha256sum
//	benchmark hostile  what made logs, packages and programs cost at most
//	benchmark cost     what each dependency adds to the program's size, and what is done before main
//
// Every part prints Markdown and ends with 1 when a bar is missed. Flags follow the part.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
)

// options are where things lie, and how often each is measured.
type options struct {
	marsfix, hello, print, read, peak string // programs
	windows                           string // marsfix for Windows, with its symbol table
	dir                               string // for what is built here; deleted by the caller
	rounds                            int
	only                              string // part of the names of what is measured, of those that have many
}

// errMissed tells that a bar was missed; which one has been printed.
var errMissed = errors.New("a bar was missed")

func main() {
	parts := map[string]func(options) error{"scan": scan, "screens": screens, "copy": copies, "copy-once": copyOnce,
		"cost": cost, "hostile": hostile, "start": start}
	var part func(options) error
	if len(os.Args) > 1 {
		part = parts[os.Args[1]]
	}
	if part == nil {
		fmt.Fprintln(os.Stderr, "usage: benchmark scan|start|screens|copy|hostile|cost [flags]")
		os.Exit(64)
	}
	var o options
	fs := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	fs.StringVar(&o.marsfix, "marsfix", "", "the program measured")
	fs.StringVar(&o.hello, "hello", "", "the smallest program of the toolkit")
	fs.StringVar(&o.print, "print", "", "the program that prints a line")
	fs.StringVar(&o.read, "read", "", "the bare read loop")
	fs.StringVar(&o.peak, "peak", "", "what tells a program's memory")
	fs.StringVar(&o.windows, "windows", "", "marsfix for Windows, not stripped")
	fs.StringVar(&o.dir, "dir", "", "an empty folder")
	fs.IntVar(&o.rounds, "rounds", 7, "how often everything is measured")
	fs.StringVar(&o.only, "only", "", "hostile: only what has this in its name")
	if err := fs.Parse(os.Args[2:]); err != nil {
		os.Exit(64)
	}
	if err := part(o); err != nil {
		fmt.Fprintln(os.Stderr, "benchmark:", err)
		os.Exit(1)
	}
}
