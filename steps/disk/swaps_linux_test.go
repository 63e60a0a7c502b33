package disk_test

import (
	"errors"
	"os"
	"sync"
	"testing"

	"golang.org/x/sys/unix"

	"marsfix/steps/disk"
)

// Somebody exchanges the file and his own in one call, so that one of them is always there, and does so faster than it
// is compared and renamed: his is never renamed for good.
func TestRenamingHoldsAgainstExchanges(t *testing.T) {
	if _, err := os.Stat("/dev/shm"); err == nil {
		t.Setenv("TMPDIR", "/dev/shm") // each rename is flushed: in memory ten times as many are tried in the same time
	}
	onEach(t, func(t *testing.T, p place) {
		tmp, theirs := p.onHost("tmp"), p.onHost("theirs")
		put(t, tmp, "mine")
		put(t, theirs, "foreign")
		mine := idOf(t, p.disk, p.path("tmp"))
		done := make(chan struct{})
		var ended sync.WaitGroup
		ended.Go(func() {
			for {
				select {
				case <-done:
					return
				default: // fails while the file bears its new name
					_ = unix.Renameat2(unix.AT_FDCWD, tmp, unix.AT_FDCWD, theirs, unix.RENAME_EXCHANGE)
				}
			}
		})
		defer ended.Wait()
		defer close(done)
		renamed, refused := 0, 0
		for range 4000 {
			err := p.disk.Rename(p.path("tmp"), p.path("target"), mine)
			if err != nil {
				if !errors.Is(err, disk.ErrChanged) {
					t.Fatal(err)
				}
				refused++
				continue
			}
			renamed++
			if info, err := p.disk.Stat(p.path("target")); err != nil || info.ID != mine {
				t.Fatalf("the foreign file has the new name: %+v, %v", info, err)
			}
			if err := os.Rename(p.onHost("target"), tmp); err != nil {
				t.Fatal(err)
			}
		}
		if renamed == 0 || refused == 0 {
			t.Fatalf("renamed %d times, refused %d times: nothing was exchanged", renamed, refused)
		}
	})
}
