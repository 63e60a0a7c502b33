package winmachine

import (
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

// PoorFont reports whether the console may lack the marks of the screens or draw them two cells wide: with a raster
// font, and with the code pages of East Asia.
func PoorFont() bool {
	if cp, err := windows.GetConsoleOutputCP(); err == nil {
		switch cp {
		case 932, 936, 949, 950, 1361, 54936: // Japanese, Chinese, Korean
			return true
		}
	}
	if os.Getenv("WT_SESSION") != "" {
		return false // Windows Terminal draws with fonts of its own; the console behind it tells nothing
	}
	const trueType = 4 // TMPF_TRUETYPE
	info := consoleFontInfo{}
	info.size = uint32(unsafe.Sizeof(info))
	if err := getCurrentConsoleFontEx(windows.Handle(os.Stdout.Fd()), false, &info); err != nil {
		return false
	}
	return info.family&trueType == 0 && windows.UTF16ToString(info.face[:]) == "Terminal"
}

// NoScreen tells why no screens can be drawn on this console; empty when they can.
func NoScreen(in, out *os.File) string {
	var mode uint32
	if err := windows.GetConsoleMode(windows.Handle(in.Fd()), &mode); err != nil {
		return "standard input is not a console"
	}
	console := windows.Handle(out.Fd())
	if err := windows.GetConsoleMode(console, &mode); err != nil {
		return "standard output is not a console"
	}
	const vt = windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING
	if mode&vt != 0 {
		return ""
	}
	if err := windows.SetConsoleMode(console, mode|vt); err != nil {
		return "this console knows no terminal sequences"
	}
	if err := windows.SetConsoleMode(console, mode); err != nil {
		return "this console cannot be set back"
	}
	return ""
}
