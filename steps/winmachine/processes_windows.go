package winmachine

import (
	"context"
	"errors"
	"fmt"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"marsfix/steps/computer"
)

// snapshot lists the processes of all sessions. Image and time are those that this account may ask for.
func snapshot(ctx context.Context) ([]process, error) {
	h, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return nil, fmt.Errorf("cannot list the running processes: %w", err)
	}
	defer windows.CloseHandle(h)
	var list []process
	// one for all: step 11 and 12 look every second, and a server runs hundreds of processes
	buf := make([]uint16, windows.MAX_LONG_PATH)
	e := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err = windows.Process32First(h, &e); err == nil; err = windows.Process32Next(h, &e) {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p := process{pid: int(e.ProcessID), parent: int(e.ParentProcessID), name: windows.UTF16ToString(e.ExeFile[:])}
		p.image, p.started = imageAndStart(e.ProcessID, buf)
		list = append(list, p)
	}
	if !errors.Is(err, windows.ERROR_NO_MORE_FILES) {
		return nil, fmt.Errorf("cannot list the running processes: %w", err)
	}
	return list, nil
}

// imageAndStart asks a process for its program and its time of creation; zero values where it may not be asked or has
// ended. The buffer is for the longest path that there is.
func imageAndStart(pid uint32, buf []uint16) (image string, started time.Time) {
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, pid)
	if err != nil {
		return "", time.Time{}
	}
	defer windows.CloseHandle(h)
	return imageOf(h, buf), startOf(h)
}

func imageOf(h windows.Handle, buf []uint16) string {
	n := uint32(len(buf))
	if err := windows.QueryFullProcessImageName(h, 0, &buf[0], &n); err != nil {
		return ""
	}
	return windows.UTF16ToString(buf[:n])
}

func startOf(h windows.Handle) time.Time {
	var created, exited, kernel, user windows.Filetime
	if err := windows.GetProcessTimes(h, &created, &exited, &kernel, &user); err != nil {
		return time.Time{}
	}
	return time.Unix(0, created.Nanoseconds())
}

// describe says of a process what the screens show, and whose it is.
func describe(p process) computer.Process {
	d := computer.Process{PID: p.pid, Parent: p.parent, Image: p.image, Started: p.started}
	if d.Image == "" {
		d.Image = p.name
	}
	if err := windows.ProcessIdToSessionId(uint32(p.pid), &d.Session); err != nil {
		d.Session = 0 // it has ended meanwhile; the next look will not see it
	}
	t, err := tokenOf(p.pid)
	if err != nil {
		return d // whose it is stays unknown
	}
	defer t.Close()
	d.User, d.Own, d.Elevated = userOf(t), isOwn(t), isElevated(t)
	return d
}

// tokenOf opens a process's token for asking.
func tokenOf(pid int) (windows.Token, error) {
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION, false, uint32(pid))
	if err != nil {
		return 0, err
	}
	defer windows.CloseHandle(h)
	var t windows.Token
	err = windows.OpenProcessToken(h, windows.TOKEN_QUERY, &t)
	return t, err
}

// userOf is the account that a process runs as, DOMAIN\name; empty when that cannot be asked.
func userOf(t windows.Token) string {
	u, err := t.GetTokenUser()
	if err != nil {
		return ""
	}
	sid, err := u.User.Sid.Copy()
	if err != nil {
		return ""
	}
	return accountName(sid)
}

// isOwn reports whether a process runs as the account that this program runs as.
func isOwn(t windows.Token) computer.Known {
	its, err1 := t.GetTokenUser()
	ours, err2 := windows.GetCurrentProcessToken().GetTokenUser()
	if err1 != nil || err2 != nil {
		return computer.Unknown
	}
	return known(its.User.Sid.Equals(ours.User.Sid))
}

// isElevated reports whether a process has an administrator's rights. (Token.IsElevated says no where it cannot tell.)
func isElevated(t windows.Token) computer.Known {
	var elevated, n uint32 // TOKEN_ELEVATION
	if err := windows.GetTokenInformation(t, windows.TokenElevation, (*byte)(unsafe.Pointer(&elevated)),
		uint32(unsafe.Sizeof(elevated)), &n); err != nil {
		return computer.Unknown
	}
	return known(elevated != 0)
}

func known(yes bool) computer.Known {
	if yes {
		return computer.Yes
	}
	return computer.No
}

// nameLimit is how long the name of an account may take: a domain controller that is away answers after half a minute.
const nameLimit = 2 * time.Second

// accountName is the name of an account, its SID where the name cannot be had in time.
func accountName(sid *windows.SID) string {
	name := make(chan string, 1)
	go func() {
		account, domain, _, err := sid.LookupAccount("")
		switch {
		case err != nil:
			name <- sid.String()
		case domain == "":
			name <- account
		default:
			name <- domain + `\` + account
		}
	}()
	limit := time.NewTimer(nameLimit)
	defer limit.Stop()
	select {
	case n := <-name:
		return n
	case <-limit.C:
		return sid.String()
	}
}
