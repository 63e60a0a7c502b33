package bundle_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"

	"marsfix/steps/bundle"
	"marsfix/steps/disk"
	"marsfix/steps/report"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// TestBundleAndReportOnAFullDisk fills a real disk: nothing is left on it, and the problem says what to do.
func TestBundleAndReportOnAFullDisk(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("a small disk can be mounted by root only")
	}
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size=8k"); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("cannot mount a small disk: %v", err)
		}
		t.Skipf("cannot mount a small disk here: %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	m, _ := walktest.Ill(t)
	const room = "make room on that drive, or "
	p := bundle.WriteTo(context.Background(), disk.NewLocal(), filepath.Join(dir, "bundle.zip"), walktest.PlanBundle(t, m, bundle.Options{}), func(screen.Progress) {})
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
