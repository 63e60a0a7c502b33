package report_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/report"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

func TestReportGoesWhereItIsSent(t *testing.T) {
	r := walktest.DiagnosisReport(t)
	dir := filepath.Join(t.TempDir(), "new", "folder")
	files, p := report.WriteTo(disk.NewLocal(), dir, r, walktest.BundledAt)
	if p != nil || files.Dir != dir || !slices.Equal(walktest.FileNames(t, dir),
		[]string{"report.html", "report.json"}) {
		t.Fatalf("%+v, %+v, %v", files, p, walktest.FileNames(t, dir))
	}
	first, err := os.ReadFile(files.JSON)
	if err != nil {
		t.Fatal(err)
	}
	var back report.Report
	if err := json.Unmarshal(first, &back); err != nil || back.Verdict != r.Verdict {
		t.Errorf("%v, %q", err, back.Verdict)
	}
	// A second one leaves the first alone, and a third in the same second has nowhere to go.
	r.Verdict = "another"
	files, p = report.WriteTo(disk.NewLocal(), dir, r, walktest.BundledAt)
	if want := filepath.Join(dir, "SRV-PRACTICE-20260304T100000Z"); p != nil || files.Dir != want {
		t.Errorf("%+v, %+v, want %s", files, p, want)
	}
	if again, err := os.ReadFile(filepath.Join(dir, "report.json")); err != nil || string(again) != string(first) {
		t.Errorf("the first report was changed, or %v", err)
	}
	if _, p = report.WriteTo(disk.NewLocal(), dir, r, walktest.BundledAt); p == nil || p.Code != "report-unwritable" {
		t.Errorf("%+v", p)
	}
}

func TestReportThatCannotBeWrittenSaysSo(t *testing.T) {
	r := walktest.DiagnosisReport(t)
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "below"), "relative", ""} {
		_, p := report.WriteTo(disk.NewLocal(), dir, r, walktest.BundledAt)
		if p == nil || p.Code != "report-unwritable" || !strings.Contains(p.Message, dir) ||
			!strings.Contains(p.Cure, "marsfix diagnose --report ") {
			t.Errorf("%q: %+v", dir, p)
		}
	}
	if _, err := os.Stat("relative"); !errors.Is(err, os.ErrNotExist) {
		t.Error("a relative folder was made")
	}
}

// TestReportIsBothFilesOrNone breaks every operation that writes a report, one after the other.
func TestReportIsBothFilesOrNone(t *testing.T) {
	r := walktest.DiagnosisReport(t)
	for k := 1; ; k++ {
		dir := t.TempDir()
		broken := ""
		hook := disktest.At(k, func(op disktest.Op, path string) error {
			broken = string(op) + " " + filepath.Base(path)
			return disktest.Short{N: 100, Err: disktest.Fail(disk.ErrFull)(op, path)}
		})
		_, p := report.WriteTo(disktest.New(disk.NewLocal(), hook), dir, r, walktest.BundledAt)
		if broken == "" {
			break
		}
		var left []string
		for _, n := range walktest.FileNames(t, dir) {
			if p != nil && !strings.Contains(p.Message, n) { // what could not be removed is named
				left = append(left, n)
			}
		}
		if len(left) > 0 {
			t.Errorf("%s fails: %v left, and %+v", broken, left, p)
		}
		if p == nil && !strings.HasPrefix(broken, string(disktest.Stat)) {
			t.Errorf("%s fails, and nobody hears of it", broken)
		}
	}
}

// TestReportDirIsTriedAtTheStart: whatever will keep the report from being written is told before anything is walked,
// and trying leaves nothing.
func TestReportDirIsTriedAtTheStart(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new", "folder")
	full, err := report.Into(dir, "marsfix practice")
	if err != nil || full != dir || len(walktest.FileNames(t, dir)) != 0 {
		t.Errorf("%q, %v, %v", full, err, walktest.FileNames(t, dir))
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{file, filepath.Join(file, "below")} {
		_, err := report.Into(dir, "marsfix practice")
		var told screen.Hinted
		if !errors.As(err, &told) || !strings.Contains(told.Error(), `"`+dir+`"`) ||
			told.Hint != "name a folder that you can write to: marsfix practice --report DIR" {
			t.Errorf("%q: %+v", dir, err)
		}
	}
}
