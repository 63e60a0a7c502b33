package look

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/practice"
)

// onDisk is a computer that is asked for nothing but its disk.
type onDisk struct {
	computer.Looker
	d disk.Reader
}

func (o onDisk) Disk() disk.Reader { return o.d }

// A search ends when the headers of files have taken as much reading as is allowed, and that is no look at all of them.
func TestASearchEndsAtItsLimit(t *testing.T) {
	dir := t.TempDir()
	const code = "{00000000-0000-4000-8000-%012d}"
	for i := range 10 {
		content := practice.Patch{Code: fmt.Sprintf(code, i)}.Bytes()
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("%d.msp", i)), content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var f Facts
	f.File = LostFile{Kind: cache.KindPatch, Place: `C:\Windows\Installer\abc1.msp`, Code: fmt.Sprintf(code, 99)}
	search := func(headers int64) LostFile {
		s := newSearch(context.Background(), onDisk{d: disk.NewMapped(map[byte]string{'C': dir})}, f)
		s.headers = headers
		s.folder(`C:\`)
		s.run()
		l := f.File
		l.Wrong, l.Search = s.lost.Wrong, s.Search
		return l
	}
	for headers, want := range map[int64]string{
		mostHeaders: "the 10 .msp files here are other patches",
		1:           "only the first 1 of 10 .msp files were looked at",
	} {
		if got := search(headers).LookedAt(); got != want {
			t.Errorf("with %d bytes: %q, want %q", headers, got, want)
		}
	}
}
