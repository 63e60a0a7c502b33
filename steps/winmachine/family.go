package winmachine

import (
	"strings"
	"time"
)

// process is a process of a snapshot.
type process struct {
	pid, parent int
	name        string    // file name of its image
	image       string    // full path; empty when this account may not ask
	started     time.Time // zero when this account may not ask
}

// family are the ids of a process and of all that descends from it. Windows gives ids of ended processes to new ones,
// so a child counts only when it was not started before its parent; where either time is not known, it does not count.
// started is the time of the first one, which may have ended.
func family(list []process, first int, started time.Time) map[int]bool {
	children := map[int][]process{}
	for _, p := range list {
		children[p.parent] = append(children[p.parent], p)
	}
	in := map[int]bool{first: true}
	for found := []process{{pid: first, started: started}}; len(found) > 0; found = found[1:] {
		parent := found[0]
		if parent.started.IsZero() {
			continue
		}
		for _, p := range children[parent.pid] {
			if !in[p.pid] && !p.started.IsZero() && !p.started.Before(parent.started) {
				in[p.pid] = true
				found = append(found, p)
			}
		}
	}
	return in
}

// isInstaller reports whether an image bears the installer's name.
func isInstaller(name string) bool {
	name = strings.ToLower(name)
	return strings.HasPrefix(name, installerPrefix) && strings.HasSuffix(name, ".exe")
}

// besideImage are the places where an extraction folder that this image runs from would have its package: in the
// image's folder and in the one above. Only paths on a drive letter count; a drive's root is no extraction folder.
func besideImage(image string) []string {
	var places []string
	for dir := image; len(places) < 2; {
		i := strings.LastIndexByte(dir, '\\')
		if i <= len(`C:`) || dir[1] != ':' {
			break
		}
		dir = dir[:i]
		places = append(places, dir+`\`+packageBeside)
	}
	return places
}

// startTime is when a process of the list was started, zero when that is not known.
func startTime(list []process, pid int) time.Time {
	for _, p := range list {
		if p.pid == pid {
			return p.started
		}
	}
	return time.Time{}
}
