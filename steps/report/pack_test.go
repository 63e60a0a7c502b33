package report_test

import (
	"archive/zip"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// TestTheZipHoldsTheWalkThatPacksIt walks to the end, packs with s and y, and finds this very walk in the zip.
func TestTheZipHoldsTheWalkThatPacksIt(t *testing.T) {
	for scenario, want := range map[string]string{"missing": "SRV-PRACTICE is repaired",
		"still-fails": "SRV-PRACTICE is not repaired"} {
		e := walktest.Dated(t, scenario)
		for range 60 {
			if sc := e.Walk.Screen(); sc.Step == 12 && (sc.State == screen.Done || sc.State == screen.Failed) {
				break
			}
			e.Press()
		}
		e.Settle(e.Walk.Handle(screen.Press{Key: "s"}))
		if r := e.Walk.Report(); !strings.HasPrefix(r.Verdict, want) {
			t.Errorf("%s: while the list is shown the report says %q", scenario, r.Verdict)
		}
		e.Settle(e.Walk.Handle(screen.Answer{Yes: true}))
		zips, err := filepath.Glob(filepath.Join(e.Disk, "C/Program Files/marsfix/reports/*.zip"))
		if err != nil || len(zips) != 1 {
			t.Fatalf("%s: %v, %v; %+v", scenario, zips, err, e.Walk.Screen().Problems)
		}
		z, err := zip.OpenReader(zips[0])
		if err != nil {
			t.Fatal(err)
		}
		defer z.Close()
		if got := entry(t, z, "report.html"); !strings.Contains(got, want) ||
			!strings.Contains(got, "copying and verifying") {
			t.Errorf("%s: the report in the zip is of another walk:\n%.300s", scenario, got)
		}
		if got := entry(t, z, "MANIFEST.txt"); !strings.HasPrefix(got, "Support bundle of marsfix test for") {
			t.Errorf("%s: the manifest begins %.80q", scenario, got)
		}
		r := e.Walk.Report()
		if zip := filepath.Base(zips[0]); !says(r.Summary, "\n  zip        C:\\Program Files\\marsfix\\reports\\"+zip+
			" on the practice computer's disk\n") {
			t.Errorf("%s: the summary does not tell where %s lies:\n%s", scenario, zip, strings.Join(r.Summary, "\n"))
		}
		last := r.Steps[len(r.Steps)-1]
		if !strings.HasPrefix(r.Verdict, want) || len(last.Found) == 0 || last.Found[0].Label != "package" {
			t.Errorf("%s: after packing %q, and step 12 found %+v", scenario, r.Verdict, last.Found)
		}
	}
}

func entry(t *testing.T, z *zip.ReadCloser, name string) string {
	t.Helper()
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b strings.Builder
	buf := make([]byte, 4096)
	for {
		n, err := f.Read(buf)
		b.Write(buf[:n])
		if err != nil {
			return b.String()
		}
	}
}
