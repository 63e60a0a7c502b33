package winmachine

import (
	"context"
	"errors"
	"path/filepath"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
)

// errElevationNeeded means that a program asks for an administrator's rights that marsfix does not have
// (ERROR_ELEVATION_REQUIRED).
var errElevationNeeded = errors.New("it needs administrator rights, and marsfix is running without them")

// installer is a started program that is followed. Its handles keep the process id from being given to another process,
// and the exit code from being forgotten.
type installer struct {
	pid     int
	process windows.Handle
	started time.Time
	job     windows.Handle // 0: it could not be put into one
	ours    bool           // Start started it
}

func (in *installer) close() error {
	err := windows.CloseHandle(in.process)
	if in.job != 0 {
		err = errors.Join(err, windows.CloseHandle(in.job))
	}
	return err
}

// Start starts a program by its full path, without a shell and without a switch, in its own folder. The program gets
// none of our handles and neither console nor process group of ours, so Ctrl+C here does not reach it, and it lives on
// when marsfix ends.
func (m *Machine) Start(ctx context.Context, program string) (int, error) {
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	if !visibleDesktop() {
		return 0, computer.ErrNoDesktop
	}
	if !filepath.IsAbs(program) {
		return 0, disk.Fail("start", program, disk.ErrBadPath)
	}
	info, err := createSuspended(program)
	if errors.Is(err, windows.ERROR_ELEVATION_REQUIRED) {
		err = errElevationNeeded
	}
	if err != nil {
		return 0, disk.Fail("start", program, err)
	}
	in := &installer{pid: int(info.ProcessId), process: info.Process, started: startOf(info.Process),
		job: observe(info.Process), ours: true}
	_, err = windows.ResumeThread(info.Thread)
	err = errors.Join(err, windows.CloseHandle(info.Thread))
	if err != nil {
		// It has not run a single instruction yet, so nothing is cut off by ending it.
		return 0, errors.Join(disk.Fail("start", program, err), windows.TerminateProcess(in.process, 1), in.close())
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if old := m.started[in.pid]; old != nil {
		_ = old.close() // the new one runs, whatever becomes of handles on one that has ended
	}
	m.started[in.pid] = in
	return in.pid, nil
}

// createSuspended makes the process without letting it run. Its error mode is Windows' own: it would inherit that of a
// Go program, which keeps quiet about crashes.
// https://learn.microsoft.com/windows/win32/procthread/process-creation-flags
func createSuspended(program string) (info windows.ProcessInformation, err error) {
	const flags = windows.CREATE_SUSPENDED | windows.CREATE_NEW_PROCESS_GROUP | windows.DETACHED_PROCESS |
		windows.CREATE_UNICODE_ENVIRONMENT |
		windows.CREATE_DEFAULT_ERROR_MODE
	si := windows.StartupInfo{Cb: uint32(unsafe.Sizeof(windows.StartupInfo{}))}
	err = windows.CreateProcess(wide(program), wide(windows.EscapeArg(program)), nil, nil, false, flags, nil,
		wide(filepath.Dir(program)), &si, &info)
	return info, err
}

// observe puts a process into a job that only tells what runs in it: it limits nothing, ends nothing when it is closed,
// and children that ask to leave it may (without that flag their CreateProcess would fail). 0 where Windows refuses,
// because the process is in another job that takes no other; then the parent chain has to do.
func observe(process windows.Handle) windows.Handle {
	job, err := windows.CreateJobObject(nil, nil)
	if err != nil {
		return 0
	}
	// Only the extended limits know this flag: with the basic ones the call is refused.
	var limits windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION
	limits.BasicLimitInformation.LimitFlags = windows.JOB_OBJECT_LIMIT_BREAKAWAY_OK
	_, err = windows.SetInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)))
	if err == nil {
		err = windows.AssignProcessToJobObject(job, process)
	}
	if err != nil {
		windows.CloseHandle(job)
		return 0
	}
	return job
}
