package steps

import (
	"fmt"
	"strings"

	"marsfix/steps/cache"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// cacheOwner is who owns the cache folder, when that is neither SYSTEM nor Administrators: Windows Installer empties such a
// folder. Empty where it is as it should be, or nobody can tell.
func cacheOwner(d disk.Reader, f Facts) string {
	if f.About.DiskSilent || f.About.Root != "" {
		return ""
	}
	o, err := d.Owner(disk.Join(f.About.WindowsDir, "Installer"))
	if err != nil || o.Trust == disk.Trusted {
		return ""
	}
	return o.Name
}

// movedPackages are the places to which a known cache cleaner has moved the lost package.
func movedPackages(d disk.Reader, f Facts) []string {
	if f.Decision.Verdict != RepairNeeded || f.Decision.Present {
		return nil
	}
	var found []string
	for _, dir := range f.About.CleanerDirs {
		p := disk.Join(dir, disk.Base(f.Decision.Path))
		if in, err := d.Stat(p); err == nil && !in.Dir {
			found = append(found, p)
		}
	}
	return found
}

// explanations are problems that tell why packages may have gone: they explain the illness and stop nothing.
func explanations(f Facts) []screen.Problem {
	var ps []screen.Problem
	if f.CacheOwner != "" {
		ps = append(ps, cache.OwnerProblem(disk.Join(f.About.WindowsDir, "Installer"), f.CacheOwner))
	}
	if len(f.Moved) > 0 {
		ps = append(ps, screen.Problem{Code: screen.CodePackageMoved,
			Message: fmt.Sprintf("a cache cleaner has moved the package to %s", strings.Join(f.Moved, " and ")),
			Cure:    "step 9 offers it if the installer's own package is not the right one; tell whoever runs the cleaner"})
	}
	return ps
}
