package winetest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

// conPTY is a pseudo console with a program in it,
// https://learn.microsoft.com/windows/console/creating-a-pseudoconsole-session.
type conPTY struct {
	console   windows.Handle
	keys, out *os.File // our ends of its pipes
	process   windows.Handle
}

// open starts a program in a pseudo console.
func (c *Computer) open(elevated bool, columns, rows int, program string, args []string) (back, error) {
	line, err := commandIn(elevated, append([]string{program}, args...))
	if err != nil {
		return nil, err
	}
	keysIn, keys, err1 := os.Pipe()
	out, outIn, err2 := os.Pipe()
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	p := &conPTY{keys: keys, out: out}
	size := windows.Coord{X: int16(columns), Y: int16(rows)}
	err = windows.CreatePseudoConsole(size, windows.Handle(keysIn.Fd()), windows.Handle(outIn.Fd()), 0, &p.console)
	// The console has duplicates of its ends: only when it alone has them does reading end with it.
	if err := errors.Join(err, keysIn.Close(), outIn.Close()); err != nil {
		return nil, fmt.Errorf("a pseudo console: %w", err)
	}
	if err := p.start(line); err != nil {
		windows.ClosePseudoConsole(p.console)
		return nil, errors.Join(err, keys.Close(), out.Close())
	}
	return p, nil
}

// commandIn is the command for a program, which is never the first of its console, as little as one that somebody types
// is: marsfix alone in its console waits for Enter in the end. Wine gives the first no standard handles: there it is
// one that opens them. Rights are not raised here: tests for real are elevated.
func commandIn(elevated bool, args []string) ([]string, error) {
	switch {
	case windows.NewLazySystemDLL("ntdll.dll").NewProc("wine_get_version").Find() == nil:
		how := "run"
		if elevated {
			how = "elevated"
		}
		return append([]string{filepath.Join(os.Getenv(EnvBuilt), "console.exe"), how}, args...), nil
	case elevated && !windows.GetCurrentProcessToken().IsElevated():
		return nil, errors.New("run the tests as an administrator")
	}
	system, err := windows.GetSystemDirectory()
	return append([]string{filepath.Join(system, "cmd.exe"), "/d", "/c"}, args...), err
}

// start starts the program as the first of the console's.
func (p *conPTY) start(args []string) error {
	attributes, err := windows.NewProcThreadAttributeList(1)
	if err != nil {
		return err
	}
	defer attributes.Delete()
	err = attributes.Update(windows.PROC_THREAD_ATTRIBUTE_PSEUDOCONSOLE, *(*unsafe.Pointer)(unsafe.Pointer(&p.console)),
		unsafe.Sizeof(p.console))
	if err != nil {
		return err
	}
	info := windows.StartupInfoEx{ProcThreadAttributeList: attributes.List()}
	info.Cb = uint32(unsafe.Sizeof(info))
	line, err := windows.UTF16PtrFromString(windows.ComposeCommandLine(args))
	if err != nil {
		return err
	}
	restore, err := handlesAside()
	if err != nil {
		return err
	}
	const flags = windows.EXTENDED_STARTUPINFO_PRESENT | windows.CREATE_UNICODE_ENVIRONMENT
	var started windows.ProcessInformation
	err = windows.CreateProcess(nil, line, nil, nil, false, flags, nil, nil, &info.StartupInfo, &started)
	if err := errors.Join(err, restore()); err != nil {
		return fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	p.process = started.Process
	return windows.CloseHandle(started.Thread)
}

// handlesAside takes this process's standard handles away until restore. A program that is started meanwhile opens its
// console's own: go test's are files, and it would get those.
func handlesAside() (restore func() error, err error) {
	kept := map[uint32]windows.Handle{}
	for _, which := range []uint32{windows.STD_INPUT_HANDLE, windows.STD_OUTPUT_HANDLE, windows.STD_ERROR_HANDLE} {
		h, err1 := windows.GetStdHandle(which)
		err = errors.Join(err, err1, windows.SetStdHandle(which, 0))
		kept[which] = h
	}
	return func() (err error) {
		for which, h := range kept {
			err = errors.Join(err, windows.SetStdHandle(which, h))
		}
		return err
	}, err
}

func (p *conPTY) Read(buf []byte) (int, error)   { return p.out.Read(buf) }
func (p *conPTY) Write(keys []byte) (int, error) { return p.keys.Write(keys) }

func (p *conPTY) Close() error {
	return errors.Join(p.keys.Close(), p.out.Close(), windows.CloseHandle(p.process))
}

// end needs no answer: a program that has ended already cannot be ended.
func (p *conPTY) end() { _ = windows.TerminateProcess(p.process, 1) }

func (p *conPTY) resize(columns, rows int) error {
	return windows.ResizePseudoConsole(p.console, windows.Coord{X: int16(columns), Y: int16(rows)})
}

func (p *conPTY) interrupt() error {
	_, err := p.keys.WriteString("\x03") // which the console makes its event
	return err
}

// wait closes the console when the program has ended: what it has drawn is read first, and then Read ends.
func (p *conPTY) wait() (code int, err error) {
	if _, err := windows.WaitForSingleObject(p.process, windows.INFINITE); err != nil {
		return 0, err
	}
	var exit uint32
	err = windows.GetExitCodeProcess(p.process, &exit)
	windows.ClosePseudoConsole(p.console)
	return int(exit), err
}
