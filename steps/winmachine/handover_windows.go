package winmachine

import "golang.org/x/sys/windows"

// behindDrive is what a letter stands for that was mapped to a share (net use) or a folder (subst); empty for a drive
// of its own, and where nobody can tell: the elevated marsfix then says that it does not see it.
func behindDrive(drive string) string {
	buf := make([]uint16, windows.MAX_LONG_PATH)
	if n, err := windows.QueryDosDevice(wide(drive), &buf[0], uint32(len(buf))); err == nil {
		if to := substituted(windows.UTF16ToString(buf[:n])); to != "" {
			return to
		}
	}
	if windows.GetDriveType(wide(drive+`\`)) != windows.DRIVE_REMOTE {
		return ""
	}
	n := uint32(len(buf))
	if err := wnetGetConnection(wide(drive), &buf[0], &n); err != nil {
		return ""
	}
	return windows.UTF16ToString(buf)
}
