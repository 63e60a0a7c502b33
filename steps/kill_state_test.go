package steps_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// baseline is what a scenario's disk holds before marsfix comes.
type baseline struct {
	all   map[string]string
	cache map[string]string
	good  string
}

func untouched(t *testing.T, scenario string) baseline {
	t.Helper()
	clock := &quickClock{now: start}
	r := newRig(t, scenario, memoryDir(t), clock.Now)
	if _, err := r.Machine.Disk().Stat(`C:\Windows`); err != nil {
		t.Fatal(err)
	}
	return baseline{places(t, r.dir), cacheOf(t, r.dir), goodHash(t)}
}

// changing are the places where the computer itself writes during a walk: its logs, its registration.
func changing(name string) bool {
	for _, dir := range []string{"Temp", filepath.Join("System32", "config")} {
		if strings.HasPrefix(name, filepath.Join("C", "Windows", dir)) {
			return true
		}
	}
	return strings.HasPrefix(name, filepath.Join("C", "Windows", "Installer", targetName))
}

// sameForeign asserts that every file that is not marsfix's business is there and as it was.
func (b baseline) sameForeign(t *testing.T, dir string) {
	t.Helper()
	now := places(t, dir)
	for name, hash := range b.all {
		if !changing(name) && now[name] != hash {
			t.Errorf("%s was %s and is %q", name, hash, now[name])
		}
	}
}

// repaired asserts the end: the package under its name, what was there before set aside, nothing else new.
func (b baseline) repaired(t *testing.T, dir string) {
	t.Helper()
	b.sameForeign(t, dir)
	aside := 0
	for name, hash := range cacheOf(t, dir) {
		switch {
		case name == targetName:
			if hash != b.good {
				t.Errorf("under %s lies %s", name, hash)
			}
		case strings.HasPrefix(name, targetName+".marsfix-") && hash == b.cache[targetName]:
			aside++
		case b.cache[name] != hash:
			t.Errorf("%s is new", name)
		}
	}
	if _, had := b.cache[targetName]; had != (aside == 1) {
		t.Errorf("%d files are set aside, and before there was one under the name: %v", aside, had)
	}
}

// asBefore asserts that the cache folder holds again what it held.
func (b baseline) asBefore(t *testing.T, dir string) {
	t.Helper()
	now := cacheOf(t, dir)
	for name, hash := range b.cache {
		if now[name] != hash {
			t.Errorf("taken back, %s is %q and was %s", name, now[name], hash)
		}
	}
	for name := range now {
		if _, was := b.cache[name]; !was {
			t.Errorf("taken back, %s is left", name)
		}
	}
}
