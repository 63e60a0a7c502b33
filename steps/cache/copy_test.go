package cache_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

func TestEveryFaultOfTheCopy(t *testing.T) {
	n := 0
	for _, d := range walktest.Deeds {
		calls := d.Operations(t)
		for _, k := range walktest.SampleOf(calls) {
			for _, w := range walktest.Ways {
				if w.Short && calls[k-1].Op != disktest.Write {
					continue
				}
				// every operation fails, and every way to fail is met by half of them
				if n++; n%2 != 0 && k%2 == 0 && !walktest.Everything() {
					continue
				}
				walktest.Row(t, fmt.Sprintf("%s/%s/%d %s/%s", d.Scenario, d.Verb, k, calls[k-1].Op, w.Name),
					func(t *testing.T) {
						breakAt(d, t, k, w.Cause, w.Short, n%2 == 0)
					})
			}
		}
	}
	if n < 150 { // the ones left out of a sample count
		t.Errorf("only %d rows: the deeds do less than they should", n)
	}
}

// breakAt fails one operation, looks at what is left, and lets the walk go on, or leaves it where it stands failed.
func breakAt(d walktest.Deed, t *testing.T, k int, cause error, short, leave bool) {
	r, e := walktest.OnRig(t, d.Scenario)
	e.Until(d.Verb)
	b := start(d, t, r)
	var calls []walktest.Call
	e.Act(r, walktest.FailAt(k, cause, short, &calls))
	c := calls[k-1]
	sc := e.Walk.Screen()
	switch {
	case strings.HasSuffix(c.Path, `\journal.jsonl`):
		if !e.Shows("journal-unwritable") || sc.State == screen.Failed {
			t.Errorf("the journal failed, and step %d is %v: %+v", sc.Step, sc.State, sc.Problems)
		}
		b.passed(e)
	case sc.State == screen.Failed:
		b.failed(e, c, cause)
		for name := range b.news() {
			t.Errorf("%s was left behind", name)
		}
		if leave {
			if code := e.Quit(); code != steps.CodeFailed {
				t.Errorf("left after %s had failed it ended with %d", c.Op, code)
			}
			return
		}
		e.Mend()
	default: // an operation that the deed can do without
		if c.Op.Changes() {
			t.Errorf("%s %s failed, and nobody was told", c.Op, c.Path)
		}
		b.passed(e)
	}
	if code := e.Run(); code != steps.CodeGood {
		t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
	}
	b.repaired()
}

// The copy is on the disk, read back and held open before it gets its name, and its source is open all the while.
func TestTheOrderOfTheCopy(t *testing.T) {
	for _, scenario := range []string{"missing", "patch-missing"} {
		t.Run(scenario, func(t *testing.T) { orderOfTheCopy(t, walktest.Deed{Scenario: scenario, Verb: "copy"}) })
	}
}

func orderOfTheCopy(t *testing.T, d walktest.Deed) {
	var told []string
	for _, c := range d.Operations(t) {
		who := ""
		switch {
		case strings.Contains(c.Path, `\Installer\marsfix-`):
			who = "copy"
		case strings.Contains(c.Path, `\Installers\`):
			who = "source"
		default:
			continue
		}
		if what := who + " " + string(c.Op); !slices.Contains(told, what) || c.Op.Changes() || c.Op == disktest.Close {
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

// When the disk dies in the middle, nothing can be taken away again: then the temporary file may lie there, and is told
// of.
func TestTheDiskDiesDuringTheCopy(t *testing.T) {
	for _, d := range walktest.Deeds {
		calls := d.Operations(t)
		for _, k := range walktest.SampleOf(calls) {
			walktest.Row(t, fmt.Sprintf("%s/%s/%d %s", d.Scenario, d.Verb, k, calls[k-1].Op), func(t *testing.T) {
				r, e := walktest.OnRig(t, d.Scenario)
				e.Until(d.Verb)
				b := start(d, t, r)
				n := 0
				e.Act(r, func(op disktest.Op, path string) error {
					if n++; n < k {
						return nil
					}
					return walktest.Broken(op, path, errors.New("the disk has gone"), true)
				})
				b.stands()
				for name := range b.news() {
					switch {
					case name == b.target, strings.HasPrefix(name, b.target+".marsfix-"):
					case !walktest.Temporary(name):
						t.Errorf("%s was left behind", name)
					case !strings.Contains(e.Problem().Message, name):
						t.Errorf("%s was left behind and %q does not tell", name, e.Problem().Message)
					}
				}
				if e.Walk.Screen().State == screen.Failed {
					e.Mend()
				}
				e.Sweep()
				if code := e.Run(); code != steps.CodeGood {
					t.Errorf("with the disk back the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
				}
				b.repaired()
			})
		}
	}
}
