package cache_test

import (
	"errors"
	"testing"
	"time"

	"marsfix/steps/cache"
	"marsfix/steps/disk"
	"marsfix/steps/practice"
)

// A package that a log or a registration places on a share, or on a letter that is none of the computer's own drives,
// is not opened: that would send the engineer's credentials there.
func TestNoPackageElsewhereIsOpened(t *testing.T) {
	m, err := practice.New(practice.Options{Keep: t.TempDir(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	for path, opens := range map[string]bool{`C:\x\OBSAGENT.msi`: true, `\\server\share\OBSAGENT.msi`: false,
		`\\?\UNC\server\share\OBSAGENT.msi`: false,
		`\\?\C:\x\OBSAGENT.msi`:             false, `Z:\OBSAGENT.msi`: false, `//server/share/OBSAGENT.msi`: false,
		`OBSAGENT.msi`: false} {
		opened := false
		p, file := cache.Identify(m, path, func(disk.Reader, string) (disk.File, bool, error) {
			opened = true
			return nil, false, errors.New("the server has seen it")
		})
		if opened != opens || file != nil || p.Trouble == nil || p.Unseen == opens {
			t.Errorf("%s: opened %v, %+v", path, opened, p)
		}
	}
}
