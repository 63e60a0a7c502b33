package ui

import (
	"strings"
	"testing"
)

// What stays in the console is wrapped at blanks below its value, the lines below the summary too; what is a path, or
// quoted, stays whole.
func TestSummaryIsWrappedBelowItsValues(t *testing.T) {
	summary := []string{"marsfix on SRV-042: not repaired; stopped at step 9 of 12",
		`  package    C:\Windows\Installer\a package with blanks in its name that is longer than the window.msi`,
		`  problem    "C:\1f2e3d4c 5a6b7c8d\Installers\OBSAGENT.msi" is not a valid .msi file, so it cannot help`}
	closing := func() []string {
		return []string{`  report     none: cannot write the report into "C:\Program Files\marsfix\reports": the disk is full`}
	}
	want := `marsfix on SRV-042: not repaired; stopped at step 9 of 12
  package    C:\Windows\Installer\a package with blanks in its name that is longer than the window.msi
  problem    "C:\1f2e3d4c 5a6b7c8d\Installers\OBSAGENT.msi"
             is not a valid .msi file, so it cannot help
  report     none: cannot write the report into
             "C:\Program Files\marsfix\reports": the disk
             is full
`
	var out strings.Builder
	if err := summarize(&out, summary, closing, 60); err != nil || out.String() != want {
		t.Errorf("%v\n%s", err, &out)
	}
	out.Reset()
	if err := summarize(&out, summary, closing, 0); err != nil || strings.Count(out.String(), "\n") != 4 {
		t.Errorf("without a window it is wrapped: %v\n%s", err, &out)
	}
}
