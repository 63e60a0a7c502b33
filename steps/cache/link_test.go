package cache_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"marsfix/steps"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/walk/walktest"
)

// A link anywhere in the path of the package is refused where it is first looked at, and called what it is.
func TestAPackageBehindALinkIsRefused(t *testing.T) {
	for name, at := range map[string]func(source string) string{
		"file":              func(s string) string { return s },
		"folder":            filepath.Dir,
		"extraction folder": func(s string) string { return filepath.Dir(filepath.Dir(s)) },
	} {
		t.Run(name, func(t *testing.T) {
			r, e := walktest.OnRig(t, "missing")
			e.Until("start")
			e.Press()
			place := at(walktest.Extracted(t, r))
			disktest.Planted(t, errors.Join(os.Rename(place, place+".kept"),
				disktest.Link(filepath.Base(place)+".kept", place)))
			before := walktest.CacheOf(t, r.Dir)
			code := e.Run()
			sc := e.Walk.Screen()
			if code != steps.CodeFailed || len(sc.Problems) == 0 || sc.Step > 9 {
				t.Errorf("the walk ended with %d at step %d: %+v", code, sc.Step, sc.Problems)
			}
			if sc.Problems[0].Code != "link-in-path" {
				t.Errorf("the problem is %+v", sc.Problems[0])
			}
			walktest.Same(t, before, walktest.CacheOf(t, r.Dir))
		})
	}
}
