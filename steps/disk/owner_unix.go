//go:build unix

package disk

import (
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
	owner := Owner{Name: userName(st.Uid), Trust: Unknown}
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
