package winmachine

import (
	"context"
	"errors"
	"fmt"
	"runtime"

	"golang.org/x/sys/windows"
)

// Windows Installer holds this mutex while it carries out an installation
// (https://learn.microsoft.com/windows/win32/msi/-msiexecute-mutex). A running msiexec.exe proves nothing: its service
// lives on for ten minutes, and a wizard may keep one waiting.
const executeMutex = `Global\_MSIExecute`

// Busy reports whether Windows Installer is busy with another installation.
func (m *Machine) Busy(ctx context.Context) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	h, err := windows.OpenMutex(windows.SYNCHRONIZE, false, wide(executeMutex))
	if errors.Is(err, windows.ERROR_FILE_NOT_FOUND) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("cannot ask whether Windows Installer is busy: %w", err)
	}
	defer windows.CloseHandle(h)
	runtime.LockOSThread() // a mutex belongs to the thread that got it
	defer runtime.UnlockOSThread()
	event, err := windows.WaitForSingleObject(h, 0)
	switch {
	case err != nil:
		return false, fmt.Errorf("cannot ask whether Windows Installer is busy: %w", err)
	case event == uint32(windows.WAIT_TIMEOUT):
		return true, nil
	}
	// Held for the time between these two calls: who began an installation just then was told to wait, as by any other
	// one.
	if err := windows.ReleaseMutex(h); err != nil {
		return false, fmt.Errorf("cannot let Windows Installer's mutex go: %w", err)
	}
	return false, nil
}
