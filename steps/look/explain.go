package look

import (
	"fmt"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// cacheFolder is the problem of a cache folder to which others than SYSTEM and Administrators can write; nil where they
// cannot, or where that is not known.
func cacheFolder(d disk.Reader, f Facts) *screen.Problem {
	if f.About.DiskSilent || f.About.Root != "" {
		return nil
	}
	return cache.FolderProblem(d, disk.Join(f.About.WindowsDir, "Installer"))
}

// movedPackages are the places to which a known cache cleaner has moved the lost package.
func movedPackages(d disk.Reader, f Facts) []string {
	if f.Decision.Verdict != RepairNeeded || f.Decision.Present {
		return nil
	}
	var found []string
	for _, dir := range f.About.CleanerDirs {
		p := disk.Join(dir, disk.Base(f.Decision.Path))
		// this only explains: of a folder that cannot be looked at nothing is said
		if in, err := disk.StatOwn(d, p); err == nil && !in.Dir {
			found = append(found, p)
		}
	}
	return found
}

// explanations are problems that say why packages may have gone. They stop nothing.
func explanations(f Facts) []screen.Problem {
	var ps []screen.Problem
	if f.cacheFolder != nil {
		ps = append(ps, *f.cacheFolder)
	}
	if len(f.moved) > 0 {
		ps = append(ps, screen.Problem{Code: screen.CodePackageMoved,
			Message: fmt.Sprintf("a cache cleaner has moved the package to %s", strings.Join(f.moved, " and ")),
			Cure:    "step 9 offers it if the installer's own package is not the right one; tell whoever runs the cleaner"})
	}
	return ps
}
