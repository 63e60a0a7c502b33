//go:build windows

package main

import (
	"fmt"
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"
)

const title = "Microsoft Azure Recovery Services Agent Upgrade Wizard"

const (
	wmDestroy = 0x0002
	wmClose   = 0x0010
	wmUpgrade = 0x8001 // WM_APP+1: Next, then Upgrade
)

func user32(name string) *windows.LazyProc {
	return windows.NewLazySystemDLL("user32.dll").NewProc(name)
}

// wndClass is WNDCLASSEXW.
type wndClass struct {
	size, style             uint32
	proc                    uintptr
	classExtra, windowExtra int32
	instance, icon, cursor  windows.Handle
	background              windows.Handle
	menuName, className     *uint16
	smallIcon               windows.Handle
}

// message is MSG.
type message struct {
	window         windows.HWND
	id             uint32
	wParam, lParam uintptr
	time           uint32
	x, y           int32
}

// wizard writes the set-up log and shows the window until it is closed. A window belongs to its thread.
func wizard(folder string) (int, error) {
	runtime.LockOSThread()
	c, err := load()
	if err != nil {
		return 0, err
	}
	if !c.NoSetupLog {
		log, err := openSetupLog(folder)
		if err != nil {
			return 0, err
		}
		defer log.Close() // what was written is written; the wizard keeps its log open for as long as it lives
	}
	return show(folder, c)
}

// show is the window and its loop.
func show(folder string, c config) (int, error) {
	code, upgrading := exitCancelled, false
	var failed error
	proc := windows.NewCallback(func(w windows.HWND, id uint32, wParam, lParam uintptr) uintptr {
		switch {
		case id == wmUpgrade && !upgrading:
			upgrading = true
			code, failed = upgrade(folder, c)
			user32("DestroyWindow").Call(uintptr(w))
			return 0
		case id == wmDestroy:
			user32("PostQuitMessage").Call(0)
			return 0
		}
		r, _, _ := user32("DefWindowProcW").Call(uintptr(w), uintptr(id), wParam, lParam)
		return r
	})
	if err := create(proc); err != nil {
		return 0, err
	}
	var m message
	for {
		r, _, err := user32("GetMessageW").Call(uintptr(unsafe.Pointer(&m)), 0, 0, 0)
		switch int32(r) {
		case 0:
			return code, failed
		case -1:
			return 0, fmt.Errorf("the window's messages: %w", err)
		}
		user32("TranslateMessage").Call(uintptr(unsafe.Pointer(&m)))
		user32("DispatchMessageW").Call(uintptr(unsafe.Pointer(&m)))
	}
}

func create(proc uintptr) error {
	class, name := windows.StringToUTF16Ptr("standin"), windows.StringToUTF16Ptr(title)
	wc := wndClass{proc: proc, className: class}
	wc.size = uint32(unsafe.Sizeof(wc))
	if r, _, err := user32("RegisterClassExW").Call(uintptr(unsafe.Pointer(&wc))); r == 0 {
		return fmt.Errorf("the window's class: %w", err)
	}
	const overlappedVisible = 0x10cf0000 // WS_OVERLAPPEDWINDOW|WS_VISIBLE
	r, _, err := user32("CreateWindowExW").Call(0, uintptr(unsafe.Pointer(class)), uintptr(unsafe.Pointer(name)),
		overlappedVisible,
		60, 60, 500, 360, 0, 0, 0, 0)
	if r == 0 {
		return fmt.Errorf("the window: %w", err)
	}
	return nil
}

// pressLimit is how long the wizard's window is waited for, on a machine that does other things as well.
const pressLimit = 3 * time.Minute

// press finds the wizard's window, waiting for one that is still to come, and does what the engineer does in it.
func press(button string) error {
	messages := map[string]uintptr{"close": wmClose, "upgrade": wmUpgrade}
	id, ok := messages[button]
	if !ok {
		return fmt.Errorf("no button %q", button)
	}
	for end := time.Now().Add(pressLimit); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		w, _, _ := user32("FindWindowW").Call(0, uintptr(unsafe.Pointer(windows.StringToUTF16Ptr(title))))
		if w == 0 {
			continue
		}
		if r, _, err := user32("PostMessageW").Call(w, id, 0, 0); r == 0 {
			return fmt.Errorf("pressing %s: %w", button, err)
		}
		return nil
	}
	return fmt.Errorf("no wizard has opened within %v", pressLimit)
}
