//go:build windows

// Command console makes Wine's console fit for tests of programs that draw, and does to a console program what a person
// does to its window:
//
//	console run PROGRAM ARGS…        runs a program in this console and ends with its exit code
//	console elevated PROGRAM ARGS…   the same, with an administrator's rights
//	console interrupt IMAGE          presses Ctrl+C
//	console insist IMAGE             presses Ctrl+C again and again until the program has ended
//	console close IMAGE              closes the window
//	console resize IMAGE COLS ROWS   drags its corner
//	console desktop                  makes the desktop, and keeps it for as long as the computer is on
package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

func main() {
	code, err := act(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "console:", err)
		os.Exit(70)
	}
	os.Exit(code)
}

// Events of a console, wincon.h.
const (
	ctrlC     = 0
	ctrlClose = 2
)

func act(args []string) (int, error) {
	switch strings.Join(args, " ") {
	case "desktop":
		return 0, desktop()
	case "desktop stay":
		time.Sleep(math.MaxInt64)
	}
	if len(args) < 2 {
		return 0, fmt.Errorf("started with %q", args)
	}
	switch args[0] {
	case "run":
		return run(args[1:], 0)
	case "elevated":
		token, err := elevatedToken()
		if err != nil {
			return 0, fmt.Errorf("an administrator's rights: %w", err)
		}
		return run(args[1:], token)
	case "interrupt":
		return 0, event(args[1], ctrlC)
	case "insist":
		return 0, insist(args[1])
	case "close":
		return 0, event(args[1], ctrlClose)
	case "resize":
		return 0, resize(args[1:])
	}
	return 0, fmt.Errorf("no command %q", args[0])
}

// desktop has Wine make the desktop, which it keeps as long as a program is there that was started on it. What makes
// the desktop stays as well, and would keep the pipe of a test's program open.
func desktop() error {
	if w, _, err := windows.NewLazySystemDLL("user32.dll").NewProc("GetDesktopWindow").Call(); w == 0 {
		return fmt.Errorf("no desktop: %w", err)
	}
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	return exec.Command(exe, "desktop", "stay").Start()
}

func kernel32(name string) *windows.LazyProc {
	return windows.NewLazySystemDLL("kernel32.dll").NewProc(name)
}

// wideEnough is a width of the screen buffer that no line reaches: Wine's console counts the characters of terminal
// sequences as if they were shown, and breaks the line where its count reaches the width. What a program asks for is
// the window, which stays.
const wideEnough = 8000

// elevatedToken is this account's with an administrator's rights: runas would open another console.
func elevatedToken() (windows.Token, error) {
	linked, err := windows.GetCurrentProcessToken().GetLinkedToken()
	if err != nil {
		return 0, err
	}
	defer linked.Close()
	var primary windows.Token
	err = windows.DuplicateTokenEx(linked, windows.MAXIMUM_ALLOWED, nil, windows.SecurityImpersonation,
		windows.TokenPrimary, &primary)
	return primary, err
}

func run(args []string, token windows.Token) (int, error) {
	// Its own and no standard handles: a pseudo console gives its first program none here.
	in, err1 := open("CONIN$")
	out, err2 := open("CONOUT$")
	if err := errors.Join(err1, err2); err != nil {
		return 0, fmt.Errorf("the console: %w", err)
	}
	var info windows.ConsoleScreenBufferInfo
	if err := windows.GetConsoleScreenBufferInfo(out, &info); err != nil {
		return 0, fmt.Errorf("the console's size: %w", err)
	}
	if err := setSize(out, info.Window.Right+1, info.Window.Bottom+1); err != nil {
		return 0, err
	}
	signal.Ignore(os.Interrupt) // it is meant for the program
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout = os.NewFile(uintptr(in), "CONIN$"), os.NewFile(uintptr(out), "CONOUT$")
	cmd.Stderr = cmd.Stdout
	cmd.SysProcAttr = &syscall.SysProcAttr{Token: syscall.Token(token)}
	err := cmd.Run()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode(), nil
	}
	return 0, err
}

// setSize gives the window a size, and the buffer its rows. A buffer must not be smaller than the window, nor a window
// larger than the buffer: the window is made as small as both are first.
func setSize(out windows.Handle, columns, rows int16) error {
	var info windows.ConsoleScreenBufferInfo
	if err := windows.GetConsoleScreenBufferInfo(out, &info); err != nil {
		return fmt.Errorf("the console's size: %w", err)
	}
	if err := setWindow(out, min(columns, info.Window.Right-info.Window.Left+1),
		min(rows, info.Window.Bottom-info.Window.Top+1)); err != nil {
		return err
	}
	buffer := uintptr(uint32(wideEnough) | uint32(rows)<<16)
	if r, _, err := kernel32("SetConsoleScreenBufferSize").Call(uintptr(out), buffer); r == 0 {
		return fmt.Errorf("the console's buffer: %w", err)
	}
	return setWindow(out, columns, rows)
}

