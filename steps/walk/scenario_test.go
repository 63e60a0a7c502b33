package walk_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

const allTwelve = "[1 2 3 4 5 6 7 8 9 10 11 12]"

func TestScenarios(t *testing.T) {
	for _, tt := range []struct {
		name, stops string // the step at which a walk that ends with 1 stops
		code        int
		types       bool
		put         []string // names in the cache folder that were not there
		keys        int      // at most; 0: not counted
		shows       string   // the steps shown in order; empty: not compared
	}{
		{name: "missing", put: []string{"7b5ea8.msi"}, keys: 20, shows: allTwelve},
		{name: "healthy", shows: allTwelve},
		{name: "two-ids", put: []string{"7b5ea8.msi"}},
		{name: "unregistered", code: 1, stops: "Go to the Installers folder"},
		{name: "unregistered", types: true, put: []string{"7b5ea8.msi"}},
		{name: "second-package", put: []string{"7b5ea8.msi", "*.msi"},
			shows: "[1 2 3 4 5 6 7 8 9 10 11 12 2 3 4 5 6 7 8 9 10 11 12]"},
		{name: "other-drive", put: []string{"7b5ea8.msi"}},
		{name: "wrong-package", code: 1, stops: "Go to the Installers folder"},
		{name: "unsigned", code: 1, stops: "Go to the Installers folder"},
		{name: "unsigned", types: true, put: []string{"7b5ea8.msi"}},
		{name: "planted", put: []string{"7b5ea8.msi"}},
		{name: "wizard-open", put: []string{"7b5ea8.msi"}},
		{name: "closed-too-early", shows: "[1 2 3 4 5 6 7 8 6 7 8 9 10 11 12]", put: []string{"7b5ea8.msi"}},
		{name: "no-errlog", put: []string{"7b5ea8.msi"}},
		{name: "source-vanishes", code: 1, stops: "Copy OBSAGENT.msi"},
		{name: "target-appears", code: 1, stops: "Copy OBSAGENT.msi", put: []string{"7b5ea8.msi"}},
		{name: "bad-target", put: []string{"7b5ea8.msi.marsfix-*"}},
		{name: "disk-full", code: 1, stops: "Copy OBSAGENT.msi"},
		{name: "patch-missing", put: []string{"7b5eb1.msp"}, keys: 20, shows: allTwelve},
		{name: "patch-elsewhere", code: 1, stops: "Go to the Installers folder"},
		{name: "cache-emptied", put: []string{"7b5ea8.msi", "7b5eb1.msp", "7b5ec4.msp"}, keys: 24, shows: allTwelve},
		{name: "still-fails", code: 1, stops: "Run the upgrade", put: []string{"7b5ea8.msi"}},
	} {
		name := tt.name
		if tt.types {
			name += "-typed"
		}
		t.Run(name, func(t *testing.T) {
			e := walktest.Begin(t, tt.name)
			e.Types = tt.types
			e.Settle(e.Walk.Begin())
			before := e.Cache()
			code := e.Run()
			sc := e.Walk.Screen()
			if code != tt.code {
				t.Errorf("code %d, want %d; at step %d %s: %+v %v", code, tt.code, sc.Step, sc.Title,
					sc.Problems, sc.Question)
			}
			if tt.stops != "" && sc.Title != tt.stops {
				t.Errorf("stopped at %q, want %q: %+v", sc.Title, tt.stops, sc.Problems)
			}
			if tt.code == 0 && sc.Step != 12 {
				t.Errorf("ended at step %d: %+v %+v", sc.Step, sc.Problems, sc.Question)
			}
			if want := tt.shows; want != "" && fmt.Sprint(e.Seen) != want {
				t.Errorf("showed %v, want %v", e.Seen, want)
			}
			if tt.keys > 0 && e.Keys > tt.keys {
				t.Errorf("%d keys, at most %d", e.Keys, tt.keys)
			}
			checkPut(t, before, e.Cache(), tt.put)
		})
	}
}

