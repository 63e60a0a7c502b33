//go:build unix

package disk

import (
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// folder is an opened folder; everything is done by name in it, wherever its path leads meanwhile.
type folder struct{ f *os.File }

// openFolder opens the folder, following links.
func openFolder(path string) (folder, error) {
	fd, err := retried(func() (int, error) {
		return unix.Open(path, searchOnly|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	})
	if err != nil {
		return folder{}, err
	}
	return folder{os.NewFile(uintptr(fd), path)}, nil
}

// folderOf takes an opened folder over.
func folderOf(f *os.File) (folder, error) { return folder{f}, nil }

func (d folder) fd() int { return int(d.f.Fd()) }

// close cannot lose anything: nothing is written through a folder's handle.
func (d folder) close() { _ = d.f.Close() }

func (d folder) stat(name string) (Info, error) {
	var st unix.Stat_t
	if err := unix.Fstatat(d.fd(), name, &st, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		return Info{}, err
	}
	return infoFrom(&st), nil
}

func infoFrom(st *unix.Stat_t) Info {
	return Info{
		Size:    st.Size,
		Written: time.Unix(st.Mtim.Unix()),
		Dir:     uint32(st.Mode)&unix.S_IFMT == unix.S_IFDIR,
		Link:    uint32(st.Mode)&unix.S_IFMT == unix.S_IFLNK,
		ID:      idFrom(st),
	}
}

// idFrom counts the inode from 1, so that no file has the zero ID.
func idFrom(st *unix.Stat_t) ID {
	return ID{volume: uint64(st.Dev), high: 1, Low: uint64(st.Ino)}
}

func infoOf(f *os.File) (Info, error) {
	var st unix.Stat_t
	if err := unix.Fstat(int(f.Fd()), &st); err != nil {
		return Info{}, err
	}
	return infoFrom(&st), nil
}

// list names the entries of the folder under the name.
func (d folder) list(name string) ([]Info, error) {
	fd, err := d.openAt(name, unix.O_RDONLY|unix.O_DIRECTORY)
	if err != nil {
		return nil, err
	}
	f := os.NewFile(uintptr(fd), name)
	sub := folder{f}
	defer sub.close()
	names, err := f.Readdirnames(-1)
	if err != nil {
		return nil, err
	}
	return describe(names, sub.stat)
}

// free asks the folder under the name, or this one where that is not there.
func (d folder) free(name string) (uint64, error) {
	at := d.fd()
	if fd, err := d.openAt(name, searchOnly|unix.O_DIRECTORY); err == nil {
		sub := folder{os.NewFile(uintptr(fd), name)}
		defer sub.close()
		at = fd
	}
	return roomAt(at)
}

// openAt opens the name in the folder, interrupted calls repeated.
func (d folder) openAt(name string, flags int) (int, error) {
	return retried(func() (int, error) {
		return unix.Openat(d.fd(), name, flags|unix.O_CLOEXEC, 0o644)
	})
}

// retried repeats a call that a signal interrupted.
func retried(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != unix.EINTR {
			return n, err
		}
	}
}
