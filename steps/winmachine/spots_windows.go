package winmachine

import (
	"os"
	"path/filepath"

	"golang.org/x/sys/windows"
)

// spots are the folders in which people put an installer: beside marsfix, Downloads and Desktop of the account that
// marsfix runs as, of the account that is logged on (another one when a consent prompt was answered with an
// administrator's), and the public ones.
func spots() []string {
	var dirs folders
	if exe, err := os.Executable(); err == nil {
		dirs.add(filepath.Dir(exe))
	}
	// 0 is this account. A pseudo token is none of those that may be asked with, and -1 would be the default user's.
	// https://learn.microsoft.com/windows/win32/api/shlobj_core/nf-shlobj_core-shgetknownfolderpath
	tokens := []windows.Token{0}
	if t, err := asking(shellToken); err == nil { // of a session that somebody else has elevated us in
		defer t.Close()
		tokens = append(tokens, t)
	}
	for _, t := range tokens {
		for _, id := range []*windows.KNOWNFOLDERID{windows.FOLDERID_Downloads, windows.FOLDERID_Desktop} {
			addKnown(&dirs, t, id)
		}
	}
	for _, id := range []*windows.KNOWNFOLDERID{windows.FOLDERID_PublicDownloads, windows.FOLDERID_PublicDesktop} {
		addKnown(&dirs, 0, id)
	}
	return dirs
}

// addKnown adds a folder if that account has it: a server's may lack any of them.
func addKnown(dirs *folders, t windows.Token, id *windows.KNOWNFOLDERID) {
	if dir, err := t.KnownFolderPath(id, 0); err == nil {
		dirs.add(dir)
	}
}

// shellToken is the token of who is logged on to this desktop: that of its shell.
func shellToken() (windows.Token, error) {
	shell := windows.GetShellWindow()
	if shell == 0 {
		return 0, windows.ERROR_INVALID_WINDOW_HANDLE
	}
	var pid uint32
	if _, err := windows.GetWindowThreadProcessId(shell, &pid); err != nil {
		return 0, err
	}
	p, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, pid)
	if err != nil {
		return 0, err
	}
	defer windows.CloseHandle(p)
	var t windows.Token
	// What SHGetKnownFolderPath needs to look as that account.
	err = windows.OpenProcessToken(p, windows.TOKEN_QUERY|windows.TOKEN_IMPERSONATE|windows.TOKEN_DUPLICATE, &t)
	return t, err
}

// cleanerDirs are folders to which programs that clean the cache move what they take, where there are such. No such
// program documents a fixed one; these are what people choose (experience).
func (m *Machine) cleanerDirs() []string {
	drives, err := m.disk.Drives()
	if err != nil {
		return nil // one place fewer in which the right package might lie
	}
	var dirs []string
	for _, drive := range drives {
		for _, name := range []string{"PatchCleaner", "PatchCleanerBackup", "InstallerBackup"} {
			if in, err := m.disk.Stat(drive + name); err == nil && in.Dir {
				dirs = append(dirs, in.Path)
			}
		}
	}
	return dirs
}
