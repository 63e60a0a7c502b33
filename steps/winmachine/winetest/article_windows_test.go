package winetest_test

import (
	"testing"
	"time"

	"marsfix/steps/winmachine/winetest"
)

// released is marsfix.exe: as .ci/build has built it, or, without that, with neither version nor manifest.
var released = forWindows("marsfix.exe", ".")

// The same story by the same driver on this computer's own Windows Installer, in a pseudo console.
func TestWindowsArticle(t *testing.T) { article(t) }

// A console program in a pseudo console: what it writes is seen, what is typed arrives, its size is told, and its exit
// code comes back.
func TestWindowsTerminal(t *testing.T) {
	const limit = time.Minute
	term := winetest.New(t).Terminal(80, 24, "cmd", "/k", "prompt ready$G")
	term.WaitFor(limit, "ready>")
	term.Type("echo one^&two\r")
	term.WaitFor(limit, "\none&two")
	term.Type("exit 5\r")
	if code := term.Wait(limit); code != 5 {
		t.Errorf("it ended with %d", code)
	}
}
