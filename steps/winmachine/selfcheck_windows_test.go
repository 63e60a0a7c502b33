package winmachine

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"marsfix/steps/disk"
	"marsfix/steps/selfcheck"
)

// A real Windows answers all that later steps will ask. Wine's own files carry no signature inside, which is said and
// is no failure, and a fresh prefix has no product whose package could be read.
func TestWindowsAnswersTheSelfCheck(t *testing.T) {
	scratch(t)
	m := machine(t)
	a, err := m.About(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	a.Elevated = true
	a.ProgramFiles = t.TempDir()
	checks := selfcheck.Ask(t.Context(), m, selfcheck.Options{About: a, Own: disk.NewLocal(), Limit: time.Minute})
	may := map[string]bool{"signature": true, "file-version": true, "package-code": true} // not be asked
	for _, c := range checks {
		if c.Failed() || !c.OK && !may[c.Name] {
			t.Errorf("%+v", c)
		}
		t.Log(c.Words())
	}
	left, err := os.ReadDir(filepath.Join(a.ProgramFiles, "marsfix"))
	if err != nil || len(left) != 0 {
		t.Errorf("left in marsfix's folder: %v, %v", left, err)
	}
}
