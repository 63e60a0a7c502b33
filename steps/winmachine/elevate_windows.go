package winmachine

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"marsfix/steps/computer"
)

// errDeclined means that the engineer answered no to Windows' question for an administrator's rights (ERROR_CANCELLED).
var errDeclined = errors.New("the question for an administrator's rights was answered with no")

// Elevate starts marsfix again with Arguments and an administrator's rights. Our mutex is let go first: the
// other one would take us for somebody else.
func (m *Machine) Elevate(ctx context.Context) (int, error) {
	m.mu.Lock()
	err := m.release()
	m.mu.Unlock()
	if err != nil {
		return 0, fmt.Errorf("cannot let go of the mutex %s: %w", ownMutex, err)
	}
	args := m.Arguments
	if args == nil {
		args = os.Args[1:]
	}
	return runElevated(ctx, args)
}

// runElevated starts this program again with an administrator's rights, in a console of its own and the same folder,
// waits for its end and returns its exit code. errDeclined: the engineer said no; steps.ErrNoDesktop: nobody could see
// Windows' question. It leaves the elevated program running when it is told to stop waiting.
func runElevated(ctx context.Context, args []string) (int, error) {
	if !visibleDesktop() {
		return 0, computer.ErrNoDesktop
	}
	process, err := shellRunAs(args)
	if errors.Is(err, windows.ERROR_CANCELLED) {
		return 0, errDeclined
	}
	if err != nil {
		return 0, fmt.Errorf("cannot start marsfix as administrator: %w", err)
	}
	defer windows.CloseHandle(process)
	for {
		const tick = 100 * time.Millisecond // how late an end of ctx may be noticed; the end of the program is at once
		event, err := windows.WaitForSingleObject(process, uint32(tick.Milliseconds()))
		if err != nil {
			return 0, fmt.Errorf("cannot wait for the elevated marsfix: %w", err)
		}
		if event == windows.WAIT_OBJECT_0 {
			break
		}
		if err := ctx.Err(); err != nil {
			return 0, err
		}
	}
	var code uint32
	if err := windows.GetExitCodeProcess(process, &code); err != nil {
		return 0, fmt.Errorf("cannot read the exit code of the elevated marsfix: %w", err)
	}
	return int(code), nil
}

// shellRunAs asks the shell to start this program with the verb that raises Windows' question.
// https://learn.microsoft.com/windows/win32/api/shellapi/ns-shellapi-shellexecuteinfow
func shellRunAs(args []string) (windows.Handle, error) {
	exe, err := os.Executable()
	if err != nil {
		return 0, err
	}
	dir, err := os.Getwd()
	if err != nil {
		return 0, err
	}
	exe, dir, args = overShare(exe, behindDrive), overShare(dir, behindDrive), overShares(args, behindDrive)
	runtime.LockOSThread() // COM is set up for a thread
	defer runtime.UnlockOSThread()
	if err := windows.CoInitializeEx(0, windows.COINIT_APARTMENTTHREADED|windows.COINIT_DISABLE_OLE1DDE); err == nil {
		defer windows.CoUninitialize()
	}
	const (
		keepProcess = 0x40  // SEE_MASK_NOCLOSEPROCESS
		wait        = 0x100 // SEE_MASK_NOASYNC: this thread has no message loop
		quiet       = 0x400 // SEE_MASK_FLAG_NO_UI: errors come back as codes
	)
	info := shellExecuteInfo{mask: keepProcess | wait | quiet, verb: wide("runas"), file: wide(exe),
		parameters: wide(commandTail(args)), directory: wide(dir), show: windows.SW_SHOWNORMAL}
	info.size = uint32(unsafe.Sizeof(info))
	if err := shellExecuteEx(&info); err != nil {
		return 0, err
	}
	if info.process == 0 {
		return 0, errors.New("the shell started it without telling which process it is")
	}
	return info.process, nil
}

// commandTail is what stands behind the program's name on a command line. Each argument is escaped by itself:
// ComposeCommandLine takes the first one for a program's name, in which a backslash before the closing quote is no
// escape.
func commandTail(args []string) string {
	escaped := make([]string, len(args))
	for i, a := range args {
		escaped[i] = windows.EscapeArg(a)
	}
	return strings.Join(escaped, " ")
}
