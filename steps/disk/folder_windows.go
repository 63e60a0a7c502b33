package disk

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

// folder is the path of a folder with the prefix `\\?\`, without a `\` at its end.
type folder struct{ at string }

// folderOf takes an opened folder over: from here on its final path stands for it. Somebody who may rename folders on
// the host could exchange it meanwhile; mapped folders are the practice computer's and copies of disks.
func folderOf(f *os.File) (folder, error) {
	path, err := finalPath(f)
	if err != nil {
		return folder{}, closeAnd(err, f)
	}
	return folder{strings.TrimSuffix(path, `\`)}, f.Close()
}

// close has nothing to do: a path holds nothing.
func (folder) close() {}

func (d folder) path(name string) string {
	if name == "." {
		return d.root()
	}
	return d.at + `\` + name
}

// root is the folder's own path; that of a drive needs the `\` at its end, else it is the volume.
func (d folder) root() string {
	if strings.HasSuffix(d.at, ":") {
		return d.at + `\`
	}
	return d.at
}

func (d folder) stat(name string) (Info, error) {
	h, err := openHandle(d.path(name), windows.FILE_READ_ATTRIBUTES, shareAny, backupSemantics|openLink)
	if err != nil {
		return Info{}, err
	}
	f := os.NewFile(uintptr(h), name)
	info, err := infoOf(f)
	return info, errors.Join(err, f.Close())
}

// list asks each entry by name, since a listing tells neither identity nor, on every system, what a link is. An entry
// that goes away meanwhile is left out.
func (d folder) list(name string) ([]Info, error) {
	entries, err := os.ReadDir(d.path(name))
	if err != nil {
		return nil, err
	}
	sub := folder{strings.TrimSuffix(d.path(name), `\`)}
	list := make([]Info, 0, len(entries))
	for _, entry := range entries {
		info, err := sub.stat(entry.Name())
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			info, err = listed(entry)
		}
		if err != nil {
			return nil, err
		}
		info.Path = entry.Name()
		list = append(list, info)
	}
	slices.SortFunc(list, func(a, b Info) int { return strings.Compare(a.Path, b.Path) })
	return list, nil
}

// listed is what the listing itself tells of an entry that cannot be opened: everything but its identity.
func listed(entry fs.DirEntry) (Info, error) {
	info, err := entry.Info()
	if err != nil {
		return Info{}, err
	}
	link := info.Mode()&(fs.ModeSymlink|fs.ModeIrregular) != 0
	return Info{Size: info.Size(), Written: info.ModTime(), Dir: info.IsDir() && !link, Link: link}, nil
}

// free asks the folder under the name, or this one where that is not there.
func (d folder) free(name string) (free uint64, err error) {
	err = windows.GetDiskFreeSpaceEx(wide(d.path(name)), &free, nil, nil)
	if err != nil && name != "." {
		return d.free(".")
	}
	return free, err
}

// What GetFileInformationByHandleEx tells, as winbase.h has it, in numbers of the same alignment.
type (
	fileBasicInfo struct {
		Created, Read, Written, Changed int64 // as windows.Filetime, which has another alignment
		Attributes, _                   uint32
	}
	fileStandardInfo struct {
		Allocated, Size int64
		Links           uint32
		Deleting, Dir   bool
		_               [2]byte
	}
	fileIDInfo struct {
		Volume uint64
		File   [2]uint64
	}
	attributeTagInfo struct{ Attributes, Tag uint32 }
)

// ask asks for one of these, whose class it is.
func ask[T any](h windows.Handle, class uint32, info *T) error {
	return windows.GetFileInformationByHandleEx(h, class, (*byte)(unsafe.Pointer(info)), uint32(unsafe.Sizeof(*info)))
}

func infoOf(f *os.File) (Info, error) {
	h := windows.Handle(f.Fd())
	var basic fileBasicInfo
	var standard fileStandardInfo
	err := errors.Join(ask(h, windows.FileBasicInfo, &basic), ask(h, windows.FileStandardInfo, &standard))
	if err != nil {
		return Info{}, err
	}
	written := windows.Filetime{LowDateTime: uint32(basic.Written), HighDateTime: uint32(basic.Written >> 32)}
	link, err1 := isLink(h)
	id, err2 := idOf(h)
	return Info{
		Size:    standard.Size,
		Written: time.Unix(0, written.Nanoseconds()),
		Dir:     basic.Attributes&windows.FILE_ATTRIBUTE_DIRECTORY != 0 && !link,
		Link:    link,
		ID:      id,
	}, errors.Join(err1, err2)
}

// idOf asks for the identity of 128 bits (ReFS has no shorter one) and takes that of 64 bits where there is none (FAT).
func idOf(h windows.Handle) (ID, error) {
	var id fileIDInfo
	if err := ask(h, windows.FileIdInfo, &id); err == nil && id != (fileIDInfo{}) {
		return ID{volume: id.Volume, high: id.File[1], Low: id.File[0]}, nil
	}
	var by windows.ByHandleFileInformation
	err := windows.GetFileInformationByHandle(h, &by)
	return ID{volume: uint64(by.VolumeSerialNumber), Low: uint64(by.FileIndexHigh)<<32 | uint64(by.FileIndexLow)}, err
}
