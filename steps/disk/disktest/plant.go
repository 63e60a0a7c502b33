package disktest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Link makes a symbolic link. Its error is errors.ErrUnsupported where the system makes none: Windows for an ordinary
// user, and Wine, which says that it did.
func Link(target, path string) error {
	if err := os.Symlink(target, path); err != nil {
		if symlinksAreDenied(err) {
			return fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
		}
		return err
	}
	if _, err := os.Lstat(path); err != nil {
		return fmt.Errorf("%w: %w", errors.ErrUnsupported, err)
	}
	return nil
}

// NeedLinks skips a test where this system makes no symbolic links.
func NeedLinks(t testing.TB) {
	t.Helper()
	Planted(t, Link("nowhere", filepath.Join(t.TempDir(), "link")))
}

// Planted goes on with a test once something was put on its disk, and skips it where this system has no such thing.
func Planted(t testing.TB, err error) {
	t.Helper()
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		t.Skipf("this system has no such thing: %v", err)
	case err != nil:
		t.Fatal(err)
	}
}
