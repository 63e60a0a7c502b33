package cache

import (
	"strings"

	"marsfix/logscan"
	"marsfix/steps/disk"
)

// ID is the Unique_ID of a path in the cache folder: its name without ".msi", or ".msp" of a patch. Empty when the path
// is not directly in the folder, or the name without that suffix is no id: the same rule as for a logged name.
func ID(windowsDir, path string, kind Kind) string {
	if !disk.SamePath(disk.Dir(path), disk.Join(windowsDir, "Installer")) {
		return ""
	}
	name := disk.Base(path)
	end := max(0, len(name)-len(kind.Suffix()))
	if !strings.EqualFold(name[end:], kind.Suffix()) || !logscan.IsID(name[:end]) {
		return ""
	}
	return name[:end]
}

// Path is the path that a Unique_ID has on this computer. It is composed from what the system reports and never taken
// from a log.
func Path(windowsDir, id string, kind Kind) string {
	if id == "" {
		return ""
	}
	return disk.Join(windowsDir, "Installer", id+kind.Suffix())
}
