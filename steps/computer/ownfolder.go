package computer

import (
	"errors"
	"fmt"
	"io/fs"

	"marsfix/steps/disk"
)

// OwnFolder is the folder of all that marsfix keeps on a computer: its journal, its reports and private copies of
// installers. It lies where users can make nothing. Empty where the computer tells of no such place.
func OwnFolder(a About) string {
	if a.ProgramFiles == "" {
		return ""
	}
	return disk.Join(a.ProgramFiles, "marsfix")
}

// FormerFolder is where version 1.0.0 kept them. Users can make folders there, so its journal is read by undo and
// nothing is written to it.
func FormerFolder(a About) string {
	if a.DataDir == "" {
		return ""
	}
	return disk.Join(a.DataDir, "marsfix")
}

// OpenOwn opens a file that marsfix has written into a folder of its own. What anybody else could have written is
// refused, with a *disk.NotPrivateError as its cause.
func OpenOwn(d disk.Reader, dir, name string) (disk.File, error) {
	own, err := d.OpenPrivate(dir)
	if err != nil {
		return nil, err
	}
	defer own.Close()
	return own.Open(name)
}

// Absent reports whether an error means that something is not there, and not that nobody could look.
func Absent(err error) bool {
	return errors.Is(err, fs.ErrNotExist) || errors.Is(err, disk.ErrNoDrive) || errors.Is(err, ErrSilent)
}

// OwnCause is the cause of a failure in a folder of marsfix's own. Of what is in other hands it names the path: that is
// rarely the one that was to be written.
func OwnCause(err error) error {
	var not *disk.NotPrivateError
	var at *fs.PathError
	if errors.As(err, &not) && errors.As(err, &at) {
		return fmt.Errorf("\"%s\" is not marsfix's own: %w", at.Path, not)
	}
	return disk.WholeCause(err)
}

// OwnHint is what to do about something that is in other hands, or what is to be done otherwise.
func OwnHint(err error, otherwise string) string {
	var not *disk.NotPrivateError
	var at *fs.PathError
	if !errors.As(err, &not) || !errors.As(err, &at) {
		return otherwise
	}
	const look = "find out who made it; if nothing in it is suspicious: "
	switch not.Flaw {
	case disk.ForeignOwner:
		return look + fmt.Sprintf(`icacls "%s" /setowner *S-1-5-32-544`, at.Path)
	case disk.OpenToOthers:
		return look + fmt.Sprintf(`icacls "%s" /reset`, at.Path)
	}
	return fmt.Sprintf(`give it another name: ren "%s" "%s.old"`, at.Path, disk.Base(at.Path))
}
