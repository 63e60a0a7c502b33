package winmachine

import (
	"errors"
	"fmt"
	"runtime"
	"time"
	"unsafe"

	"golang.org/x/sys/windows"

	"marsfix/steps/computer"
)

// Copy puts text into the clipboard. steps.ErrNoDesktop: nobody could paste it from there.
func Copy(text string) error {
	if !visibleDesktop() {
		return computer.ErrNoDesktop
	}
	if err := setClipboard(text); err != nil {
		return fmt.Errorf("cannot copy to the clipboard: %w", err)
	}
	return nil
}

// setClipboard must stay on one thread: the clipboard is open for that one.
func setClipboard(text string) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	owner, err := unseenWindow()
	if err != nil {
		return err
	}
	err = openSoon(owner)
	if err == nil {
		err = errors.Join(fillClipboard(text), closeClipboard())
	}
	return errors.Join(err, destroyWindow(owner))
}

// unseenWindow is a window that only gets messages. The clipboard wants an owner: opened without a window it has none
// once it is emptied, and then "SetClipboardData fails",
// https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-openclipboard (it rarely does).
func unseenWindow() (windows.HWND, error) {
	const messageOnly = ^windows.HWND(2) // HWND_MESSAGE, -3
	return createWindowEx(0, wide("STATIC"), nil, 0, 0, 0, 0, 0, messageOnly, 0, 0, 0)
}

// openSoon opens the clipboard. Other programs have it open for moments at a time, so it tries for half a second.
func openSoon(owner windows.HWND) error {
	const tries, pause = 25, 20 * time.Millisecond
	var err error
	for range tries {
		if err = openClipboard(owner); err == nil {
			return nil
		}
		time.Sleep(pause)
	}
	return err
}

// fillClipboard replaces what is in the opened clipboard.
func fillClipboard(text string) error {
	const (
		unicodeText = 13 // CF_UNICODETEXT
		moveable    = 2  // GMEM_MOVEABLE, which the clipboard asks for
	)
	if err := emptyClipboard(); err != nil {
		return err
	}
	chars, err := windows.UTF16FromString(text)
	if err != nil {
		return err
	}
	data, err := globalAlloc(moveable, uintptr(len(chars))*unsafe.Sizeof(chars[0]))
	if err != nil {
		return err
	}
	at, err := globalLock(data)
	if err != nil {
		_, freeErr := globalFree(data)
		return errors.Join(err, freeErr)
	}
	// memory of the system's, which Go does not move
	copy(unsafe.Slice(*(**uint16)(unsafe.Pointer(&at)), len(chars)), chars)
	// it was locked once, so it is not locked any more
	globalUnlock(data)
	if _, err := setClipboardData(unicodeText, data); err != nil {
		_, freeErr := globalFree(data) // on success it is the system's
		return errors.Join(err, freeErr)
	}
	return nil
}
