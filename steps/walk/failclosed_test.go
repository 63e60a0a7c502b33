package walk_test

import (
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
	"marsfix/steps/undo"
	"marsfix/steps/walk/walktest"
)

// enacted is an act that stands at its question.
type enacted struct {
	*walktest.Asked
	act  func() *screen.Told // does it, and tells the problem at which it stands failed then
	heal func() int          // goes on once the computer answers again, and tells the exit code
}

// walked is an act of a walk: of the step that asks with this verb.
func walked(scenario, verb string, ev screen.Event, prepare func(*testing.T,
	*walktest.Asked)) func(*testing.T) enacted {
	return func(t *testing.T) enacted {
		a, clock := walktest.NewAsked(t, scenario)
		e := walktest.Engage(t, a, a.Dir, clock)
		e.UntilStep(5)
		if prepare != nil {
			prepare(t, a)
		}
		e.Until(verb)
		var more []screen.Task
		return enacted{a, func() *screen.Told {
			tasks := e.Walk.Handle(ev)
			if len(tasks) != 1 {
				t.Fatalf("%d tasks came of %+v", len(tasks), ev)
			}
			more = e.Walk.Handle(tasks[0]())
			if p := e.Problem(); e.Walk.Screen().State == screen.Failed {
				return &p
			}
			return nil
		}, func() int {
			e.Settle(more)
			if e.Walk.Screen().State == screen.Failed {
				e.Mend()
			}
			return e.Run()
		}}
	}
}

// undoing is undo between the answer and its end, on a computer whose registration names the copy, or does not any
// more.
func undoing(named bool) func(*testing.T) enacted {
	return func(t *testing.T) enacted {
		r := walktest.Repaired(t, "bad-target")
		a := &walktest.Asked{Rig: r, Calls: map[string]int{}}
		if !named {
			a.Instead = walktest.Agents(func(p *computer.Product) { p.LocalPackage = `C:\Windows\Installer\1d4c7.msi` })
		}
		u := walktest.FindUndo(t, a)
		if typed := u.Question.Kind == screen.Type; typed != named {
			t.Fatalf("asked is %+v", u.Question)
		}
		clear(a.Calls)
		var p *screen.Told
		return enacted{a, func() *screen.Told {
			p = undo.Undo(t.Context(), a, u, walktest.DayAfter)
			return p
		}, func() int {
			if p == nil {
				return steps.CodeGood
			}
			if p = undo.Undo(t.Context(), a, u, walktest.DayAfter); p != nil {
				t.Errorf("once it answers again: %+v", *p)
				return steps.CodeFailed
			}
			return steps.CodeGood
		}}
	}
}

// leftover puts a temporary file of an interrupted copy into the cache.
func leftover(t *testing.T, a *walktest.Asked) {
	t.Helper()
	if err := os.WriteFile(a.Host(`C:\Windows\Installer\marsfix-0123456789abcdef.msi`), []byte("half of a package"),
		0o644); err != nil {
		t.Fatal(err)
	}
}

// What a row says of a question that is not a problem's code.
const (
	notAsked = "-"     // the act does not ask it
	typed    = "typed" // that nobody could look is what the engineer has typed over already
	free     = "free"  // it decides nothing: the act is done all the same, and the screen says what is not known
)

// actRow is an act, and what becomes of it when one question of the computer is not answered: the problem's code, or
// one of the words above. A question without an entry is not asked.
type actRow struct {
	act   computer.Act
	name  string
	ready func(*testing.T) enacted
	wants map[string]string
	looks bool // once it is done it looks at the step again: a question may fail then, and is told
}

var actRows = []actRow{
	{act: "start", name: "start", ready: walked("missing", "start", screen.Answer{Yes: true}, nil),
		wants: map[string]string{"Wizards": "processes-unreadable", "Signature": "installer-changed",
			"Start": "start-failed", "FileVersion": free}},
	{act: "set-aside", name: "set aside", ready: walked("bad-target", "set aside", screen.Answer{Yes: true}, nil),
		wants: map[string]string{"Products": "registration-unreadable", "Busy": "busy-unreadable"}},
	{act: "copy", name: "copy", ready: walked("missing", "copy", screen.Answer{Yes: true}, nil),
		wants: map[string]string{"Products": "registration-unreadable", "Busy": "busy-unreadable",
			"Signature": "copy-not-verified"}},
	{act: "remove-leftovers", name: "sweep", ready: walked("missing", "copy", screen.Press{Key: "s"}, leftover),
		looks: true,
		wants: map[string]string{"Busy": "busy-unreadable", "Products": "registration-unreadable"}},
	{act: "run", name: "run", ready: walked("missing", "run", screen.Answer{Yes: true}, nil),
		wants: map[string]string{"Wizards": "processes-unreadable", "Busy": "busy-unreadable",
			"Signature": "installer-changed",
			"Start":     "start-failed", "FileVersion": free}},
	{act: "undo", name: "undo, confirmed", ready: undoing(false),
		wants: map[string]string{"About": "computer-unreadable", "Products": "registration-unreadable",
			"Wizards": "processes-unreadable", "Busy": "busy-unreadable"}},
	{act: "undo", name: "undo, typed", ready: undoing(true),
		wants: map[string]string{"About": "computer-unreadable", "Products": typed, "Wizards": "processes-unreadable",
			"Busy": "busy-unreadable"}},
}

