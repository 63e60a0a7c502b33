package winmachine

import (
	"strings"

	"golang.org/x/sys/windows"
)

// wide is text as Windows takes it, up to the first NUL.
func wide(s string) *uint16 {
	s, _, _ = strings.Cut(s, "\x00")
	p, err := windows.UTF16PtrFromString(s)
	if err != nil {
		return new(uint16) // cannot be: NUL is the only thing that it refuses
	}
	return p
}
