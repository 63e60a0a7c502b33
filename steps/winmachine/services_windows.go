package winmachine

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/svc"
	"golang.org/x/sys/windows/svc/mgr"

	"marsfix/steps/computer"
)

// The agent's two services.
const (
	backupService  = "obengine"
	managementName = "OBRecoveryServicesManagementAgent"
	managementShow = "Microsoft Azure Recovery Services Management Agent"
)

// Services tells of the backup service and of the management agent, in that order. One that is not installed has no
// state.
func (m *Machine) Services(ctx context.Context) ([]computer.Service, error) {
	// mgr.Connect asks for all rights, which only administrators have; looking needs these two.
	h, err := windows.OpenSCManager(nil, nil, windows.SC_MANAGER_CONNECT|windows.SC_MANAGER_ENUMERATE_SERVICE)
	if err != nil {
		return nil, fmt.Errorf("cannot ask the service manager: %w", err)
	}
	scm := &mgr.Mgr{Handle: h}
	defer scm.Disconnect()
	backup, err := service(scm, backupService)
	if err != nil {
		return nil, err
	}
	management, err := service(scm, managementName)
	if err == nil && management.State == "" {
		management, err = managementAgent(ctx, scm)
	}
	if err != nil {
		return nil, err
	}
	return []computer.Service{backup, management}, nil
}

// service tells of the service with a name.
func service(scm *mgr.Mgr, name string) (computer.Service, error) {
	out := computer.Service{Name: name}
	h, err := windows.OpenService(scm.Handle, wide(name), windows.SERVICE_QUERY_STATUS|windows.SERVICE_QUERY_CONFIG)
	if errors.Is(err, windows.ERROR_SERVICE_DOES_NOT_EXIST) {
		return out, nil
	}
	if err != nil {
		return out, fmt.Errorf("cannot look at the service %s: %w", name, err)
	}
	s := &mgr.Service{Name: name, Handle: h}
	defer s.Close()
	status, err := s.Query()
	if err != nil {
		return out, fmt.Errorf("cannot read the state of the service %s: %w", name, err)
	}
	out.State = stateWords(status.State)
	out.Display, out.Image, err = configOf(h)
	if err != nil {
		return out, fmt.Errorf("cannot read the program of the service %s: %w", name, err)
	}
	return out, nil
}

// configOf is what a service is shown as, and its program. (mgr.Service.Config asks for more, which not every system
// answers.)
func configOf(h windows.Handle) (display, image string, err error) {
	n := uint32(1 << 10)
	for {
		buf := make([]uintptr, n/uint32(unsafe.Sizeof(uintptr(0)))+1) // aligned for the pointers in it
		c := (*windows.QUERY_SERVICE_CONFIG)(unsafe.Pointer(&buf[0]))
		room := n
		err := windows.QueryServiceConfig(h, c, room, &n)
		if errors.Is(err, windows.ERROR_INSUFFICIENT_BUFFER) && n > room {
			continue
		}
		if err != nil {
			return "", "", err
		}
		return windows.UTF16PtrToString(c.DisplayName), imageIn(windows.UTF16PtrToString(c.BinaryPathName)), nil
	}
}

// managementAgent looks for the management agent under another name: by the name of its program, or by what it is shown
// as.
func managementAgent(ctx context.Context, scm *mgr.Mgr) (computer.Service, error) {
	none := computer.Service{Name: managementName}
	names, err := scm.ListServices()
	if err != nil {
		return none, fmt.Errorf("cannot list the services: %w", err)
	}
	for _, name := range names {
		if err := ctx.Err(); err != nil {
			return none, err
		}
		s, err := service(scm, name)
		if err != nil {
			continue // a service that this account may not ask for is not the agent's, whose everybody may
		}
		base := strings.TrimSuffix(strings.ToLower(filepath.Base(s.Image)), ".exe")
		if base == strings.ToLower(managementName) || strings.EqualFold(s.Display, managementShow) {
			return s, nil
		}
	}
	return none, nil
}

func stateWords(s svc.State) string {
	switch s {
	case svc.Running:
		return "running"
	case svc.Stopped:
		return "stopped"
	case svc.StartPending:
		return "start pending"
	case svc.StopPending:
		return "stop pending"
	case svc.Paused:
		return "paused"
	case svc.PausePending:
		return "pause pending"
	case svc.ContinuePending:
		return "continue pending"
	}
	return fmt.Sprintf("state %d", s)
}
