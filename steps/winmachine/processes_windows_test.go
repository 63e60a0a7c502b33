package winmachine

import (
	"runtime"
	"testing"

	"golang.org/x/sys/windows"
)

// A look at all processes takes one buffer for paths, however many run: it is made every second.
func TestWindowsSnapshotsReuseOneBuffer(t *testing.T) {
	list, err := snapshot(t.Context()) // what is allocated once is allocated
	if err != nil {
		t.Fatal(err)
	}
	asked := 0
	for _, p := range list {
		if p.image != "" {
			asked++
		}
	}
	if asked < 3 {
		t.Fatalf("only %d of %d processes tell their program", asked, len(list))
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := snapshot(t.Context()); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	const buffer = 2 * windows.MAX_LONG_PATH
	if took, most := after.TotalAlloc-before.TotalAlloc, uint64(buffer+buffer/2+len(list)*2048); took > most {
		t.Errorf("%d processes took %d bytes, more than %d", len(list), took, most)
	}
}
