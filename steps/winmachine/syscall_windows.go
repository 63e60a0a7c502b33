package winmachine

import (
	"unsafe"

	"golang.org/x/sys/windows"
)

// What golang.org/x/sys/windows lacks. The generated calls load their DLLs from System32 only.

// Windows Installer, https://learn.microsoft.com/windows/win32/api/msi/
//
//sys	msiEnumProductsEx(product *uint16, sid *uint16, context uint32, index uint32, code *uint16, itsContext *uint32, itsSID *uint16, itsSIDLen *uint32) (ret error) = msi.MsiEnumProductsExW
//sys	msiGetProductInfoEx(product *uint16, sid *uint16, context uint32, property *uint16, value *uint16, valueLen *uint32) (ret error) = msi.MsiGetProductInfoExW
//sys	msiSourceListGetInfo(product *uint16, sid *uint16, context uint32, options uint32, property *uint16, value *uint16, valueLen *uint32) (ret error) = msi.MsiSourceListGetInfoW
//sys	msiEnumPatchesEx(product *uint16, sid *uint16, context uint32, filter uint32, index uint32, patch *uint16, target *uint16, itsContext *uint32, itsSID *uint16, itsSIDLen *uint32) (ret error) = msi.MsiEnumPatchesExW
//sys	msiGetPatchInfoEx(patch *uint16, product *uint16, sid *uint16, context uint32, property *uint16, value *uint16, valueLen *uint32) (ret error) = msi.MsiGetPatchInfoExW

// The verifier's own chain of a checked signature, https://learn.microsoft.com/windows/win32/api/wintrust/
//
//sys	wtHelperProvDataFromStateData(state windows.Handle) (data uintptr) = wintrust.WTHelperProvDataFromStateData
//sys	wtHelperGetProvSignerFromChain(data uintptr, signer uint32, counter bool, counterSigner uint32) (found uintptr) = wintrust.WTHelperGetProvSignerFromChain
//sys	cryptMsgGetParam(msg windows.Handle, param uint32, index uint32, data unsafe.Pointer, dataLen *uint32) (err error) = crypt32.CryptMsgGetParam
//sys	cryptMsgClose(msg windows.Handle) (err error) = crypt32.CryptMsgClose

// Windows and their station, https://learn.microsoft.com/windows/win32/api/winuser/
//
//sys	getProcessWindowStation() (station windows.Handle, err error) = user32.GetProcessWindowStation
//sys	getUserObjectInformation(object windows.Handle, index int32, info unsafe.Pointer, size uint32, needed *uint32) (err error) = user32.GetUserObjectInformationW
//sys	findWindowEx(parent windows.HWND, after windows.HWND, class *uint16, title *uint16) (found windows.HWND, err error) [failretval==0] = user32.FindWindowExW

// The clipboard, https://learn.microsoft.com/windows/win32/dataxchg/using-the-clipboard
//
//sys	createWindowEx(exStyle uint32, class *uint16, title *uint16, style uint32, x int32, y int32, width int32, height int32, parent windows.HWND, menu windows.Handle, instance windows.Handle, param uintptr) (window windows.HWND, err error) [failretval==0] = user32.CreateWindowExW
//sys	destroyWindow(window windows.HWND) (err error) = user32.DestroyWindow
//sys	openClipboard(owner windows.HWND) (err error) = user32.OpenClipboard
//sys	emptyClipboard() (err error) = user32.EmptyClipboard
//sys	setClipboardData(format uint32, data windows.Handle) (set windows.Handle, err error) = user32.SetClipboardData
//sys	closeClipboard() (err error) = user32.CloseClipboard
//sys	globalAlloc(flags uint32, size uintptr) (data windows.Handle, err error) = kernel32.GlobalAlloc
//sys	globalLock(data windows.Handle) (at uintptr, err error) = kernel32.GlobalLock
//sys	globalUnlock(data windows.Handle) (locked bool) = kernel32.GlobalUnlock
//sys	globalFree(data windows.Handle) (left windows.Handle, err error) [failretval!=0] = kernel32.GlobalFree

// Elevation, https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-shellexecuteexw
//
//sys	shellExecuteEx(info *shellExecuteInfo) (err error) = shell32.ShellExecuteExW

// Mapped drives, https://learn.microsoft.com/windows/win32/api/winnetwk/nf-winnetwk-wnetgetconnectionw
//
//sys	wnetGetConnection(local *uint16, remote *uint16, remoteLen *uint32) (ret error) = mpr.WNetGetConnectionW

// The console's font, programs and keys, https://learn.microsoft.com/windows/console/getcurrentconsolefontex,
// …/getconsoleprocesslist and …/peekconsoleinput
//
//sys	peekConsoleInput(console windows.Handle, events *inputEvent, count uint32, n *uint32) (err error) = kernel32.PeekConsoleInputW
//sys	getConsoleProcessList(list *uint32, count uint32) (n uint32, err error) = kernel32.GetConsoleProcessList
//sys	getCurrentConsoleFontEx(console windows.Handle, maximized bool, info *consoleFontInfo) (err error) = kernel32.GetCurrentConsoleFontEx

// providerSigner is CRYPT_PROVIDER_SGNR.
type providerSigner struct {
	_               uint32
	_               windows.Filetime
	chainLen        uint32
	chain           *providerCert
	_               uint32
	_               unsafe.Pointer
	_               uint32
	_               uint32
	_               unsafe.Pointer
	chainOfVerifier *windows.CertChainContext
}

// providerCert is the beginning of CRYPT_PROVIDER_CERT.
type providerCert struct {
	_    uint32
	cert *windows.CertContext
}

// userObjectFlags is USEROBJECTFLAGS.
type userObjectFlags struct {
	inherit, reserved int32
	flags             uint32
}

// shellExecuteInfo is SHELLEXECUTEINFOW.
type shellExecuteInfo struct {
	size       uint32
	mask       uint32
	window     windows.HWND
	verb       *uint16
	file       *uint16
	parameters *uint16
	directory  *uint16
	show       int32
	app        windows.Handle
	idList     uintptr
	class      *uint16
	keyClass   windows.Handle
	hotKey     uint32
	icon       windows.Handle
	process    windows.Handle
}

// consoleFontInfo is CONSOLE_FONT_INFOEX.
type consoleFontInfo struct {
	size   uint32
	font   uint32
	width  int16
	height int16
	family uint32
	weight uint32
	face   [32]uint16
}
