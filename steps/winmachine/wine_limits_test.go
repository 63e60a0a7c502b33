//go:build linux

package winmachine

import "marsfix/steps/winmachine/winetest"

const (
	noLinks     = "Wine makes no symbolic links, and says that it does"
	noToolchain = "the prefix has no Go; real programs are read on Linux and on a real Windows"
)

// limits are the tests of each package that do not hold on Wine's Windows, and why.
var limits = map[string]winetest.Limits{
	"marsfix/steps/pe": {
		"TestReadsRealPrograms":           noToolchain,
		"TestSaysWhatIsWrongInThreeReads": noToolchain,
	},
}
