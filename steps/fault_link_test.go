package steps_test

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"marsfix/steps"
)

// A link anywhere in the path of the package is refused where it is first looked at, and called what it is.
func TestAPackageBehindALinkIsRefused(t *testing.T) {
	for name, at := range map[string]func(source string) string{
		"file":              func(s string) string { return s },
		"folder":            filepath.Dir,
		"extraction folder": func(s string) string { return filepath.Dir(filepath.Dir(s)) },
	} {
		t.Run(name, func(t *testing.T) {
			r, e := onRig(t, "missing")
			e.until("start")
			e.press()
			place := at(extracted(t, r))
			if err := errors.Join(os.Rename(place, place+".kept"), os.Symlink(filepath.Base(place)+".kept", place)); err != nil {
				t.Fatal(err)
			}
			before := cacheOf(t, r.dir)
			code := e.run()
			sc := e.walk.Screen()
			if code != steps.CodeFailed || len(sc.Problems) == 0 || sc.Step > 9 {
				t.Errorf("the walk ended with %d at step %d: %+v", code, sc.Step, sc.Problems)
			}
			if sc.Problems[0].Code != "link-in-path" {
				t.Errorf("the problem is %+v", sc.Problems[0])
			}
			same(t, before, cacheOf(t, r.dir))
		})
	}
}
