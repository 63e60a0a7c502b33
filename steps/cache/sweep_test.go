package cache

import (
	"testing"

	"marsfix/steps/disk"
)

// Only what Copy names is offered for removal: the folder holds other people's files.
func TestIsLeftover(t *testing.T) {
	for _, kind := range []Kind{KindPackage, KindPatch} {
		if name := disk.LeftoverPrefix + disk.RandomName() + kind.Suffix(); !isLeftover(name) {
			t.Errorf("%s is none", name)
		}
	}
	for _, name := range []string{"7b5ea8.msi", "marsfix-.msi", "marsfix-0123.msi", "marsfix-0123456789abcdef0.msi",
		"marsfix-0123456789abcdeg.msi",
		"marsfix-0123456789ABCDEF.msi", "marsfix-0123456789abcdef.exe", "marsfix-0123456789abcdef",
		"7b5ea8.msi.marsfix-20260304T093000Z", ""} {
		if isLeftover(name) {
			t.Errorf("%s is one", name)
		}
	}
}
