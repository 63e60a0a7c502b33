package cache_test

import (
	"path/filepath"
	"strings"
	"testing"

	"marsfix/steps/disk/disktest"
	"marsfix/steps/screen"
	"marsfix/steps/walk/walktest"
)

// standing is what lay on a computer's disk before a deed, to be compared with what lies there after it.
type standing struct {
	t       *testing.T
	r       *walktest.Rig
	all     map[string]string // every file of the disk
	cache   map[string]string // the files of the cache folder
	target  string            // the name that the copy gets
	good    string            // hash of what is copied
	foreign string            // hash of the unusable file under the target's name, or set aside; empty: none
}

func start(d walktest.Deed, t *testing.T, r *walktest.Rig) *standing {
	t.Helper()
	b := &standing{t: t, r: r, all: walktest.Places(t, r.Dir), cache: walktest.CacheOf(t, r.Dir), target: r.Target(),
		good: walktest.Hashed(r.Good(t))}
	for name, hash := range b.cache {
		if name == b.target || strings.HasPrefix(name, b.target+".marsfix-") {
			b.foreign = hash
		}
	}
	return b
}

// news are the names in the cache folder that were not there.
func (b *standing) news() map[string]string {
	b.t.Helper()
	found := map[string]string{}
	for name, hash := range walktest.CacheOf(b.t, b.r.Dir) {
		if _, was := b.cache[name]; !was {
			found[name] = hash
		}
	}
	return found
}

// stands asserts what holds whatever broke: no foreign file is lost or changed, the unusable file lies under its name
// or aside, and under the target's name lies nothing but it or the whole package.
func (b *standing) stands() {
	b.t.Helper()
	now := walktest.Places(b.t, b.r.Dir)
	target := filepath.Join("C", "Windows", "Installer", b.target)
	for name, hash := range b.all {
		if strings.HasPrefix(name, target) || strings.Contains(name, "journal.jsonl") {
			continue
		}
		if now[name] != hash {
			b.t.Errorf("%s was %s and is %q", name, hash, now[name])
		}
	}
	kept := 0
	for name, hash := range walktest.CacheOf(b.t, b.r.Dir) {
		if strings.HasPrefix(name, b.target) && hash == b.foreign {
			kept++
		} else if strings.HasPrefix(name, b.target) && (name != b.target || hash != b.good) {
			b.t.Errorf("under %s lies something that is not the package: %s", name, hash)
		}
	}
	if b.foreign != "" && kept != 1 {
		b.t.Errorf("the unusable file lies %d times in the cache folder, want once", kept)
	}
}

// passed asserts that the deed was done: the package under its name, or the unusable file aside; no temporary file.
func (b *standing) passed(e *walktest.Engineer) {
	b.t.Helper()
	b.stands()
	sc := e.Walk.Screen()
	for name := range b.news() {
		if walktest.Temporary(name) {
			b.t.Errorf("%s was left behind", name)
		}
	}
	done := walktest.CacheOf(b.t, b.r.Dir)[b.target] == b.good
	if done != (sc.State == screen.Done) {
		b.t.Errorf("step %d is %v, and the package under its name: %v", sc.Step, sc.State, done)
	}
}

// failed asserts that nothing was changed, that the problem names a path and the cause, and that leaving now ends with
// 1.
func (b *standing) failed(e *walktest.Engineer, c walktest.Call, cause error) {
	b.t.Helper()
	b.stands()
	p := e.Problem()
	if p.Code == "" || p.Hint == "" || !strings.Contains(p.Message, `"C:\`) {
		b.t.Errorf("after %s the problem names no path or no way on: %+v", c.Op, p)
	}
	if verified := p.Code == "copy-not-verified" && c.Op != disktest.Rename; !verified &&
		!strings.Contains(p.Message, cause.Error()) {
		b.t.Errorf("after %s of %s the problem does not tell why (%v): %+v", c.Op, c.Path, cause, p)
	}
	if _, whole := walktest.CacheOf(b.t, b.r.Dir)[b.target]; whole && b.foreign == "" {
		b.t.Error("the deed failed and the target is there")
	}
}

// repaired asserts the end of a walk that went through.
func (b *standing) repaired() {
	b.t.Helper()
	if hash := walktest.CacheOf(b.t, b.r.Dir)[b.target]; hash != b.good {
		b.t.Errorf("at the end %s is %q", b.target, hash)
	}
	for name := range b.news() {
		if walktest.Temporary(name) {
			b.t.Errorf("at the end %s is left", name)
		}
	}
	if b.foreign == "" {
		return
	}
	for name, hash := range walktest.CacheOf(b.t, b.r.Dir) {
		if strings.HasPrefix(name, b.target+".marsfix-") && hash == b.foreign {
			return
		}
	}
	b.t.Error("at the end the file that was set aside is lost")
}
