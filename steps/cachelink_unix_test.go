//go:build unix

package steps_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps"
	"marsfix/steps/offline"
)

// A link under the package's name is what it leads to: nothing where it leads nowhere. Of one that leads out of the disk nobody can tell.
func TestALinkUnderThePackagesName(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "312c0.msi")
	if err := os.WriteFile(outside, []byte("x"), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		link, to string
		verdict  steps.Verdict
		present  bool
		told     string
	}{
		"to nothing":              {"Windows/Installer/312c0.msi", "gone", steps.RepairNeeded, false, "(not there)"},
		"to a file of the disk":   {"Windows/Installer/312c0.msi", "../kept.msi", steps.Healthy, true, "(there)"},
		"to a folder of the disk": {"Windows/Installer/312c0.msi", "../Temp", steps.Unclear, false, "(nobody could look)"},
		"out of the disk":         {"Windows/Installer/312c0.msi", outside, steps.Unclear, false, "(nobody could look)"},
		"of the folder":           {"Windows/Installer", filepath.Dir(outside), steps.Unclear, false, "(nobody could look)"},
	} {
		root := files(t, map[string]string{"Windows/Temp/OBPatch.log": header + missing, "Windows/kept.msi": "x"})
		at := filepath.Join(root, tt.link)
		if err := errors.Join(os.MkdirAll(filepath.Dir(at), 0o755), os.Symlink(tt.to, at)); err != nil {
			t.Fatal(err)
		}
		l, err := offline.New(root)
		if err != nil {
			t.Fatal(err)
		}
		d := diagnose(t, l)
		if d.Verdict != tt.verdict || d.PackagePresent != tt.present || d.UniqueID != "312c0" || !strings.Contains(d.Text(), "312c0.msi  "+tt.told) {
			t.Errorf("%s: %s: %s\n%s", name, d.Verdict, d.Reason, d.Text())
		}
		for _, p := range d.Problems {
			if strings.Contains(p.Hint, "press r") {
				t.Errorf("%s: nobody can press a key here: %s", name, p.Hint)
			}
		}
	}
}
