//go:build unix

package disk

import (
	"errors"
	"os"
	"os/user"
	"strconv"

	"golang.org/x/sys/unix"
)

// owner trusts root and the own account. Who else is an administrator here cannot be known: the rest are strangers.
func (d folder) owner(name string) (Owner, error) {
	var st unix.Stat_t
	if err := unix.Fstatat(d.fd(), name, &st, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		return Owner{}, err
	}
	owner := Owner{Name: userName(st.Uid), Trust: Stranger}
	if trusted(st.Uid) {
		owner.Trust = Trusted
	}
	return owner, nil
}

func trusted(uid uint32) bool { return uid == 0 || int(uid) == os.Getuid() }

// userName asks the directory of accounts, which may be far away.
func userName(uid uint32) string {
	number := strconv.FormatUint(uint64(uid), 10)
	return within(nameLimit, number, func() (string, error) {
		u, err := user.LookupId(number)
		if err != nil {
			return "", err
		}
		return u.Username, nil
	})
}

// makePrivate makes the folder with mode 0700. The rights of an existing one count only where they are this computer's own.
func (d folder) makePrivate(name string, _ bool) error {
	err := unix.Mkdirat(d.fd(), name, 0o700)
	if err == nil || !errors.Is(err, unix.EEXIST) {
		return err
	}
	fd, err := d.openAt(name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW)
	if err != nil {
		return d.notFolder(name, err)
	}
	dir := folder{os.NewFile(uintptr(fd), name)}
	defer dir.close()
	var st unix.Stat_t
	if err := unix.Fstat(fd, &st); err != nil {
		return err
	}
	switch {
	case !trusted(st.Uid):
		return &NotPrivateError{ForeignOwner, userName(st.Uid)}
	case uint32(st.Mode)&0o022 != 0:
		return &NotPrivateError{OpenToOthers, "other accounts"}
	}
	return nil
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
