package winmachine

import (
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

// asking does f where every process may be asked for its program, account and rights, whoever runs it: without
// SeDebugPrivilege those of other accounts answer not even an administrator
// (https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-openprocesstoken, Remarks). The
// privilege is switched on for this thread and not for the program, whose installer would inherit it. Where a policy
// withholds it, or to who has none, f is done all the same: what it cannot ask then is unknown.
func asking[T any](f func() (T, error)) (T, error) {
	runtime.LockOSThread()
	privileged := windows.ImpersonateSelf(windows.SecurityImpersonation) == nil
	defer func() {
		if !privileged || windows.RevertToSelf() == nil {
			runtime.UnlockOSThread() // a thread that could not be put back is used for nothing else
		}
	}()
	if privileged {
		_ = enableDebug() // see above
	}
	return f()
}

// enableDebug switches SeDebugPrivilege on in the thread's own token.
func enableDebug() error {
	var t windows.Token
	if err := windows.OpenThreadToken(windows.CurrentThread(), windows.TOKEN_ADJUST_PRIVILEGES, true, &t); err != nil {
		return err
	}
	defer t.Close()
	p := windows.Tokenprivileges{PrivilegeCount: 1}
	p.Privileges[0].Attributes = windows.SE_PRIVILEGE_ENABLED
	if err := windows.LookupPrivilegeValue(nil, wide("SeDebugPrivilege"), &p.Privileges[0].Luid); err != nil {
		return err
	}
	return windows.AdjustTokenPrivileges(t, false, &p, uint32(unsafe.Sizeof(p)), nil, nil)
}
