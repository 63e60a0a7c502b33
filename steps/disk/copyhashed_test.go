package disk_test

import (
	"bytes"
	"io"
	"testing"

	"marsfix/steps/disk"
)

// counted counts how often it is read.
type counted struct {
	io.ReaderAt
	reads int
}

func (c *counted) ReadAt(b []byte, at int64) (int, error) {
	c.reads++
	return c.ReaderAt.ReadAt(b, at)
}

// What claims to be larger than any package or program is not hashed, however long that would take.
func TestHashReadsNothingOfWhatIsTooLarge(t *testing.T) {
	const most = 2 << 30
	for n, read := range map[int64]bool{5: true, most + 1: false, 64 << 30: false} {
		c := &counted{ReaderAt: bytes.NewReader([]byte("short"))}
		sum, err := disk.Hash(t.Context(), c, n, disk.Unreported)
		if (c.reads > 0) != read || (err == nil) != read || (sum != "") != read {
			t.Errorf("of %d bytes, after %d reads, the hash is %q, %v", n, c.reads, sum, err)
		}
	}
}
