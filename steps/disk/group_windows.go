package disk

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// Documented at https://learn.microsoft.com/windows/win32/api/lmaccess/nf-lmaccess-netlocalgroupgetmembers
//sys	netLocalGroupGetMembers(server *uint16, group *uint16, level uint32, buf **byte, prefMaxLen uint32, read *uint32, total *uint32, resume *uintptr) (neterr error) = netapi32.NetLocalGroupGetMembers

//go:generate go run golang.org/x/sys/windows/mkwinsyscall -output zgroup_windows.go group_windows.go

// administrators lists the direct members of the local group Administrators, whatever it is called here, by SID.
func administrators() ([]string, error) {
	group, err := windows.StringToSid(sidAdministrators)
	if err != nil {
		return nil, err
	}
	name, _, _, err := group.LookupAccount("")
	if err != nil {
		return nil, err
	}
	const all = 0xFFFFFFFF // MAX_PREFERRED_LENGTH: as much memory as it takes
	var buf *byte
	var read, total uint32
	if err := netLocalGroupGetMembers(nil, wide(name), 0, &buf, all, &read, &total, nil); err != nil {
		return nil, err
	}
	defer windows.NetApiBufferFree(buf) // it has nothing to say
	members := make([]string, 0, read)
	for _, sid := range unsafe.Slice((**windows.SID)(unsafe.Pointer(buf)), read) { // LOCALGROUP_MEMBERS_INFO_0
		members = append(members, sid.String())
	}
	return members, nil
}
