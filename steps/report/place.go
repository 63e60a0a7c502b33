package report

import (
	"cmp"
	"path/filepath"

	"marsfix/steps/disk"
)

// Into makes a folder of this system for a report that command will write, and tells its whole path; none where no
// folder is named. That a file can be written into it is tried out: whoever learns it at the end has walked for
// nothing.
func Into(dir, command string) (full string, err error) {
	if dir == "" {
		return "", nil
	}
	if full, err = filepath.Abs(dir); err == nil {
		err = tryDir(disk.NewLocal(), full)
	}
	if err != nil {
		return "", problem(command, dir, err).Err(command)
	}
	return full, nil
}

// tryDir makes a folder if it is not there, and a file in it that it removes at once.
func tryDir(d disk.Disk, dir string) error {
	if err := d.MakeFolder(dir); err != nil {
		return err
	}
	path := disk.SiblingName(filepath.Join(dir, htmlName))
	file, err := d.Create(path)
	if err != nil {
		return err
	}
	info, err := file.Info()
	if cerr := file.Close(); err == nil {
		err = cerr
	}
	if rerr := d.Remove(path, info.ID); rerr != nil {
		return &disk.CleanupError{Err: cmp.Or(err, rerr), Remove: rerr}
	}
	return err
}
