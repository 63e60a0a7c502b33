//go:build linux

package winmachine

import (
	"errors"
	"maps"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/winmachine/winetest"
)

// TestWineRunsWindowsTests runs every package's tests as Windows programs, each package on a computer of its own.
func TestWineRunsWindowsTests(t *testing.T) {
	winetest.Need(t)
	built := winetest.Programs(t)
	packages := winetest.Packages(t)
	if packages["marsfix/steps/winmachine"] == "" {
		t.Fatalf("this package's own tests for Windows are not among %v", packages)
	}
	for pkg := range limits {
		if packages[pkg] == "" {
			t.Errorf("the table names %s, and there are no tests", pkg)
		}
	}
	signed := t.TempDir()
	switch err := winetest.Signed(signed); {
	case errors.Is(err, exec.ErrNotFound) && os.Getenv("CI") != "true":
		t.Log(err)
		limits["marsfix/steps/winmachine"]["TestWindowsRealSignatures"] = "without npm there is nothing that Microsoft has signed"
		signed = ""
	case err != nil:
		t.Fatal(err)
	}
	long := []string{"marsfix/steps/walk", "marsfix/steps", "marsfix/steps/cache", "marsfix/ui"} // they begin
	for _, pkg := range slices.Concat(long, slices.Sorted(maps.Keys(packages))) {
		dir, waits := packages[pkg]
		if !waits {
			continue
		}
		delete(packages, pkg)
		t.Run(strings.ReplaceAll(pkg, "/", "."), func(t *testing.T) {
			t.Parallel()
			winetest.New(t).RunTests(t, pkg, dir, limits[pkg], winetest.EnvBuilt+"="+built,
				winetest.EnvSigned+"="+signed)
		})
	}
}
