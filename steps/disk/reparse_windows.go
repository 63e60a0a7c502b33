package disk

import (
	"encoding/binary"
	"errors"
	"unicode/utf16"

	"golang.org/x/sys/windows"
)

// nameSurrogate is the bit of a reparse tag that says "this stands for another name": IsReparseTagNameSurrogate,
// https://learn.microsoft.com/windows/win32/fileio/reparse-point-tags.
const nameSurrogate = 0x20000000

// isLink reports whether what is opened is a link. Other reparse points (deduplication, tiering) are ordinary files,
// and a mount point to a volume is an ordinary folder.
func isLink(h windows.Handle) (bool, error) {
	tag, err := reparseTag(h)
	if err != nil || tag&nameSurrogate == 0 {
		return false, err
	}
	if tag != windows.IO_REPARSE_TAG_MOUNT_POINT {
		return true, nil
	}
	target, err := mountTarget(h)
	return !isVolume(target), err
}

// reparseTag is 0 for what is no reparse point. Nothing else is asked for a tag: FAT, which has none, would refuse the
// question itself (https://github.com/microsoft/STL/pull/2373).
func reparseTag(h windows.Handle) (uint32, error) {
	var basic fileBasicInfo
	err := ask(h, windows.FileBasicInfo, &basic)
	if err != nil || basic.Attributes&windows.FILE_ATTRIBUTE_REPARSE_POINT == 0 {
		return 0, err
	}
	var info attributeTagInfo
	err = ask(h, windows.FileAttributeTagInfo, &info)
	return info.Tag, err
}

var errShortReparse = errors.New("the reparse point is cut off")

// mountTarget reads where a mount point leads: the substitute name of MountPointReparseBuffer in REPARSE_DATA_BUFFER,
// https://learn.microsoft.com/windows-hardware/drivers/ddi/ntifs/ns-ntifs-_reparse_data_buffer.
func mountTarget(h windows.Handle) (string, error) {
	buf := make([]byte, windows.MAXIMUM_REPARSE_DATA_BUFFER_SIZE)
	var n uint32
	err := windows.DeviceIoControl(h, windows.FSCTL_GET_REPARSE_POINT, nil, 0, &buf[0], uint32(len(buf)), &n, nil)
	if err != nil {
		return "", err
	}
	const header = 16 // tag, length and reserved, four offsets and lengths
	if n < header {
		return "", errShortReparse
	}
	from := header + int(binary.LittleEndian.Uint16(buf[8:]))
	to := from + int(binary.LittleEndian.Uint16(buf[10:]))
	if to > int(n) {
		return "", errShortReparse
	}
	name := make([]uint16, (to-from)/2)
	for i := range name {
		name[i] = binary.LittleEndian.Uint16(buf[from+2*i:])
	}
	return string(utf16.Decode(name)), nil
}
