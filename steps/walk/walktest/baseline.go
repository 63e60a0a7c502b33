package walktest

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Baseline is what a scenario's disk holds before marsfix comes.
type Baseline struct {
	all    map[string]string
	Cache  map[string]string
	Good   string // hash of what is to be copied
	Target string // its name in the cache
}

func Untouched(t *testing.T, scenario string) Baseline {
	t.Helper()
	clock := &QuickClock{At: Began}
	r := NewRig(t, scenario, MemoryDir(t), clock.Now)
	if _, err := r.Machine.Disk().Stat(`C:\Windows`); err != nil {
		t.Fatal(err)
	}
	return Baseline{Places(t, r.Dir), CacheOf(t, r.Dir), Hashed(r.Good(t)), r.Target()}
}

// changing are the places where the computer itself writes during a walk: its logs, its registration.
func (b Baseline) changing(name string) bool {
	for _, dir := range []string{"Temp", filepath.Join("System32", "config")} {
		if strings.HasPrefix(name, filepath.Join("C", "Windows", dir)) {
			return true
		}
	}
	return strings.HasPrefix(name, filepath.Join("C", "Windows", "Installer", b.Target))
}

// SameForeign asserts that every file that is not marsfix's business is there and as it was.
func (b Baseline) SameForeign(t *testing.T, dir string) {
	t.Helper()
	now := Places(t, dir)
	for name, hash := range b.all {
		if !b.changing(name) && now[name] != hash {
			t.Errorf("%s was %s and is %q", name, hash, now[name])
		}
	}
}

// AsBefore asserts that the cache folder holds again what it held.
func (b Baseline) AsBefore(t *testing.T, dir string) {
	t.Helper()
	now := CacheOf(t, dir)
	for name, hash := range b.Cache {
		if now[name] != hash {
			t.Errorf("taken back, %s is %q and was %s", name, now[name], hash)
		}
	}
	for name := range now {
		if _, was := b.Cache[name]; !was {
			t.Errorf("taken back, %s is left", name)
		}
	}
}

// The test binary is its own victim: with these set it walks a practice computer in this folder and is killed before
// the given operation of its disk.
const (
	VictimDisk     = "STEPS_VICTIM_DISK"
	VictimScenario = "STEPS_VICTIM_SCENARIO"
	VictimOp       = "STEPS_VICTIM_OP"
)

// Reopened is the same computer on the disk that was left.
func Reopened(t *testing.T, scenario, left string) *Rig {
	t.Helper()
	clock := &QuickClock{At: Began.Add(time.Hour)}
	r := NewRig(t, scenario, MemoryDir(t), clock.Now)
	if _, err := r.Machine.Disk().Stat(`C:\Windows`); err != nil {
		t.Fatal(err)
	}
	own := filepath.Join(r.Dir, "C")
	if err := errors.Join(os.RemoveAll(own), os.Rename(filepath.Join(left, "C"), own)); err != nil {
		t.Fatal(err)
	}
	return r
}
