package winmachine

import (
	"slices"
	"testing"
	"unsafe"

	"golang.org/x/sys/windows"
)

// What is started runs in a job from its first instruction on, and the job only observes: it limits nothing, and its
// end ends nobody.
func TestWindowsObservesInAJob(t *testing.T) {
	m := machine(t)
	pid, err := m.Start(t.Context(), standin(t, "MARSAgentInstaller.exe"))
	if err != nil {
		t.Fatal(err)
	}
	job := m.started[pid].job
	if job == 0 {
		t.Fatal("it runs in no job")
	}
	if ids, err := jobMembers(job); err != nil || !slices.Contains(ids, pid) {
		t.Errorf("process %d is not among %v, %v", pid, ids, err)
	}
	var limits windows.JOBOBJECT_EXTENDED_LIMIT_INFORMATION
	err = windows.QueryInformationJobObject(job, windows.JobObjectExtendedLimitInformation,
		uintptr(unsafe.Pointer(&limits)), uint32(unsafe.Sizeof(limits)), nil)
	// Wine tells of none
	if flags := limits.BasicLimitInformation.LimitFlags; err != nil ||
		flags&^windows.JOB_OBJECT_LIMIT_BREAKAWAY_OK != 0 {
		t.Errorf("the job's limits are %#x, %v", flags, err)
	}
	waitUntil(t, "the wizard's window", func() bool { return wizards(t, m)["CBPSetup.exe"].Title != "" })
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	if ws := wizards(t, m); len(ws) != 2 {
		t.Errorf("with the job closed there are %+v", ws)
	}
	press(t, "close")
	waitUntil(t, "the end of the installer", func() bool { return len(wizards(t, m)) == 0 })
}
