package winmachine

import (
	"errors"
	"fmt"
	"sync"

	"golang.org/x/sys/windows"

	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/screen"
)

// Machine is the computer itself. Its methods may be called from several goroutines.
type Machine struct {
	// Arguments are what Elevate passes on, with absolute paths; nil: those of this program.
	Arguments []string

	disk  *disk.Local
	lists lists

	mu      sync.Mutex
	started map[int]*installer // by the id of the first process
	own     windows.Handle     // the mutex that tells other marsfix of this one; 0 until first asked
}

var (
	_ computer.Machine  = (*Machine)(nil)
	_ computer.Elevator = (*Machine)(nil)
)

// errWrongBits is New's answer to a 32-bit marsfix on 64-bit Windows: it would be shown another registry and another
// System32 than Windows Installer uses.
var errWrongBits = errors.New("this is the 32-bit marsfix on a 64-bit Windows: use the 64-bit one")

// New is this computer. errWrongBits: it cannot be seen as it is from this program.
func New() (*Machine, error) {
	var wow bool
	err := windows.IsWow64Process(windows.CurrentProcess(), &wow)
	switch {
	case err != nil:
		err = fmt.Errorf("cannot tell whether this Windows is a 64-bit one: %w", err)
	case wow:
		err = errWrongBits
	}
	if err != nil {
		return nil, screen.Hinted{Err: err, Hint: "marsfix diagnose --root C:\\"}
	}
	return &Machine{disk: disk.NewLocal(), lists: realLists, started: map[int]*installer{}}, nil
}

// Disk is the disk for looking.
func (m *Machine) Disk() disk.Reader { return m.disk }

// Writer is the disk for changing.
func (m *Machine) Writer() disk.Writer { return m.disk }

// Close lets go of what was followed. Installers live on.
func (m *Machine) Close() error {
	m.mu.Lock()
	defer m.mu.Unlock()
	err := m.release()
	for pid, in := range m.started {
		err = errors.Join(err, in.close())
		delete(m.started, pid)
	}
	return err
}

// RestrictDLLSearch makes this process load DLLs from System32 only, and nothing from the current folder or the one
// that the program lies in: marsfix runs as an administrator out of Downloads. It is for the first line of main. A
// Windows too old for it (without KB2533623) is not one that this Go release runs on.
func RestrictDLLSearch() {
	if err := windows.SetDefaultDllDirectories(windows.LOAD_LIBRARY_SEARCH_SYSTEM32); err != nil {
		panic(fmt.Sprintf("cannot restrict the search for DLLs to System32: %v", err))
	}
	if err := windows.SetDllDirectory(""); err != nil { // what is started inherits this one
		panic(fmt.Sprintf("cannot take the current folder out of the search for DLLs: %v", err))
	}
}