// checkPut asserts that exactly the wanted names are new and nothing else has gone or changed its size.
func checkPut(t *testing.T, before, after map[string]int64, want []string) {
	t.Helper()
	left := map[string]bool{}
	for name, size := range after {
		if was, ok := before[name]; !ok {
			left[name] = true
		} else if was != size && !strings.HasPrefix(name, "7b5ea8") {
			t.Errorf("%s changed from %d to %d bytes", name, was, size)
		}
	}
	for name := range before {
		if _, ok := after[name]; !ok {
			t.Errorf("%s is gone", name)
		}
	}
	for _, w := range want {
		found := ""
		for name := range left {
			if ok, _ := filepath.Match(w, name); ok && (found == "" || w == name) {
				found = name
			}
		}
		if found == "" {
			t.Errorf("%s was not put there", w)
		}
		delete(left, found)
	}
	for name := range left {
		t.Errorf("%s is new", name)
	}
}

// TestAnotherInstallerIsStarted goes back from step 9 to step 6, closes the wizard there, starts the installer afresh
// and walks on to the end.
func TestAnotherInstallerIsStarted(t *testing.T) {
	e := walktest.Begin(t, "missing")
	e.Settle(e.Walk.Begin())
	for e.Walk.Screen().Step < 9 {
		if !e.Press() {
			t.Fatalf("stuck at %+v", e.Walk.Screen())
		}
	}
	first := e.Walk.Screen().TempPath
	for e.Walk.Screen().Step > 6 {
		e.Settle(e.Walk.Handle(screen.Press{Key: "esc"}))
	}
	e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
	if sc := e.Walk.Screen(); sc.State != screen.NeedsYou || sc.TempPath != "" {
		t.Fatalf("after s: %v %q %+v", sc.State, sc.TempPath, sc.Problems)
	}
	if code := e.Run(); code != steps.CodeGood {
		t.Fatalf("code %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
	}
	if fmt.Sprint(e.Seen) != "[6 7 8 9 10 11 12]" {
		t.Errorf("showed %v", e.Seen)
	}
	if again := e.Walk.Screen().TempPath; again == first || again == "" {
		t.Errorf("the folder is %q, before it was %q", again, first)
	}
	if _, ok := e.Cache()["7b5ea8.msi"]; !ok {
		t.Error("nothing was copied")
	}
}

// TestTheCureForAVanishedSource follows the hint where the package vanished while it was copied: back to step 6, start
// the installer again, and on to the end.
func TestTheCureForAVanishedSource(t *testing.T) {
	e := walktest.Begin(t, "source-vanishes")
	e.Settle(e.Walk.Begin())
	for e.Press() {
		continue
	}
	if p := e.Problem(); e.Walk.Screen().Step != 10 || p.Code != "source-missing" {
		t.Fatalf("at step %d: %+v", e.Walk.Screen().Step, p)
	}
	if said := e.Problem().Message; !strings.HasSuffix(said,
		"has vanished, although the upgrade wizard is still open") {
		t.Errorf("it says %s", said)
	}
	e.Esc()
	if sc := e.Walk.Screen(); sc.Step != 9 || e.Problem().Code != "package-missing" || len(sc.Rows) != 2 ||
		strings.Contains(sc.Rows[1].Value, "OBSAGENT.msi") {
		t.Errorf("step %d shows %+v, %+v", sc.Step, sc.Rows, sc.Problems)
	}
	for e.Walk.Screen().Step > 6 {
		e.Esc()
	}
	e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
	if code := e.Run(); code != steps.CodeGood {
		t.Fatalf("code %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
	}
	if _, ok := e.Cache()["7b5ea8.msi"]; !ok {
		t.Error("nothing was copied")
	}
}

// TestTheCureForAFullDisk looks again where the disk was full, once there is room.
func TestTheCureForAFullDisk(t *testing.T) {
	e := walktest.Begin(t, "disk-full")
	e.Settle(e.Walk.Begin())
	for e.Press() {
		continue
	}
	if p := e.Problem(); e.Walk.Screen().Step != 10 || p.Code != "disk-full" {
		t.Fatalf("at step %d: %+v", e.Walk.Screen().Step, p)
	}
	e.Settle(e.Walk.Handle(screen.Press{Key: "r"}))
	if code := e.Run(); code != steps.CodeGood {
		t.Fatalf("code %d at step %d: %+v", code, e.Walk.Screen().Step, e.Walk.Screen().Problems)
	}
}
