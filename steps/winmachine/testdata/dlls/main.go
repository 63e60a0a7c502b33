//go:build windows

// Command dlls tells where DLLs are loaded from.
//
//	dlls of IMAGE     prints the full path of every module of the first program with that image, itself first
//	dlls load NAME…   loads DLLs as a careless program does, and prints the full paths of those that it got
package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"unsafe"

	"golang.org/x/sys/windows"
)

func main() {
	if err := act(os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "dlls:", err)
		os.Exit(70)
	}
}

func act(args []string) error {
	switch {
	case len(args) == 2 && args[0] == "of":
		pid, err := find(args[1])
		if err != nil {
			return err
		}
		return modules(pid)
	case len(args) > 1 && args[0] == "load":
		return load(args[1:])
	}
	return fmt.Errorf("started with %q", args)
}

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
	return 0, fmt.Errorf("%s does not run: %w", image, err)
}

// modules prints the modules of a process.
func modules(pid uint32) error {
	h, err := windows.CreateToolhelp32Snapshot(windows.TH32CS_SNAPMODULE, pid)
	if err != nil {
		return err
	}
	defer windows.CloseHandle(h)
	e := windows.ModuleEntry32{Size: uint32(unsafe.Sizeof(windows.ModuleEntry32{}))}
	for err = windows.Module32First(h, &e); err == nil; err = windows.Module32Next(h, &e) {
		fmt.Println(windows.UTF16ToString(e.ExePath[:]))
	}
	if !errors.Is(err, windows.ERROR_NO_MORE_FILES) {
		return err
	}
	return nil
}

// load leaves the search for DLLs as Windows does it by default: the program's own folder comes first.
func load(names []string) error {
	for _, name := range names {
		h, err := windows.LoadLibrary(name)
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		path := make([]uint16, windows.MAX_PATH)
		if _, err := windows.GetModuleFileName(h, &path[0], uint32(len(path))); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		fmt.Println(windows.UTF16ToString(path))
	}
	return nil
}
