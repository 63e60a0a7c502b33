package cache

import (
	"strings"

	"marsfix/steps/disk"
)

// ID is the Unique_ID of a path in the cache folder: its name without ".msi", or ".msp" of a patch. Empty when the path
// is not directly in the folder, or the name is not 1 to 16 hex digits and that suffix: the same rule that a logged
// name meets.
func ID(windowsDir, path string, kind Kind) string {
	if !disk.SamePath(disk.Dir(path), disk.Join(windowsDir, "Installer")) {
		return ""
	}
	name := disk.Base(path)
	if len(name) < 5 || len(name) > 20 || !strings.EqualFold(name[len(name)-4:], kind.Suffix()) {
		return ""
	}
	id := name[:len(name)-4]
	for _, r := range id {
		if !strings.ContainsRune("0123456789abcdefABCDEF", r) {
			return ""
		}
	}
	return id
}

// Path is the path that a Unique_ID has on this computer. It is composed from what the system reports and never taken
// from a log.
func Path(windowsDir, id string, kind Kind) string {
	if id == "" {
		return ""
	}
	return disk.Join(windowsDir, "Installer", id+kind.Suffix())
}
