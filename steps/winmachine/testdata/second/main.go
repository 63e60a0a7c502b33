//go:build windows

// Command second reads and types into the console of the second of two programs with the same image: of the one with an
// administrator's rights, which has a console of its own.
//
//	second wait IMAGE TEXT…  waits until all of the texts stand on its screen, and prints that
//	second type IMAGE KEYS   types there
//	second gone IMAGE        waits until no program with that image runs, whatever its rights
package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

func main() {
	if err := act(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "second:", err)
		os.Exit(70)
	}
}

func act(args []string) error {
	if len(args) < 2 {
		return fmt.Errorf("started with %q", args)
	}
	switch {
	case args[0] == "gone" && len(args) == 2:
		return gone(args[1])
	case args[0] == "wait":
		return wait(args[1], args[2:])
	case args[0] == "type" && len(args) == 3:
		if err := attach(args[1]); err != nil {
			return err
		}
		return typeKeys(args[2])
	}
	return fmt.Errorf("started with %q", args)
}

// attach makes the console of the elevated program this one's.
func attach(image string) error {
	pid, err := first(image, isElevated)
	if err != nil {
		return err
	}
	if err := settled(pid); err != nil {
		return err
	}
	kernel32("FreeConsole").Call() // it may have none
	if r, _, err := kernel32("AttachConsole").Call(uintptr(pid)); r == 0 {
		return fmt.Errorf("the console of %s: %w", image, err)
	}
	return nil
}

// settled reports whether a program has run for a second: it looks at its very beginning whether it has its console to
// itself.
func settled(pid uint32) error {
	p, err := windows.OpenProcess(windows.PROCESS_QUERY_INFORMATION, false, pid)
	if err != nil {
		return err
	}
	defer windows.CloseHandle(p)
	var began, ended, kernel, user windows.Filetime
	if err := windows.GetProcessTimes(p, &began, &ended, &kernel, &user); err != nil {
		return err
	}
	if time.Since(time.Unix(0, began.Nanoseconds())) < time.Second {
		return errors.New("it has just begun")
	}
	return nil
}

// limit is how long anything is waited for at most.
const limit = 3 * time.Minute

// wait looks at the screen again and again. The program may be still to come, and its console be still in the making.
func wait(image string, texts []string) error {
	shown, failed := "", error(nil)
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if failed = attach(image); failed != nil {
			continue
		}
		if shown, failed = screen(); failed == nil && hasAll(shown, texts) {
			fmt.Println(shown)
			return nil
		}
	}
	return fmt.Errorf("%q not shown (%v) within %v on\n%s", texts, failed, limit, shown)
}

func hasAll(shown string, texts []string) bool {
	for _, text := range texts {
		if !strings.Contains(shown, text) {
			return false
		}
	}
	return true
}

func kernel32(name string) *windows.LazyProc {
	return windows.NewLazySystemDLL("kernel32.dll").NewProc(name)
}

// errNone says that no such program runs.
var errNone = errors.New("no such program runs")

// first is the first process of an image that is wanted.
func first(image string, wanted func(pid uint32) bool) (uint32, error) {
	h, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return 0, err
	}
	defer windows.CloseHandle(h)
	e := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err = windows.Process32First(h, &e); err == nil; err = windows.Process32Next(h, &e) {
		if strings.EqualFold(windows.UTF16ToString(e.ExeFile[:]), image) && wanted(e.ProcessID) {
			return e.ProcessID, nil
		}
	}
	return 0, fmt.Errorf("%s: %w", image, errNone)
}

// gone waits for the ends of an image's processes.
func gone(image string) error {
	for {
		pid, err := first(image, func(uint32) bool { return true })
		if errors.Is(err, errNone) {
			return nil
		}
		if err != nil {
			return err
		}
		p, err := windows.OpenProcess(windows.SYNCHRONIZE, false, pid)
		if errors.Is(err, windows.ERROR_INVALID_PARAMETER) {
			continue // it has just ended
		}
		if err != nil {
			return err
		}
		event, err := windows.WaitForSingleObject(p, uint32(limit.Milliseconds()))
		if err := errors.Join(err, windows.CloseHandle(p)); err != nil {
			return err
		}
		if event != windows.WAIT_OBJECT_0 {
			return fmt.Errorf("%s still runs after %v", image, limit)
		}
	}
}

func isElevated(pid uint32) bool {
	p, err := windows.OpenProcess(windows.PROCESS_QUERY_INFORMATION, false, pid)
	if err != nil {
		return false
	}
	defer windows.CloseHandle(p)
	var t windows.Token
	if err := windows.OpenProcessToken(p, windows.TOKEN_QUERY, &t); err != nil {
		return false
	}
	defer t.Close()
	return t.IsElevated()
}

// open opens one side of the console.
func open(name string) (windows.Handle, error) {
	return windows.CreateFile(windows.StringToUTF16Ptr(name), windows.GENERIC_READ|windows.GENERIC_WRITE,
		windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE, nil, windows.OPEN_EXISTING, 0, 0)
}

// screen is the rows of the window.
func screen() (string, error) {
	out, err := open("CONOUT$")
	if err != nil {
		return "", err
	}
	defer windows.CloseHandle(out)
	var info windows.ConsoleScreenBufferInfo
	if err := windows.GetConsoleScreenBufferInfo(out, &info); err != nil {
		return "", err
	}
	var rows strings.Builder
	for row := info.Window.Top; row <= info.Window.Bottom; row++ {
		cells := make([]uint16, info.Window.Right+1)
		var n uint32
		at := uintptr(uint32(uint16(row)) << 16)
		r, _, err := kernel32("ReadConsoleOutputCharacterW").Call(uintptr(out), uintptr(unsafe.Pointer(&cells[0])),
			uintptr(len(cells)), at, uintptr(unsafe.Pointer(&n)))
		if r == 0 {
			return "", fmt.Errorf("row %d: %w", row, err)
		}
		fmt.Fprintln(&rows, strings.TrimRight(windows.UTF16ToString(cells[:n]), " "))
	}
	return rows.String(), nil
}

// keyRecord is an INPUT_RECORD with a KEY_EVENT_RECORD.
type keyRecord struct {
	kind, _          uint16
	down             int32
	repeat, key      uint16
	scan, char       uint16
	controlKeyStates uint32
}

func typeKeys(keys string) error {
	in, err := open("CONIN$")
	if err != nil {
		return err
	}
	var records []keyRecord
	for _, c := range keys {
		if c == '\n' {
			c = '\r'
		}
		key := uint16(strings.ToUpper(string(c))[0]) // the virtual key of a letter, a digit and Enter
		for _, down := range []int32{1, 0} {
			records = append(records, keyRecord{kind: 1, down: down, repeat: 1, key: key, char: uint16(c)})
		}
	}
	if len(records) == 0 {
		return errors.New("nothing to type")
	}
	var written uint32
	r, _, err := kernel32("WriteConsoleInputW").Call(uintptr(in), uintptr(unsafe.Pointer(&records[0])),
		uintptr(len(records)), uintptr(unsafe.Pointer(&written)))
	if r == 0 || int(written) != len(records) {
		return fmt.Errorf("typed %d of %d: %w", written, len(records), err)
	}
	return nil
}
