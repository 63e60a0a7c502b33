package steps_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
)

// deed is an act of step 10 that the fault table breaks.
type deed struct{ scenario, verb string }

var deeds = []deed{{"missing", "copy"}, {"bad-target", "set aside"}, {"bad-target", "copy"}}

// ways in which an operation fails; short ones only where something is written.
var ways = []struct {
	name  string
	cause error
	short bool
}{
	{"error", errors.New("the cable was pulled"), false},
	{"short", errors.New("only half of it was taken"), true},
	{"full", disk.ErrFull, false},
	{"short and full", disk.ErrFull, true},
	{"denied", fs.ErrPermission, false},
	{"shared", disk.ErrShared, false},
}

// failing is a Before that fails the k-th operation and leaves the others alone; what was asked is kept in calls.
func failing(k int, cause error, short bool, calls *[]call) disktest.Before {
	keep := recorder(calls)
	return func(op disktest.Op, path string) error {
		if err := keep(op, path); err != nil || len(*calls) != k {
			return err
		}
		return broken(op, path, cause, short)
	}
}

func broken(op disktest.Op, path string, cause error, short bool) error {
	if short && op == disktest.Write {
		return disktest.Short{N: 100, Err: cause}
	}
	return &fs.PathError{Op: string(op), Path: path, Err: cause}
}

// operations are those of the deed on an undisturbed disk.
func (d deed) operations(t *testing.T) (calls []call) {
	r, e := onRig(t, d.scenario)
	e.until(d.verb)
	e.act(r, recorder(&calls))
	if e.walk.Screen().State == screen.Failed || len(calls) == 0 {
		t.Fatalf("undisturbed it came to %+v", e.walk.Screen())
	}
	return calls
}

// rows are the operations that are broken one by one. Reading the package's identity takes dozens of small reads that go the same
// way: of such a row the first, one in the middle and the last stand for all.
func rows(calls []call) (ks []int) {
	for i, c := range calls {
		first := i == 0 || calls[i-1] != c
		last := i == len(calls)-1 || calls[i+1] != c
		if first || last || c.op.Changes() || i%40 == 0 {
			ks = append(ks, i+1)
		}
	}
	return ks
}

func TestEveryFaultOfTheCopy(t *testing.T) {
	n := 0
	for _, d := range deeds {
		calls := d.operations(t)
		for _, k := range rows(calls) {
			for _, w := range ways {
				if w.short && calls[k-1].op != disktest.Write {
					continue
				}
				n++
				t.Run(fmt.Sprintf("%s/%s/%d %s/%s", d.scenario, d.verb, k, calls[k-1].op, w.name), func(t *testing.T) {
					d.breakAt(t, k, w.cause, w.short, n%2 == 0)
				})
			}
		}
	}
	if n < 150 {
		t.Errorf("only %d rows: the deeds do less than they should", n)
	}
}

// breakAt fails one operation, looks at what is left, and lets the walk go on, or leaves it where it stands failed.
func (d deed) breakAt(t *testing.T, k int, cause error, short, leave bool) {
	r, e := onRig(t, d.scenario)
	e.until(d.verb)
	b := d.start(t, r)
	var calls []call
	e.act(r, failing(k, cause, short, &calls))
	c := calls[k-1]
	sc := e.walk.Screen()
	switch {
	case strings.HasSuffix(c.path, `\journal.jsonl`):
		if !e.shows("journal-unwritable") || sc.State == screen.Failed {
			t.Errorf("the journal failed, and step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
		}
		b.passed(e)
	case sc.State == screen.Failed:
		b.failed(e, c, cause)
		for name := range b.news() {
			t.Errorf("%s was left behind", name)
		}
		if leave {
			if code := e.quit(); code != steps.CodeFailed {
				t.Errorf("left after %s had failed it ended with %d", c.op, code)
			}
			return
		}
		e.mend()
	default: // an operation that the deed can do without
		if c.op.Changes() {
			t.Errorf("%s %s failed, and nobody was told", c.op, c.path)
		}
		b.passed(e)
	}
	if code := e.run(); code != steps.CodeGood {
		t.Errorf("the walk ended with %d: %+v", code, e.walk.Screen().Problems)
	}
	b.repaired()
}

// mend looks again, the fault being gone.
func (e *engineer) mend() {
	e.t.Helper()
	e.settle(e.walk.Handle(screen.Press{Key: "r"}))
}

// quit leaves now and tells the exit code.
func (e *engineer) quit() int {
	e.t.Helper()
	e.walk.Handle(screen.Press{Key: "q"})
	e.walk.Handle(screen.Answer{Yes: true})
	sc := e.walk.Screen()
	if !sc.Left {
		e.t.Fatalf("q and y do not leave step %d", sc.Step)
	}
	return sc.Code
}

// The copy is on the disk, read back and held open before it gets its name, and its source is open all the while.
func TestTheOrderOfTheCopy(t *testing.T) {
	var told []string
	for _, c := range (deed{"missing", "copy"}).operations(t) {
		who := ""
		switch {
		case strings.Contains(c.path, `\Installer\marsfix-`):
			who = "copy"
		case strings.HasSuffix(c.path, `\OBSAGENT.msi`):
			who = "source"
		default:
			continue
		}
		if what := who + " " + string(c.op); !slices.Contains(told, what) || c.op.Changes() || c.op == disktest.Close {
			if len(told) == 0 || told[len(told)-1] != what {
				told = append(told, what)
			}
		}
	}
	const want = "source open strict, source info, copy create, copy info, source read, copy write, copy sync, copy close, " +
		"copy open, copy read, copy close, copy rename, source close"
	if got := strings.Join(told, ", "); got != want {
		t.Errorf("the order is\n%s, want\n%s", got, want)
	}
}

// When the disk dies in the middle, nothing can be taken away again: then the temporary file may lie there, and is told of.
func TestTheDiskDiesDuringTheCopy(t *testing.T) {
	for _, d := range deeds {
		calls := d.operations(t)
		for _, k := range rows(calls) {
			t.Run(fmt.Sprintf("%s/%s/%d %s", d.scenario, d.verb, k, calls[k-1].op), func(t *testing.T) {
				r, e := onRig(t, d.scenario)
				e.until(d.verb)
				b := d.start(t, r)
				n := 0
				e.act(r, func(op disktest.Op, path string) error {
					if n++; n < k {
						return nil
					}
					return broken(op, path, errors.New("the disk has gone"), true)
				})
				b.stands()
				for name := range b.news() {
					switch {
					case name == "7b5ea8.msi", strings.HasPrefix(name, "7b5ea8.msi.marsfix-"):
					case !temporary(name):
						t.Errorf("%s was left behind", name)
					case !strings.Contains(e.problem().Message, name):
						t.Errorf("%s was left behind and %q does not tell", name, e.problem().Message)
					}
				}
				if e.walk.Screen().State == screen.Failed {
					e.mend()
				}
				e.sweep()
				if code := e.run(); code != steps.CodeGood {
					t.Errorf("with the disk back the walk ended with %d: %+v", code, e.walk.Screen().Problems)
				}
				b.repaired()
			})
		}
	}
}

// sweep removes leftovers where the screen offers it.
func (e *engineer) sweep() {
	for _, a := range e.walk.Screen().Actions {
		if a.Key == "s" && a.Verb == "remove leftover" {
			e.settle(e.walk.Handle(screen.Press{Key: "s"}))
		}
	}
}
