package cache

import (
	"strings"

	"marsfix/steps/disk"
)

// ID is the Unique_ID of a path in the cache folder: its name without ".msi". Empty when the path is not directly in the folder,
// or the name is not 1 to 16 hex digits and ".msi": the same rule that a logged name meets.
func ID(windowsDir, path string) string {
	if !disk.SamePath(disk.Dir(path), disk.Join(windowsDir, "Installer")) {
		return ""
	}
	name := disk.Base(path)
	if len(name) < 5 || len(name) > 20 || !strings.EqualFold(name[len(name)-4:], ".msi") {
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

// Path is the path that a Unique_ID has on this computer. It is composed from what the system reports and never taken from a log.
func Path(windowsDir, id string) string {
	if id == "" {
		return ""
	}
	return disk.Join(windowsDir, "Installer", id+".msi")
}
