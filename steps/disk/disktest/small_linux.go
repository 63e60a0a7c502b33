package disktest

import (
	"os"
	"testing"

	"golang.org/x/sys/unix"
)

// Small is a folder on a disk of the size given, as mount takes it: "4m". Only root can make one; where marsfix is
// tested for good that is no excuse.
func Small(t testing.TB, size string) string {
	t.Helper()
	dir := t.TempDir()
	if err := unix.Mount("tmpfs", dir, "tmpfs", 0, "size="+size); err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("cannot mount a small disk: %v", err)
		}
		t.Skipf("cannot mount a small disk here (root can): %v", err)
	}
	t.Cleanup(func() {
		if err := unix.Unmount(dir, 0); err != nil {
			t.Error(err)
		}
	})
	return dir
}
