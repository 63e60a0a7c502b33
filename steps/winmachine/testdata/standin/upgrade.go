//go:build windows

package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf16"
	"unsafe"

	"golang.org/x/sys/windows"
)

// upgrade asks Windows Installer to install the registered product again, as an upgrade does first, and tells its code.
func upgrade(folder string, c config) (int, error) {
	product := c.Product
	begun := time.Now()
	cached, err := localPackage(product)
	if err != nil {
		return 0, err
	}
	_, lost := os.Stat(cached)
	patch := ""
	if c.Registered != "" {
		if _, err := os.Stat(c.Registered); err != nil {
			patch = c.Registered
		}
	}
	system, err := windows.GetSystemDirectory()
	if err != nil {
		return 0, err
	}
	cmd := exec.Command(filepath.Join(system, "msiexec.exe"), "/i", product, "REINSTALL=ALL",
		"REINSTALLMODE=omus", "/qn")
	err = cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return 0, err
	}
	code := cmd.ProcessState.ExitCode()
	return code, appendPatchLog(patchSession(begun, folder, product, cached, patch, lost != nil, code))
}

// localPackage is where Windows Installer has, or should have, the product's package.
func localPackage(product string) (string, error) {
	buf := make([]uint16, 1024)
	n := uint32(len(buf))
	r, _, _ := windows.NewLazySystemDLL("msi.dll").NewProc("MsiGetProductInfoW").Call(
		uintptr(unsafe.Pointer(windows.StringToUTF16Ptr(product))),
		uintptr(unsafe.Pointer(windows.StringToUTF16Ptr("LocalPackage"))),
		uintptr(unsafe.Pointer(&buf[0])), uintptr(unsafe.Pointer(&n)))
	if r != 0 {
		return "", fmt.Errorf("the cached package of %s: %w", product, windows.Errno(r))
	}
	return windows.UTF16ToString(buf), nil
}

// patchSession is a session of the verbose log in the words of Windows Installer.
func patchSession(begun time.Time, folder, product, cached, patch string, lost bool, code int) string {
	const stamp = "1/2/2006  15:04:05"
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\r\n", args...) }
	engine := func(side, format string, args ...any) {
		at := strings.Replace(time.Now().Format("15:04:05.000"), ".", ":", 1)
		line("MSI (%s) (0C:50) [%s]: %s", side, at, fmt.Sprintf(format, args...))
	}
	line(`=== Verbose logging started: %s  Build type: SHIP UNICODE 5.00.10011.00  Calling process: %s\%s ===`,
		begun.Format(stamp), folder, setupName)
	engine("c", "Resetting cached policy values")
	engine("c", "******* RunEngine:")
	line("           ******* Product: %s", product)
	engine("s", "Grabbed execution mutex.")
	why := "could not be opened as a storage file"
	if lost {
		why = "is missing"
	}
	failed := code != 0 && code != int(windows.ERROR_SUCCESS_REBOOT_REQUIRED) &&
		code != int(windows.ERROR_SUCCESS_REBOOT_INITIATED)
	if patch != "" {
		engine("s", "Couldn't find local patch '%s'. Looking for it at its source.", patch)
	}
	if lost || failed && patch == "" {
		engine("s", "Warning: Local cached package '%s' %s.", cached, why)
	}
	if code == int(windows.ERROR_INSTALL_SOURCE_ABSENT) {
		engine("s", "SOURCEMGMT: Looking for sourcelist for product %s", product)
		engine("s", "SOURCEMGMT: Source is invalid due to missing/inaccessible package.")
		engine("s", "SOURCEMGMT: Failed to resolve source")
		engine("c", "Warning: Local cached package '%s' %s.", cached, why)
	}
	engine("s", "MainEngineThread is returning %d", code)
	engine("c", "MainEngineThread is returning %d", code)
	line("=== Verbose logging stopped: %s ===", time.Now().Format(stamp))
	return b.String()
}

// appendPatchLog writes as msiexec /L+ does: UTF-16LE, a byte order mark at the start of the file only.
func appendPatchLog(text string) (err error) {
	path, err := logPath("OBPatch.log")
	if err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() == 0 {
		text = "\ufeff" + text
	}
	var b bytes.Buffer
	if err := binary.Write(&b, binary.LittleEndian, utf16.Encode([]rune(text))); err != nil {
		return err
	}
	_, err = f.Write(b.Bytes())
	return err
}

// openSetupLog appends the line that names the folder, and leaves the log open.
func openSetupLog(folder string) (*os.File, error) {
	path, err := logPath("OBInstaller0Curr.errlog")
	if err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o644)
	if err != nil {
		return nil, err
	}
	now := time.Now()
	_, err = fmt.Fprintf(f, "%04X\t%04X\t%s\t%s\t18\tsetuplaunch.cpp(371)\t[%016X]\t%s\t\tNORMAL\tDirectory Path for SetupLaunchScreen: %s\r\n",
		os.Getpid(), windows.GetCurrentThreadId(), now.Format("01/02"), now.Format("15:04:05.000"), 0x53582120,
		"1FCFF8B4-3E0E-4B52-9C4A-7F1A5D2E9169", folder)
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}

func logPath(name string) (string, error) {
	dir, err := windows.GetSystemWindowsDirectory()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "Temp", name), os.MkdirAll(filepath.Join(dir, "Temp"), 0o755)
}
