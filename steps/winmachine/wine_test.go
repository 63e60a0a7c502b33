//go:build linux

package winmachine

import (
	"testing"

	"marsfix/steps/winmachine/winetest"
)

// envStandin tells the tests for Windows where the stand-in for the installer lies.
const envStandin = "MARSFIX_STANDIN"

// TestWineRunsWindowsTests runs every package's tests as Windows programs, each package on a computer of its own.
func TestWineRunsWindowsTests(t *testing.T) {
	winetest.Need(t)
	standin := winetest.Build(t, "./testdata/standin", "-ldflags=-H=windowsgui")
	packages := winetest.Packages(t)
	if packages["marsfix/steps/winmachine"] == "" {
		t.Fatalf("this package's own tests for Windows are not among %v", packages)
	}
	for pkg := range limits {
		if packages[pkg] == "" {
			t.Errorf("the table names %s, and there are no tests", pkg)
		}
	}
	for pkg, dir := range packages {
		t.Run(pkg, func(t *testing.T) {
			t.Parallel()
			winetest.New(t).RunTests(t, pkg, dir, limits[pkg], envStandin+"="+standin)
		})
	}
}
