package ui

import (
	"strings"

	"marsfix/steps/screen"
)

// cleaned is the one gate through which a walk's texts get into a frame or a line. The walk has cleaned already; a
// terminal obeys what it is sent, so this does not rely on it. With ascii the dots of omission become ASCII too; what
// else a log holds is its own.
func cleaned(sc screen.Screen, ascii bool) screen.Screen {
	sc = sc.Cleaned()
	if !ascii {
		return sc
	}
	return sc.MapText(func(s string) string { return strings.ReplaceAll(s, "…", "...") })
}
