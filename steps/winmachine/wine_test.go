//go:build linux

package winmachine

import (
	"testing"

	"marsfix/steps/winmachine/winetest"
)

// envStandin tells the tests for Windows where the stand-in for the installer lies.
const envStandin = "MARSFIX_STANDIN"

// TestWineRunsWindowsTests runs the tests that are for Windows only, of every package that has some, each package on a computer of
// its own.
func TestWineRunsWindowsTests(t *testing.T) {
	winetest.Need(t)
	standin := winetest.Build(t, "./testdata/standin", "-ldflags=-H=windowsgui")
	packages := winetest.Packages(t)
	if packages["marsfix/steps/winmachine"] == "" {
		t.Fatalf("this package's own tests for Windows are not among %v", packages)
	}
	for pkg, dir := range packages {
		t.Run(pkg, func(t *testing.T) {
			winetest.New(t).RunTests(t, pkg, dir, envStandin+"="+standin)
		})
	}
}
