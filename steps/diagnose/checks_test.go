package diagnose_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsfix/steps/computer"
	"marsfix/steps/diagnose"
	"marsfix/steps/offline"
	"marsfix/steps/practice"
	"marsfix/steps/screen"
	"marsfix/steps/selfcheck"
)

// checked is a diagnosis of a computer, and its checks by name.
func checked(t *testing.T, l computer.Looker) (diagnose.Diagnosis, map[string]selfcheck.Check) {
	t.Helper()
	d, made, err := diagnose.Look(t.Context(), l, "test", time.Now(), func(screen.Progress) {})
	if err != nil {
		t.Fatal(err)
	}
	r := made()
	if len(d.Checks) != 8 || len(r.Checks) != 8 {
		t.Fatalf("%d checks, %d in the report", len(d.Checks), len(r.Checks))
	}
	named := map[string]selfcheck.Check{}
	for _, c := range d.Checks {
		named[c.Name] = c
	}
	return d, named
}

// What a computer does not answer is told in text and JSON, and the verdict rests on what it does. Nothing is written
// to find out.
func TestChecksOfAComputer(t *testing.T) {
	dir := t.TempDir()
	m, err := practice.New(practice.Options{Scenario: "unregistered", Keep: dir})
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	d, checks := checked(t, m)
	if c := checks["products"]; !c.Failed() || c.Means == "" || !strings.Contains(d.Text(), "registration failed: ") {
		t.Errorf("%+v\n%s", c, d.Text())
	}
	if c := checks["own-folder"]; c.Looked || !strings.Contains(c.Why, "writes nothing") {
		t.Errorf("%+v", c)
	}
	if c := checks["signature"]; !c.OK {
		t.Errorf("%+v", c)
	}
	if _, err := os.Stat(filepath.Join(dir, "C", "Program Files", "marsfix")); !os.IsNotExist(err) {
		t.Errorf("diagnose made marsfix's folder: %v", err)
	}
}

func TestChecksOfAFolder(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "OBPatch.log"), nil, 0o644); err != nil {
		t.Fatal(err)
	}
	m, err := offline.New(dir)
	if err != nil {
		t.Fatal(err)
	}
	d, checks := checked(t, m)
	for name, c := range checks {
		if c.OK || c.Looked || c.Why != "this is a folder, not a computer" {
			t.Errorf("%s: %+v", name, c)
		}
	}
	if strings.Contains(d.Text(), "checks") {
		t.Errorf("nobody could ask, and the text speaks of it:\n%s", d.Text())
	}
}
