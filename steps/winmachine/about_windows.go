package winmachine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"marsfix/steps/computer"
)

// About tells who this computer is. The Windows folder is the system's own: on a terminal server GetWindowsDirectory is
// another one for every user
// (https://learn.microsoft.com/windows/win32/api/sysinfoapi/nf-sysinfoapi-getsystemwindowsdirectoryw).
func (m *Machine) About(ctx context.Context) (computer.About, error) {
	if err := ctx.Err(); err != nil {
		return computer.About{}, err
	}
	dir, err := windows.GetSystemWindowsDirectory()
	if err != nil {
		return computer.About{}, fmt.Errorf("cannot find the Windows folder: %w", err)
	}
	name, err := os.Hostname()
	if err != nil {
		return computer.About{}, fmt.Errorf("cannot read the computer's name: %w", err)
	}
	data, err1 := windows.KnownFolderPath(windows.FOLDERID_ProgramData, 0)
	programs, err2 := windows.KnownFolderPath(windows.FOLDERID_ProgramFiles, 0)
	if err := errors.Join(err1, err2); err != nil {
		return computer.About{}, fmt.Errorf("cannot find the folders of programs and their data: %w", err)
	}
	a := computer.About{
		Name: name, System: systemName(), Elevated: windows.GetCurrentProcessToken().IsElevated(),
		Desktop:    visibleDesktop(),
		WindowsDir: dir, WindowsNames: []string{strings.TrimPrefix(dir[len(`C:`):], `\`)},
		Temps: m.temps(dir), InstallerSpots: spots(), DataDir: data, ProgramFiles: programs,
		CleanerDirs: m.cleanerDirs(), RestartPending: restartPending(),
		SystemFiles: systemFiles(dir),
	}
	a.OtherMarsfix, err = m.otherMarsfix(ctx)
	return a, err
}

// systemFiles are files of Windows that carry their signature inside, small ones first. Most of it is signed by
// catalogs; what is loaded before these can be read is not.
// https://learn.microsoft.com/windows-hardware/drivers/install/embedded-signatures-in-a-driver-file
func systemFiles(windowsDir string) []string {
	var files []string
	for _, name := range []string{`drivers\volmgr.sys`, `drivers\disk.sys`, `drivers\ntfs.sys`, `ntoskrnl.exe`} {
		files = append(files, windowsDir+`\System32\`+name)
	}
	return files
}

// systemName is like "Windows Server 2019 Standard 10.0.17763".
func systemName() string {
	v := windows.RtlGetVersion()
	name := "Windows"
	if k, err := openKey(`SOFTWARE\Microsoft\Windows NT\CurrentVersion`); err == nil {
		if s, _, err := k.GetStringValue("ProductName"); err == nil {
			name = s
		}
		k.Close()
	}
	const firstWindows11 = 22000 // whose ProductName still reads Windows 10
	if v.BuildNumber >= firstWindows11 {
		name = strings.Replace(name, "Windows 10", "Windows 11", 1)
	}
	return fmt.Sprintf("%s %d.%d.%d", name, v.MajorVersion, v.MinorVersion, v.BuildNumber)
}

// openKey opens a key of the machine for reading, in the view of 64-bit programs: that of Windows Installer.
func openKey(path string) (registry.Key, error) {
	return registry.OpenKey(registry.LOCAL_MACHINE, path, registry.READ|registry.WOW64_64KEY)
}

// visibleDesktop reports whether windows started from here can be seen: the window station has a screen (WSF_VISIBLE).
// Over SSH and WinRM and in services it has none.
func visibleDesktop() bool {
	const (
		uoiFlags   = 1
		wsfVisible = 1
	)
	station, err := getProcessWindowStation()
	if err != nil {
		return false
	}
	var f userObjectFlags
	err = getUserObjectInformation(station, uoiFlags, unsafe.Pointer(&f), uint32(unsafe.Sizeof(f)), nil)
	return err == nil && f.flags&wsfVisible != 0
}

// temps are the folders in which programs of this computer may have left their logs, those of SYSTEM and the machine
// first.
func (m *Machine) temps(windowsDir string) []string {
	var dirs folders
	dirs.add(windowsDir + `\Temp`)
	if in, err := m.disk.Stat(windowsDir + `\SystemTemp`); err == nil && in.Dir {
		dirs.add(in.Path)
	}
	if k, err := openKey(`SYSTEM\CurrentControlSet\Control\Session Manager\Environment`); err == nil {
		if s, _, err := k.GetStringValue("TEMP"); err == nil {
			if s, err = registry.ExpandString(s); err == nil {
				dirs.add(s)
			}
		}
		k.Close()
	}
	dirs.add(os.TempDir())
	return dirs
}

// restartPending reports whether Windows waits for a restart: servicing, updates, or files to be renamed by the next
// start (MOVEFILE_DELAY_UNTIL_REBOOT).
func restartPending() bool {
	for _, path := range []string{
		`SOFTWARE\Microsoft\Windows\CurrentVersion\Component Based Servicing\RebootPending`,
		`SOFTWARE\Microsoft\Windows\CurrentVersion\WindowsUpdate\Auto Update\RebootRequired`,
	} {
		if k, err := openKey(path); err == nil {
			k.Close()
			return true
		}
	}
	k, err := openKey(`SYSTEM\CurrentControlSet\Control\Session Manager`)
	if err != nil {
		return false
	}
	defer k.Close()
	names, _, err := k.GetStringsValue("PendingFileRenameOperations")
	return err == nil && len(names) > 0
}
