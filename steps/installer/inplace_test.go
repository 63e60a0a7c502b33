package installer_test

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"marsfix/steps"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/journal"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// planted is a DLL that somebody has put beside the download.
const planted = `C:\Users\admin\Downloads\version.dll`

// noCopy is why no private copy can be made: what fails, with which cause.
var noCopy = map[string]struct {
	op     disktest.Op
	folder bool // of the folder for copies itself, not in it
	cause  error
	hint   string
}{
	"a full disk":        {disktest.Write, false, disk.ErrFull, "free at least "},
	"no room for a name": {disktest.MakePrivate, false, disk.ErrFull, "free at least "},
	"no rights":          {disktest.Create, false, fs.ErrPermission, `icacls "C:\Program Files\marsfix"`},
	"no rights at all":   {disktest.MakePrivate, true, fs.ErrPermission, `icacls "C:\Program Files\marsfix"`},
	"somebody's folder": {disktest.MakePrivate, true, &disk.NotPrivateError{Flaw: disk.ForeignOwner,
		Who: `SRV\intern`}, `/setowner *S-1-5-32-544`},
	"an unplugged cable": {disktest.Write, false, errors.New("the cable was pulled"), "press r"},
	"an open folder of a": {disktest.MakePrivate, false, &disk.NotPrivateError{Flaw: disk.OpenToOthers,
		Who: `SRV\intern`}, `/reset`},
}

// failCopy makes the private copy fail in one of the ways.
func failCopy(why string) disktest.Before {
	w := noCopy[why]
	return func(op disktest.Op, path string) error {
		if op == w.op && (w.folder && path == walktest.OwnFolder || !w.folder &&
			strings.HasPrefix(path, walktest.RunFolder)) {
			return &fs.PathError{Op: string(op), Path: path, Err: w.cause}
		}
		return nil
	}
}

// atStart walks to the question of step 6 or 12 with an installer in Downloads, and a DLL beside it.
func atStart(e *walktest.Engineer, r *walktest.Rig, verb string) {
	e.T.Helper()
	e.Until(verb)
	if err := os.WriteFile(r.Host(planted), nil, 0o644); err != nil {
		e.T.Fatal(err)
	}
}

