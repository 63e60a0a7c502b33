package steps

import "strings"

// join puts Windows path elements together, whatever system this runs on.
func join(dir string, elems ...string) string {
	p := strings.TrimRight(dir, `\`)
	for _, e := range elems {
		p += `\` + e
	}
	return p
}

// folderPath is a folder's path without the backslash with which Windows Installer keeps its sources; a drive keeps it.
func folderPath(p string) string {
	p = strings.TrimRight(p, `\`)
	if len(p) == len("C:") {
		p += `\`
	}
	return p
}

// dirOf is the path without its last element; a drive keeps its backslash.
func dirOf(p string) string {
	i := strings.LastIndexByte(p, '\\')
	if i < 0 {
		return p
	}
	if i == 2 {
		return p[:3]
	}
	return p[:i]
}

// baseOf is the last element of a path.
func baseOf(p string) string { return p[strings.LastIndexByte(p, '\\')+1:] }

// samePath compares two paths as Windows does: without case.
func samePath(a, b string) bool {
	return strings.EqualFold(strings.TrimRight(a, `\`), strings.TrimRight(b, `\`))
}

// idOf is the Unique_ID of a path in the cache folder: its name without ".msi". Empty when the path is not directly in the folder,
// or the name is not 1 to 16 hex digits and ".msi": the same rule that a logged name meets.
func idOf(windowsDir, path string) string {
	if !samePath(dirOf(path), join(windowsDir, "Installer")) {
		return ""
	}
	name := baseOf(path)
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

// cached is the path that a Unique_ID has on this computer. It is composed from what the system reports and never taken from a log.
func cached(windowsDir, id string) string {
	if id == "" {
		return ""
	}
	return join(windowsDir, "Installer", id+".msi")
}
