package look

import (
	"errors"
	"io/fs"
	"slices"

	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// parentsUp is how far above a process's image the extraction folder is looked for.
const parentsUp = 3

// wizardFolder is the folder from which a running wizard was started; empty when that of none is found. The error is
// why one of them could not be examined.
func wizardFolder(d disk.Reader, f Facts) (string, error) {
	look := disk.NewOwnLook(d)
	var unseen error
	for _, p := range f.Ours() {
		dir, err := extractionFolder(look, p.Image)
		if dir != "" {
			return dir, nil
		}
		if unseen == nil {
			unseen = err
		}
	}
	return "", unseen
}

// extractionFolder is the folder above a process's image that holds the package; empty when none does. The error is why
// one of them could not be examined.
func extractionFolder(look *disk.OwnLook, image string) (string, error) {
	dir := image
	var unseen error
	for range parentsUp {
		up := disk.Dir(dir)
		if up == dir || len(up) <= 3 {
			break
		}
		dir = up
		in, err := look.Stat(disk.Join(dir, InstallersDir, PackageName))
		switch {
		case err == nil && !in.Dir:
			return dir, nil
		case err != nil && !notThere(err) && unseen == nil:
			unseen = err
		}
	}
	return "", unseen
}

// notThere reports whether an error means that this computer has no such file. Any other error means that it could not
// be examined.
func notThere(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, disk.ErrNoDrive) || errors.Is(err, disk.ErrLink)
}

// folderOptions are the folders that may be the extraction folder: those of wizards that are not of this repair, with
// who runs them, and those at the drives' roots.
func folderOptions(d disk.Reader, f Facts) []screen.Option {
	look := disk.NewOwnLook(d)
	var options []screen.Option
	add := func(dir, note string) {
		if dir != "" && !slices.ContainsFunc(options,
			func(o screen.Option) bool { return disk.SamePath(o.Label, dir) }) {
			options = append(options, screen.Option{Label: dir, Note: note})
		}
	}
	for _, p := range f.Strangers() {
		dir, _ := extractionFolder(look, p.Image) // what could not be examined cannot be offered
		add(dir, "may not be yours: "+p.Whose())
	}
	for _, dir := range extractionFolders(d) {
		add(dir, "")
	}
	return options
}

// extractionFolders are the folders at the drives' roots that hold the package.
func extractionFolders(d disk.Reader) []string {
	drives, err := d.Drives()
	if err != nil {
		return nil // without choices the step says that no folder was found
	}
	look := disk.NewOwnLook(d)
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
			if p, err := look.Stat(disk.Join(in.Path, InstallersDir, PackageName)); err == nil && !p.Dir {
				dirs = append(dirs, in.Path)
			}
		}
	}
	return dirs
}

// isFolder reports whether path is a folder on one of the computer's own drives.
func isFolder(d disk.Reader, path string) bool {
	in, err := disk.StatOwn(d, path)
	return err == nil && in.Dir
}
