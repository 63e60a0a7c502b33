package disk

import (
	"os"
	"strings"

	"golang.org/x/sys/windows"
)

// native finds paths of this computer as they stand. Windows gets them with the prefix `\\?\`, which lifts the limit of
// 260 characters and keeps it from reading names as anything but names.
type native struct{}

func (native) separator() string { return `\` }

func (native) rights() bool { return true }

func (native) locate(path string) (folder, string, error) {
	root, names, err := nativePath(path)
	if err != nil {
		return folder{}, "", err
	}
	if len(names) == 0 {
		return folder{root}, ".", nil
	}
	last := len(names) - 1
	return folder{strings.Join(append([]string{root}, names[:last]...), `\`)}, names[last], nil
}

func (n native) isFolder(path string) bool {
	dir, name, err := n.locate(path)
	if err != nil {
		return false
	}
	info, err := os.Stat(dir.path(name))
	return err == nil && info.IsDir()
}

// nativePath takes a path apart into the root, without its last `\`, and the names below it.
func nativePath(path string) (root string, names []string, err error) {
	if share, ok := strings.CutPrefix(path, `\\`); ok {
		return sharePath(share)
	}
	letter, names, err := parseDrive(path)
	if err != nil {
		return "", nil, err
	}
	root = `\\?\` + string(letter) + `:`
	if windows.GetDriveType(wide(string(letter)+`:\`)) == windows.DRIVE_NO_ROOT_DIR {
		return "", nil, ErrNoDrive
	}
	return root, names, nil
}

// sharePath takes `server\share\a\b` apart.
func sharePath(path string) (root string, names []string, err error) {
	names, err = parseNames(path)
	if err != nil || len(names) < 2 {
		return "", nil, ErrBadPath
	}
	return `\\?\UNC\` + names[0] + `\` + names[1], names[2:], nil
}

func (l *Local) Open(path string, share Share) (File, error) {
	if share == ShareNoLink {
		return l.openItself(path)
	}
	dir, name, err := native{}.locate(path)
	if err != nil {
		return nil, fail("open", path, err)
	}
	var f *os.File
	open := func() error {
		f, err = openFile(dir.path(name), path, share)
		return err
	}
	if share == ShareRead {
		err = patiently(open) // what was just written or downloaded may have a scanner at it
	} else {
		err = open()
	}
	if err != nil {
		return nil, fail("open", path, err)
	}
	return opened{handle{f, path}}, nil
}

func (l *Local) OpenStrict(path string) (File, bool, error) {
	if strings.HasPrefix(path, `\\`) {
		return nil, false, fail("open", path, ErrBadPath) // what its server follows cannot be seen from here
	}
	root, names, err := nativePath(path)
	if err != nil {
		return nil, false, fail("open", path, err)
	}
	return openStrictIn(folder{root}, names, path)
}

// Drives leaves out network drives, CDs and RAM disks.
func (l *Local) Drives() ([]string, error) {
	mask, err := windows.GetLogicalDrives()
	if err != nil {
		return nil, fail("drives", `\`, err)
	}
	var roots []string
	for i := range 26 {
		root := string(rune('A'+i)) + `:\`
		if mask&(1<<i) == 0 {
			continue
		}
		switch windows.GetDriveType(wide(root)) {
		case windows.DRIVE_FIXED, windows.DRIVE_REMOVABLE:
			roots = append(roots, root)
		}
	}
	return roots, nil
}

// Removable is false for a share: what it lies on cannot be seen from here.
func (l *Local) Removable(path string) (bool, error) {
	if strings.HasPrefix(path, `\\`) {
		return false, nil
	}
	letter, _, err := parseDrive(path)
	if err != nil {
		return false, fail("removable", path, err)
	}
	return windows.GetDriveType(wide(string(letter)+`:\`)) == windows.DRIVE_REMOVABLE, nil
}

// wide is the text as Windows takes it. Paths have been checked for NUL before; of anything else the part before it
// counts.
func wide(s string) *uint16 {
	before, _, _ := strings.Cut(s, "\x00")
	p, err := windows.UTF16PtrFromString(before)
	if err != nil {
		return new(uint16)
	}
	return p
}

// rootReadFlags opens a file below an os.Root for reading; what it turns out to be is checked afterwards.
const rootReadFlags = os.O_RDONLY
