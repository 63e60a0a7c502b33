package winmachine

import (
	"context"
	"errors"
	"fmt"
	"unsafe"

	"golang.org/x/sys/windows"

	"marsfix/steps/computer"
)

// Follow tells what still runs of the program that Start started as pid: the members of its job and whatever descends
// from it. A process that Start did not start is followed from now on.
func (m *Machine) Follow(ctx context.Context, pid int) (computer.Run, error) {
	return asking(func() (computer.Run, error) { return m.follow(ctx, pid) })
}

func (m *Machine) follow(ctx context.Context, pid int) (computer.Run, error) {
	in, err := m.followed(pid)
	if err != nil {
		return computer.Run{}, err
	}
	list, err := snapshot(ctx)
	if err != nil {
		return computer.Run{}, err
	}
	var run computer.Run
	if in.process == 0 {
		return computer.Run{Ended: true}, nil
	}
	if run.Ended, run.Code, err = in.ended(); err != nil {
		return computer.Run{}, err
	}
	run.Coded = run.Ended
	members, err := in.members(list)
	if err != nil {
		return computer.Run{}, err
	}
	for _, p := range list {
		if members[p.pid] && (p.pid != pid || !run.Ended) {
			d := describe(p)
			d.Ours = true
			run.Processes = append(run.Processes, d)
		}
	}
	return run, nil
}

// followed is the installer that runs or ran as pid.
func (m *Machine) followed(pid int) (*installer, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if in := m.started[pid]; in != nil {
		return in, nil
	}
	h, err := windows.OpenProcess(windows.PROCESS_QUERY_LIMITED_INFORMATION|windows.SYNCHRONIZE, false, uint32(pid))
	if errors.Is(err, windows.ERROR_INVALID_PARAMETER) {
		return &installer{pid: pid}, nil // no process has this id any more: what it ended with nobody knows
	}
	if err != nil {
		return nil, fmt.Errorf("cannot follow process %d: %w", pid, err)
	}
	in := &installer{pid: pid, process: h, started: startOf(h)}
	m.started[pid] = in
	return in, nil
}

// ended reports whether the first process has ended, and with what. Only waiting tells: 259 is a good exit code as well
// as the one of a process that still runs.
func (in *installer) ended() (bool, uint32, error) {
	event, err := windows.WaitForSingleObject(in.process, 0)
	if err != nil {
		return false, 0, fmt.Errorf("cannot follow process %d: %w", in.pid, err)
	}
	if event != windows.WAIT_OBJECT_0 {
		return false, 0, nil
	}
	var code uint32
	if err := windows.GetExitCodeProcess(in.process, &code); err != nil {
		return false, 0, fmt.Errorf("cannot read the exit code of process %d: %w", in.pid, err)
	}
	return true, code, nil
}

// members are the ids of what runs of it, by job and by descent: services that it asks to start something break the
// one, children that leave the job the other.
func (in *installer) members(list []process) (map[int]bool, error) {
	ids := family(list, in.pid, in.started)
	if in.job == 0 {
		return ids, nil
	}
	jobIDs, err := jobMembers(in.job)
	if err != nil {
		return nil, fmt.Errorf("cannot list what process %d started: %w", in.pid, err)
	}
	for _, id := range jobIDs {
		ids[id] = true
		for member := range family(list, id, startTime(list, id)) {
			ids[member] = true
		}
	}
	return ids, nil
}

// jobMembers are the processes of a job.
func jobMembers(job windows.Handle) ([]int, error) {
	const head = 8 // JOBOBJECT_BASIC_PROCESS_ID_LIST: assigned and listed, 32 bits each, then the ids
	for room := 64; ; room *= 2 {
		buf := make([]uintptr, head/unsafe.Sizeof(uintptr(0))+uintptr(room))
		size := uint32(len(buf)) * uint32(unsafe.Sizeof(buf[0]))
		err := windows.QueryInformationJobObject(job, windows.JobObjectBasicProcessIdList,
			uintptr(unsafe.Pointer(&buf[0])), size, nil)
		if errors.Is(err, windows.ERROR_MORE_DATA) {
			continue
		}
		if err != nil {
			return nil, err
		}
		listed := *(*uint32)(unsafe.Add(unsafe.Pointer(&buf[0]), 4))
		var ids []int
		for i := range int(listed) {
			ids = append(ids, int(buf[head/unsafe.Sizeof(buf[0])+uintptr(i)]))
		}
		return ids, nil
	}
}

// ours are the processes that descend from installers of Start or are in their jobs, and the first process of each.
func (m *Machine) ours(list []process) (all, firsts map[int]bool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	all, firsts = map[int]bool{}, map[int]bool{}
	for pid, in := range m.started {
		ended, _, err := in.ended()
		if err != nil {
			return nil, nil, err
		}
		members, err := in.members(list)
		if err != nil {
			return nil, nil, err
		}
		for id := range members {
			all[id] = true
		}
		firsts[pid] = !ended && in.ours
	}
	return all, firsts, nil
}
