package bundle_test

import (
	"context"
	"path/filepath"
	"testing"

	"marsfix/steps/bundle"
	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/report"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// TestBundleAndReportOnAFullDisk fills a real disk: nothing is left on it, and the problem says what to do.
func TestBundleAndReportOnAFullDisk(t *testing.T) {
	dir := disktest.Small(t, "8k")
	m, _ := walktest.Ill(t)
	const room = "make room on that drive, or "
	b := walktest.PlanBundle(t, m, bundle.Options{})
	p := b.WriteTo(context.Background(), disk.NewLocal(), filepath.Join(dir, "bundle.zip"), func(screen.Progress) {})
	if p == nil || p.Code != "bundle-unwritable" || p.Cure[:len(room)] != room {
		t.Errorf("bundle: %+v", p)
	}
	_, p = report.WriteTo(disk.NewLocal(), dir, walktest.DiagnosisReport(t), walktest.BundledAt)
	if p == nil || p.Code != "report-unwritable" || p.Cure[:len(room)] != room {
		t.Errorf("report: %+v", p)
	}
	if left := walktest.FileNames(t, dir); len(left) != 0 {
		t.Errorf("left are %v", left)
	}
}
