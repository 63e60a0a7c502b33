package report_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps/disk"
	"marsfix/steps/disk/disktest"
	"marsfix/steps/report"
)

// TestReportDirThatCannotBeTried breaks every change that trying a folder makes, one after the other.
func TestReportDirThatCannotBeTried(t *testing.T) {
	for k := 1; ; k++ {
		dir := filepath.Join(t.TempDir(), "new")
		broken := ""
		err := report.TryDir(disktest.New(disk.NewLocal(), disktest.At(k, func(op disktest.Op, path string) error {
			broken = string(op)
			return disktest.Fail(disk.ErrFull)(op, path)
		})), dir)
		if broken == "" {
			if k < 4 {
				t.Errorf("%d operations were broken", k-1)
			}
			return
		}
		if !errors.Is(err, disk.ErrFull) {
			t.Errorf("%s fails, and nobody hears of it: %v", broken, err)
		}
		entries, rerr := os.ReadDir(dir)
		if rerr != nil && !errors.Is(rerr, os.ErrNotExist) {
			t.Fatal(rerr)
		}
		for _, e := range entries {
			if !strings.Contains(err.Error(), e.Name()) { // what could not be removed is named
				t.Errorf("%s fails: %s is left, and %v", broken, e.Name(), err)
			}
		}
	}
}
