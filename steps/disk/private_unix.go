//go:build unix

package disk

import (
	"errors"
	"os"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// held is an opened folder: on these systems every folder is.
type held = folder

// mappedRights tells that the rights of a mapped disk's files are looked at: those that the host keeps stand for a
// computer's own.
const mappedRights = true

func (d folder) entries() ([]Info, error) { return d.list(".") }

// guarded judges the opened folder.
func (d folder) guarded() error { return checkPrivate(d.f) }

// makePrivate makes the folder for the own account alone.
func (d folder) makePrivate(name string, _ bool) error { return unix.Mkdirat(d.fd(), name, 0o700) }

// enter opens a folder, never through a link.
func (d folder) enter(name string) (held, error) {
	fd, err := d.openAt(name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW)
	if err != nil {
		return held{}, d.notFolder(name, err)
	}
	return held{os.NewFile(uintptr(fd), name)}, nil
}

// notFolder tells what stands under the name instead of a folder.
func (d folder) notFolder(name string, err error) error {
	info, look := d.stat(name)
	switch {
	case look != nil:
		return err
	case info.Link:
		return &NotPrivateError{Flaw: FolderLink}
	case !info.Dir:
		return &NotPrivateError{Flaw: NotFolder}
	}
	return err
}

func (d folder) openIn(name, asked string) (*os.File, error) {
	fd, err := d.openAt(name, readFlags|unix.O_NOFOLLOW)
	if err != nil {
		return nil, d.strictCause(name, err)
	}
	return regular(fd, asked)
}

func (d folder) createIn(name, asked string, _ bool) (*os.File, error) { return d.create(name, asked) }

func (d folder) appendIn(name, asked string, _ bool) (*os.File, error) {
	fd, err := d.openAt(name, unix.O_WRONLY|unix.O_APPEND|unix.O_CREAT|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_NOCTTY)
	if errors.Is(err, unix.ENXIO) { // a pipe that nobody reads
		return nil, cause{ErrNotFile, err}
	}
	if err != nil {
		return nil, d.strictCause(name, err)
	}
	return regular(fd, asked)
}

// removeFolderIn compares and then deletes by name, as remove does.
func (d folder) removeFolderIn(name string, same ID) error {
	in, err := d.enter(name)
	if err != nil {
		return err
	}
	defer in.close() // while it is open its number cannot be given to another folder
	if info, err := in.stat("."); err != nil || info.ID != same {
		return errors.Join(ErrChanged, err)
	}
	return unix.Unlinkat(d.fd(), name, unix.AT_REMOVEDIR)
}

// rightsOf says in Windows' words what owner and mode say: root and the own account are the administrators here.
func rightsOf(f *os.File) (rights, error) {
	var st unix.Stat_t
	if err := unix.Fstat(int(f.Fd()), &st); err != nil {
		return rights{}, err
	}
	r := rights{owner: sidAdministrators}
	if !trusted(st.Uid) {
		r.owner = uidPrefix + strconv.FormatUint(uint64(st.Uid), 10)
	}
	if uint32(st.Mode)&0o020 != 0 {
		r.entries = append(r.entries, rightsEntry{mask: writeLike, sid: "its group"})
	}
	if uint32(st.Mode)&0o002 != 0 {
		r.entries = append(r.entries, rightsEntry{mask: writeLike, sid: sidEveryone})
	}
	return r, nil
}

// uidPrefix begins what stands for the SID of an account here.
const uidPrefix = "uid "

// accountOf is the name of an account.
func accountOf(sid string) string {
	if sid == sidEveryone {
		return "everyone"
	}
	number, ok := strings.CutPrefix(sid, uidPrefix)
	uid, err := strconv.ParseUint(number, 10, 32)
	if !ok || err != nil {
		return sid
	}
	return userName(uint32(uid))
}

// ownerOfAll is nobody: rightsOf knows the own account.
func ownerOfAll() (string, error) { return "", nil }