// actsWithout are the acts that change nothing of the computer's that a question decides.
var actsWithout = map[computer.Act]string{
	"elevate":      "Windows itself asks for it",
	"close-wizard": "the engineer's own click; what comes of it is looked at like at any other time",
	"pack":         "a zip of what could be read: its list says what could not",
}

// methods are the names of the questions and acts of a computer. A new one shows up here by itself.
func methods() (names []string) {
	m := reflect.TypeFor[computer.Machine]()
	for i := range m.NumMethod() {
		names = append(names, m.Method(i).Name)
	}
	return names
}

// The table below has every act and every method, and every method can be made to fail.
func TestTheTableOfActsIsWhole(t *testing.T) {
	for _, act := range append(slices.Collect(maps.Keys(steps.ActDoing())), computer.ActUndo) {
		_, without := actsWithout[act]
		if has := slices.ContainsFunc(actRows, func(a actRow) bool { return a.act == act }); has == without {
			t.Errorf("act %q: in the table: %v, without questions: %v", act, has, without)
		}
	}
	a, _ := walktest.NewAsked(t, "missing")
	a.Fails = func(string, int) bool { return true }
	for _, name := range methods() {
		if name == "Disk" || name == "Writer" {
			continue // their operations fail one by one below
		}
		m := reflect.ValueOf(a).MethodByName(name)
		args := []reflect.Value{reflect.ValueOf(t.Context())}
		for i := 1; i < m.Type().NumIn(); i++ {
			args = append(args, reflect.Zero(m.Type().In(i)))
		}
		out := m.Call(args)
		if err, ok := out[len(out)-1].Interface().(error); !ok || !errors.Is(err, walktest.ErrAsked) {
			t.Errorf("%s cannot be made to fail: %v", name, out)
		}
	}
}

// elsewhere are the files of a computer but for its journal.
func elsewhere(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := walktest.Places(t, dir)
	for name := range found {
		if strings.HasSuffix(name, "journal.jsonl") {
			delete(found, name)
		}
	}
	return found
}

// Every question that an act asks fails, once at each of its calls and for good: nothing is changed, and the problem
// says why. Once the computer answers again, the act can be done.
func TestWhatCouldNotBeLookedAtStopsEveryAct(t *testing.T) {
	for _, row := range actRows {
		calls := row.undisturbed(t)
		for _, method := range methods() {
			want, has := row.wants[method]
			if !has {
				if want = notAsked; method != "Disk" && method != "Writer" && calls[method] > 0 {
					t.Errorf("%s asks %s %d times, and the table has no row", row.name, method, calls[method])
				}
				continue
			}
			if calls[method] == 0 {
				t.Errorf("%s does not ask %s", row.name, method)
			}
			for k := range calls[method] + 1 {
				name := fmt.Sprintf("%s/%s, call %d", row.name, method, k)
				if k == 0 {
					name = fmt.Sprintf("%s/%s, for good", row.name, method)
				}
				walktest.Row(t, name, func(t *testing.T) { row.fails(t, method, k, screen.Code(want)) })
			}
		}
	}
}

// undisturbed is how often an act asks what.
func (row actRow) undisturbed(t *testing.T) map[string]int {
	t.Helper()
	en := row.ready(t)
	clear(en.Calls)
	if p := en.act(); p != nil {
		t.Fatalf("%s, undisturbed: %+v", row.name, *p)
	}
	return maps.Clone(en.Calls)
}

// fails lets the k-th call of a method fail during the act, or every one with 0.
func (row actRow) fails(t *testing.T, method string, k int, want screen.Code) {
	en := row.ready(t)
	before := elsewhere(t, en.Dir)
	clear(en.Calls)
	en.Asked.Fails = func(m string, call int) bool { return m == method && (k == 0 || call == k) }
	p := en.act()
	now := elsewhere(t, en.Dir)
	en.Asked.Fails = nil
	switch {
	case want == typed || want == free:
		if p != nil {
			t.Errorf("it was stopped: %+v", *p)
		}
	case p == nil:
		t.Fatal("it was done, or nobody was told")
	case p.Code != want || !strings.Contains(p.Message, walktest.ErrAsked.Error()) || p.Hint == "":
		t.Errorf("the problem is %+v, want %s", *p, want)
	}
	for name := range before {
		if _, is := now[name]; !is && strings.Contains(filepath.ToSlash(name), "/marsfix/run-") {
			delete(before, name) // every start takes away what an earlier one was started from
		}
	}
	if done := row.looks && (method != "Busy" || k > 1) && len(now) == len(before)-1; want != typed &&
		want != free && !done {
		walktest.Same(t, before, now)
	}
	if code := en.heal(); code != steps.CodeGood {
		t.Errorf("once it answers again it ends with %d", code)
	}
}