func setWindow(out windows.Handle, columns, rows int16) error {
	window := windows.SmallRect{Right: columns - 1, Bottom: rows - 1}
	if r, _, err := kernel32("SetConsoleWindowInfo").Call(uintptr(out), 1, uintptr(unsafe.Pointer(&window))); r == 0 {
		return fmt.Errorf("the console's window: %w", err)
	}
	return nil
}

// errNone says that no such program runs.
var errNone = errors.New("it does not run")

// find is the process of an image.
func find(image string) (uint32, error) {
	h, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPPROCESS, 0)
	if err != nil {
		return 0, err
	}
	defer windows.CloseHandle(h)
	e := windows.ProcessEntry32{Size: uint32(unsafe.Sizeof(windows.ProcessEntry32{}))}
	for err = windows.Process32First(h, &e); err == nil; err = windows.Process32Next(h, &e) {
		if strings.EqualFold(windows.UTF16ToString(e.ExeFile[:]), image) {
			return e.ProcessID, nil
		}
	}
	return 0, fmt.Errorf("%s: %w", image, errNone)
}

// event tells a process of an event of its console as Windows does: by a thread in it that calls its handlers.
// GenerateConsoleCtrlEvent knows no closing.
func event(image string, what uintptr) error {
	pid, err := find(image)
	if err != nil {
		return err
	}
	h, err := windows.OpenProcess(windows.PROCESS_CREATE_THREAD|windows.PROCESS_VM_OPERATION|windows.PROCESS_VM_WRITE|
		windows.PROCESS_VM_READ|windows.PROCESS_QUERY_INFORMATION, false, pid)
	if err != nil {
		return err
	}
	defer windows.CloseHandle(h)
	routine := windows.NewLazySystemDLL("kernelbase.dll").NewProc("CtrlRoutine") // at the same address in every process
	if err := routine.Find(); err != nil {
		return err
	}
	thread, _, err := kernel32("CreateRemoteThread").Call(uintptr(h), 0, 0, routine.Addr(), what, 0, 0)
	if thread == 0 {
		return fmt.Errorf("telling %s: %w", image, err)
	}
	return windows.CloseHandle(windows.Handle(thread))
}

// insist presses Ctrl+C as fast as a person does. Two are not enough: a program that is busy may get both as one. Wine
// never answers whoever makes a thread in a program at its very end, so nobody waits for that answer here but the next
// press.
func insist(image string) error {
	const limit, pause = 3 * time.Minute, 100 * time.Millisecond
	pressed := make(chan error, 1)
	pressed <- nil
	var failed error
	for end := time.Now().Add(limit); time.Now().Before(end); time.Sleep(pause) {
		_, err := find(image)
		if errors.Is(err, errNone) {
			return nil
		}
		select {
		case told := <-pressed: // an error while the program ends
			failed = errors.Join(err, told)
			go func() { pressed <- event(image, ctrlC) }()
		default:
		}
	}
	return fmt.Errorf("%s still runs after %v (%v)", image, limit, failed)
}

// inputRecord is an INPUT_RECORD with a WINDOW_BUFFER_SIZE_RECORD.
type inputRecord struct {
	kind, _       uint16
	columns, rows int16
	_             [3]uint32
}

// resize gives the console of a process another size, and tells the process of the window's as Windows does of the
// alternate screen.
func resize(args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("resize %q", args)
	}
	columns, err1 := strconv.ParseInt(args[1], 10, 16)
	rows, err2 := strconv.ParseInt(args[2], 10, 16)
	pid, err3 := find(args[0])
	if err := errors.Join(err1, err2, err3); err != nil {
		return err
	}
	kernel32("FreeConsole").Call() // it may have none
	if r, _, err := kernel32("AttachConsole").Call(uintptr(pid)); r == 0 {
		return fmt.Errorf("the console of %s: %w", args[0], err)
	}
	in, err1 := open("CONIN$")
	out, err2 := open("CONOUT$")
	var mode uint32
	if err := errors.Join(err1, err2, windows.GetConsoleMode(in, &mode)); err != nil {
		return fmt.Errorf("the console of %s: %w", args[0], err)
	}
	const windowInput = 8 // ENABLE_WINDOW_INPUT: off, or the width of the buffer would be told too
	if err := errors.Join(windows.SetConsoleMode(in, mode&^windowInput), setSize(out, int16(columns), int16(rows)),
		windows.SetConsoleMode(in, mode)); err != nil {
		return err
	}
	record := inputRecord{kind: 4, columns: int16(columns), rows: int16(rows)} // WINDOW_BUFFER_SIZE_EVENT
	var written uint32
	if r, _, err := kernel32("WriteConsoleInputW").Call(uintptr(in), uintptr(unsafe.Pointer(&record)), 1,
		uintptr(unsafe.Pointer(&written))); r == 0 {
		return fmt.Errorf("telling %s of its size: %w", args[0], err)
	}
	return nil
}

// open opens one side of this program's console; it is closed with the program.
func open(name string) (windows.Handle, error) {
	return windows.CreateFile(windows.StringToUTF16Ptr(name), windows.GENERIC_READ|windows.GENERIC_WRITE,
		windows.FILE_SHARE_READ|windows.FILE_SHARE_WRITE, nil, windows.OPEN_EXISTING, 0, 0)
}