// running are the programs of wizards that run.
func running(t *testing.T, r *walktest.Rig) (images []string) {
	t.Helper()
	ps, err := r.Wizards(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range ps {
		images = append(images, p.Image)
	}
	return images
}

// Where no private copy can be made nothing is started, in step 6 as in step 12, whatever is the reason; the problem
// says why and what to do.
func TestWithoutAPrivateCopyNothingIsStarted(t *testing.T) {
	for _, verb := range []string{"start", "run"} {
		for why, w := range noCopy {
			t.Run(verb+", "+why, func(t *testing.T) {
				r, e := walktest.OnRig(t, "missing")
				atStart(e, r, verb)
				before := walktest.Places(t, r.Host(walktest.OwnFolder))
				e.Act(r, failCopy(why))
				p := e.Problem()
				if sc := e.Walk.Screen(); sc.State != screen.Failed || p.Code != "not-staged" {
					t.Fatalf("it came to %v %+v", sc.State, sc.Problems)
				}
				if !strings.Contains(p.Message, walktest.Downloads) || !strings.Contains(p.Message, w.cause.Error()) ||
					!strings.Contains(p.Hint, w.hint) {
					t.Errorf("the problem is %+v, want %q and %q", p, w.cause, w.hint)
				}
				if images := running(t, r); len(images) != 0 {
					t.Errorf("started was %q", images)
				}
				for name := range walktest.Places(t, r.Host(walktest.OwnFolder)) {
					if _, was := before[name]; !was {
						t.Errorf("%s is left", name)
					}
				}
				e.Mend() // with room again it goes on as if nothing had been
				if code := e.Run(); code != steps.CodeGood {
					t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
				}
			})
		}
	}
}

// inPlace presses s for the question whether to start the installer where it lies, and answers.
func inPlace(e *walktest.Engineer, answer func(want string) string) {
	e.T.Helper()
	e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
	q := e.Walk.Screen().Question
	if q == nil || q.Kind != screen.Type || q.Verb != "start in place" || len(q.Want) != 8 {
		e.T.Fatalf("the question is %+v", q)
	}
	e.Settle(e.Walk.Handle(screen.Answer{Text: answer(q.Want), Yes: true}))
}

func asWanted(want string) string { return want }

// Starting it where it lies is a question of its own, typed, that names what lies beside it. It is asked in step 6 and
// again in step 12, and the screens and the journal say from where it was started.
func TestStartingInPlaceIsTypedInBothSteps(t *testing.T) {
	clock := &walktest.QuickClock{At: time.Now()}
	r := walktest.NewRig(t, "missing", walktest.MemoryDir(t), clock.Now)
	var started []string
	e := walktest.Engage(t, starting{r, &started}, r.Dir, clock)
	const dll = "version.dll"
	for _, verb := range []string{"start", "run"} {
		atStart(e, r, verb)
		e.Act(r, failCopy("a full disk"))
		if e.Walk.Screen().Question != nil {
			t.Fatalf("%s: asked unasked: %+v", verb, e.Walk.Screen().Question)
		}
		for _, wrong := range []string{"", "y", "yes", "7b5ea8", "00000000"} {
			e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
			sc := e.Walk.Screen()
			if len(sc.Problems) != 2 || sc.Problems[0].Code != "installer-in-place" ||
				!strings.Contains(sc.Problems[0].Message, dll) || sc.Problems[1].Code != "not-staged" {
				t.Errorf("%s: the problems beside the question are %+v", verb, sc.Problems)
			}
			if !slices.ContainsFunc(sc.Rows, func(r screen.Row) bool {
				return r.Label == "beside it" &&
					strings.Contains(r.Value, dll)
			}) {
				t.Errorf("%s: the rows beside the question are %+v", verb, sc.Rows)
			}
			e.Settle(e.Walk.Handle(screen.Answer{Text: wrong, Yes: true}))
			if len(started) != 0 {
				t.Fatalf("%s: after %q started was %q", verb, wrong, started)
			}
			e.Settle(e.Walk.Handle(screen.Press{Key: "s"})) // not in place
			if sc := e.Walk.Screen(); sc.State != screen.Failed || sc.Question != nil {
				t.Fatalf("%s: after taking it back: %v %+v", verb, sc.State, sc.Question)
			}
		}
		inPlace(e, asWanted)
		sc := e.Walk.Screen()
		step := map[string]int{"start": 6, "run": 12}[verb]
		for sc.Step > step { // it has gone on
			e.Settle(e.Walk.Handle(screen.Press{Key: "esc"}))
			sc = e.Walk.Screen()
		}
		for _, want := range []screen.Row{{Label: "run from", Value: "its own folder"}, {Label: "beside it", Value: dll}} {
			if !slices.ContainsFunc(sc.Rows, func(r screen.Row) bool {
				return r.Label == want.Label && strings.Contains(r.Value, want.Value) && r.Tone == screen.Warn
			}) {
				t.Errorf("%s: no row %+v among %+v", verb, want, sc.Rows)
			}
		}
		if !slices.Equal(started, []string{walktest.Downloads}) {
			t.Errorf("%s: started was %q", verb, started)
		}
		started = nil
		told := slices.ContainsFunc(walktest.Records(t, r), func(rec journal.Record) bool {
			return rec.Kind == "before" && string(rec.Act) == verb && strings.Contains(rec.Text, "in place") &&
				strings.Contains(rec.Text, dll)
		})
		if !told {
			t.Errorf("%s: the journal does not tell that it was started in place", verb)
		}
	}
	if code := e.Run(); code != steps.CodeGood {
		t.Errorf("the walk ended with %d: %+v", code, e.Walk.Screen().Problems)
	}
}

// What was agreed to is what lay beside it when it was asked: a DLL that comes meanwhile is not started beside, nor is
// another program.
func TestWhatWasAgreedToIsWhatIsStarted(t *testing.T) {
	for name, change := range map[string]func(r *walktest.Rig) error{
		"another DLL": func(r *walktest.Rig) error {
			return os.WriteFile(r.Host(`C:\Users\admin\Downloads\DWMAPI.DLL`), nil, 0o644)
		},
		"a redirection": func(r *walktest.Rig) error {
			return os.WriteFile(r.Host(walktest.Downloads+".local"),
				nil, 0o644)
		},
		"a lost DLL": func(r *walktest.Rig) error { return os.Remove(r.Host(planted)) },
		"another program": func(r *walktest.Rig) error {
			return walktest.WriteAt(r.Host(walktest.Downloads), os.O_WRONLY, []byte{'X'}, 100)
		},
	} {
		t.Run(name, func(t *testing.T) {
			r, e := walktest.OnRig(t, "missing")
			atStart(e, r, "start")
			e.Act(r, failCopy("a full disk"))
			inPlace(e, func(want string) string {
				if err := change(r); err != nil {
					t.Fatal(err)
				}
				return want
			})
			if p := e.Problem(); p.Code != "installer-changed" || e.Walk.Screen().State != screen.Failed {
				t.Errorf("it came to %+v", e.Walk.Screen().Problems)
			}
			if images := running(t, r); len(images) != 0 {
				t.Errorf("started was %q", images)
			}
		})
	}
}

// From a share or a stick, or where nobody can say what lies beside it or on what drive it lies, there is no starting
// in place.
func TestInPlaceIsOnlyOfferedWhereItIsKnown(t *testing.T) {
	silent := errors.New("nobody knows")
	for name, tt := range map[string]struct {
		installer string
		fails     disktest.Op
		offered   bool
	}{
		"a fixed drive":          {walktest.Downloads, "", true},
		"a share":                {walktest.OnShare, "", false},
		"a drive of the network": {walktest.OnNet, "", false},
		"a stick":                {walktest.OnStick, "", false},
		"no drives are known":    {walktest.Downloads, disktest.Drives, false},
		"a stick or not":         {walktest.Downloads, disktest.Removable, false},
		"what lies beside it":    {walktest.Downloads, disktest.List, false},
	} {
		t.Run(name, func(t *testing.T) {
			r, e, started := toStart(t, tt.installer)
			if tt.fails != "" { // nothing stands in front of this computer's disk
				r, e = walktest.OnRig(t, "missing")
				e.Until("start")
			}
			e.Act(r, func(op disktest.Op, path string) error {
				if op == tt.fails && (op != disktest.List || path == `C:\Users\admin\Downloads`) {
					return &fs.PathError{Op: string(op), Path: path, Err: silent}
				}
				return failCopy("a full disk")(op, path)
			})
			sc := e.Walk.Screen()
			offered := slices.ContainsFunc(sc.Actions, func(a screen.Action) bool {
				return a.Key == "s" &&
					a.Verb == "start in place"
			})
			if sc.State != screen.Failed || e.Problem().Code != "not-staged" || offered != tt.offered ||
				len(*started) != 0 || len(running(t, r)) != 0 {
				t.Errorf("%v, offered %v, started %q: %+v", sc.State, offered, *started, sc.Problems)
			}
		})
	}
}
