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

// fileIDInfo is FILE_ID_INFO (winbase.h).
type fileIDInfo struct {
	Volume uint64
	File   [2]uint64
}

// attributeTagInfo is FILE_ATTRIBUTE_TAG_INFO (winbase.h).
type attributeTagInfo struct{ Attributes, Tag uint32 }

func infoOf(f *os.File) (Info, error) {
	h := windows.Handle(f.Fd())
	var by windows.ByHandleFileInformation
	if err := windows.GetFileInformationByHandle(h, &by); err != nil {
		return Info{}, err
	}
	link, err := isLink(h, by.FileAttributes)
	return Info{
		Size:    int64(by.FileSizeHigh)<<32 | int64(by.FileSizeLow),
		Written: time.Unix(0, by.LastWriteTime.Nanoseconds()),
		Dir:     by.FileAttributes&windows.FILE_ATTRIBUTE_DIRECTORY != 0 && !link,
		Link:    link,
		ID:      idOf(h, by),
	}, err
}

// ID asks for the identity of 128 bits (ReFS has no shorter one) and takes that of 64 bits where there is none (FAT).
func idOf(h windows.Handle, by windows.ByHandleFileInformation) ID {
	var id fileIDInfo
	err := windows.GetFileInformationByHandleEx(h, windows.FileIdInfo, (*byte)(unsafe.Pointer(&id)),
		uint32(unsafe.Sizeof(id)))
	if err == nil && id != (fileIDInfo{}) {
		return ID{volume: id.Volume, high: id.File[1], Low: id.File[0]}
	}
	return ID{volume: uint64(by.VolumeSerialNumber), Low: uint64(by.FileIndexHigh)<<32 | uint64(by.FileIndexLow)}
}
