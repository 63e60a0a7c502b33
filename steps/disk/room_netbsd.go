package disk

import "golang.org/x/sys/unix"

// roomAt is how many bytes this account can still write to the file system of an opened folder.
func roomAt(fd int) (uint64, error) {
	var st unix.Statvfs_t
	if err := unix.Fstatvfs(fd, &st); err != nil {
		return 0, err
	}
	return st.Bavail * st.Frsize, nil
}
