package report_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps/report"
)

// However a folder is named, it is handed on by its whole path: an elevated program may start in another folder and on
// another drive.
func TestWindowsReportFolderIsMadeWhole(t *testing.T) {
	here := t.TempDir()
	t.Chdir(here)
	drive := filepath.VolumeName(here)
	for i, given := range []string{"NAME", `.\NAME`, drive + "NAME", here[len(drive):] + `\NAME`,
		strings.ReplaceAll(here, `\`, "/") + "/a/../NAME", here + `\NAME\`} {
		name := "reports " + string(rune('a'+i))
		full, err := report.Into(strings.ReplaceAll(given, "NAME", name), "marsfix")
		if want := filepath.Join(here, name); err != nil || full != want {
			t.Errorf("%s is %q, %v, want %q", given, full, err, want)
			continue
		}
		if in, err := os.Stat(filepath.Join(here, name)); err != nil || !in.IsDir() {
			t.Errorf("%s: %v", given, err)
		}
	}
}
