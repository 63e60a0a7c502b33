package walk_test

import (
	"strings"
	"testing"

	"marsfix/steps/walk/walktest"
)

// repaired asserts the end: the package under its name, what was there before set aside, nothing else new.
func repaired(b walktest.Baseline, t *testing.T, dir string) {
	t.Helper()
	b.SameForeign(t, dir)
	aside := 0
	for name, hash := range walktest.CacheOf(t, dir) {
		switch {
		case name == b.Target:
			if hash != b.Good {
				t.Errorf("under %s lies %s", name, hash)
			}
		case strings.HasPrefix(name, b.Target+".marsfix-") && hash == b.Cache[b.Target]:
			aside++
		case b.Cache[name] != hash:
			t.Errorf("%s is new", name)
		}
	}
	if _, had := b.Cache[b.Target]; had != (aside == 1) {
		t.Errorf("%d files are set aside, and before there was one under the name: %v", aside, had)
	}
}
