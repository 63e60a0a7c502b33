//go:build !windows

package disktest

import "os"

// OpenToAll lets everybody write to a file or folder of a mapped disk.
func OpenToAll(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	return os.Chmod(path, info.Mode().Perm()|0o002)
}

func symlinksAreDenied(error) bool { return false }
