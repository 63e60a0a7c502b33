package steps

import "marsfix/steps/disk"

// parentsUp is how far above a process's image the extraction folder is looked for.
const parentsUp = 3

// wizardFolder is the folder from which a running wizard was started; empty when none tells.
func wizardFolder(d disk.Reader, f Facts) string {
	for _, p := range f.Wizards {
		if dir := holder(d, p.Image); dir != "" {
			return dir
		}
	}
	return ""
}

// holder is the folder above a process's image that holds the package; empty when none does.
func holder(d disk.Reader, image string) string {
	dir := image
	for range parentsUp {
		up := dirOf(dir)
		if up == dir || len(up) <= 3 {
			return ""
		}
		dir = up
		if in, err := d.Stat(join(dir, installersDir, packageName)); err == nil && !in.Dir {
			return dir
		}
	}
	return ""
}

// extractionFolders are the folders at the drives' roots that hold the package.
func extractionFolders(d disk.Reader) []string {
	drives, err := d.Drives()
	if err != nil {
		return nil // nothing to choose from; the step says so
	}
	var dirs []string
	for _, dr := range drives {
		infos, err := d.List(dr)
		if err != nil {
			continue // a drive without a medium offers nothing
		}
		for _, in := range infos {
			if !in.Dir {
				continue
			}
			if p, err := d.Stat(join(in.Path, installersDir, packageName)); err == nil && !p.Dir {
				dirs = append(dirs, in.Path)
			}
		}
	}
	return dirs
}

func isFolder(d disk.Reader, path string) bool {
	in, err := d.Stat(path)
	return err == nil && in.Dir
}
