package disk

import (
	"io/fs"
	"strings"
)

// ErrNotOwn is the cause of OwnLook for a path that is on no fixed or removable drive of this computer. It answers to
// ErrNoDrive too: to whoever does not look, a share's letter is one that is not there.
var ErrNotOwn error = notOwn{}

type notOwn struct{}

func (notOwn) Error() string        { return "it is on no fixed or removable drive of this computer" }
func (notOwn) Is(target error) bool { return target == ErrNoDrive }

// OwnLook looks at paths that somebody else chose: the image of a process, a line of a log, a folder of a user's. It
// never leaves the computer, since a look at a share sends the credentials of whoever looks to its server: only paths
// on a letter of a fixed or removable drive are looked at, and none that leads through a link, which may point to a
// share. It remembers the folders that it has passed, so it is for one look at many paths; what is put into their place
// meanwhile it does not see.
type OwnLook struct {
	r      Reader
	drives []string
	err    error // why the drives could not be listed
	passed map[string]error
}

// NewOwnLook lists the drives once.
func NewOwnLook(r Reader) *OwnLook {
	l := &OwnLook{r: r, passed: map[string]error{}}
	l.drives, l.err = r.Drives()
	return l
}

// OnOwnDrive tells why a path must not be looked at: ErrNotOwn, or that the drives could not be listed. nil: it may.
func OnOwnDrive(r Reader, path string) error { return NewOwnLook(r).allows(path) }

// StatOwn is Stat as OwnLook does it, for a single path.
func StatOwn(r Reader, path string) (Info, error) { return NewOwnLook(r).Stat(path) }

// Stat describes what is under the name. ErrNotOwn: it was not looked at. ErrLink: a link stands in the path.
func (l *OwnLook) Stat(path string) (Info, error) {
	if err := l.allows(path); err != nil {
		return Info{}, fail("stat", path, err)
	}
	for i := len(`C:\`); i < len(path); i++ {
		if path[i] != '\\' {
			continue
		}
		if err := l.pass(path[:i]); err != nil {
			return Info{}, fail("stat", path, err)
		}
	}
	return l.r.Stat(path)
}

func (l *OwnLook) allows(path string) error {
	if l.err != nil {
		return l.err
	}
	for _, root := range l.drives {
		if len(path) >= len(root) && strings.EqualFold(path[:len(root)], root) {
			return nil
		}
	}
	return ErrNotOwn
}

// pass asks for a folder on the way, once.
func (l *OwnLook) pass(dir string) error {
	key := folded(dir)
	err, asked := l.passed[key]
	if !asked {
		var in Info
		if in, err = l.r.Stat(dir); err == nil && in.Link {
			err = &fs.PathError{Op: "stat", Path: dir, Err: ErrLink}
		}
		l.passed[key] = err
	}
	return err
}
