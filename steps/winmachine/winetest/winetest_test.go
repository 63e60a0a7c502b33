//go:build linux

package winetest_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"marsfix/steps/winmachine/winetest"
)

const (
	agentSource = downloads + "OBSAGENT.msi"
	limit       = stepLimit
)

// The illness of the article and its cure, by hand: Windows Installer fails with 1612 while its cached package is lost,
// and works again with the same file under the same name.
func TestWineIllnessAndCure(t *testing.T) {
	c := winetest.New(t)
	p := c.Install(agentPackage, agentSource)
	if code := c.Reinstall(agentCode); code != 0 {
		t.Errorf("healthy, the re-install ends with %d", code)
	}
	want, err := os.ReadFile(packages + "obsagent.msi")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(c.Read(p.Cached), want) {
		t.Errorf("%s is not the package", p.Cached)
	}
	c.Lose(p)
	if code := c.Reinstall(agentCode); code != winetest.CodeNoSource {
		t.Errorf("ill, the re-install ends with %d, want %d", code, winetest.CodeNoSource)
	}
	c.Write(p.Cached, want[:len(want)/2])
	if code := c.Reinstall(agentCode); code != winetest.CodeCutOff {
		t.Errorf("with half a package the re-install ends with %d, want %d", code, winetest.CodeCutOff)
	}
	c.Write(p.Cached, want)
	if code := c.Reinstall(agentCode); code != 0 {
		t.Errorf("cured, the re-install ends with %d", code)
	}
}

// Computers do not know of each other, and drives can be added.
func TestWineComputersAreApart(t *testing.T) {
	a, b := winetest.New(t), winetest.New(t)
	a.Write(`C:\windows\Temp\mark.txt`, []byte("a"))
	if !a.Exists(`c:\WINDOWS\temp\MARK.TXT`) || b.Exists(`C:\windows\Temp\mark.txt`) {
		t.Error("a file of one computer is missing there, or is on the other")
	}
	a.AddDrive('F')
	a.Write(`F:\folder\x.txt`, []byte("on another drive"))
	if out := a.MustRun("cmd", "/c", `type F:\folder\x.txt`); strings.TrimSpace(out) != "on another drive" {
		t.Errorf("Windows reads %q there", out)
	}
	if _, code := a.Run("cmd", "/c", "exit 3"); code != 3 {
		t.Errorf("exit 3 ends with %d", code)
	}
}

// A console program in a terminal: what it writes is seen, what is typed arrives, and its exit code comes back.
func TestWineTerminal(t *testing.T) {
	term := winetest.New(t).Terminal(80, 24, "cmd", "/k", "prompt ready$G")
	term.WaitFor(limit, "ready>")
	term.Type("echo one^&two\r")
	term.WaitFor(limit, "\none&two")
	term.Type("exit 5\r")
	if code := term.Wait(limit); code != 5 {
		t.Errorf("it ended with %d", code)
	}
	if !strings.Contains(term.Screen(), "exit 5") || term.Written() == 0 {
		t.Errorf("the last screen is\n%s", term.Screen())
	}
}

// A program that draws gets keys, sizes, Ctrl+C and the closing of its window as on Windows, and terminal sequences do
// not break lines.
func TestWineTerminalEvents(t *testing.T) {
	c := winetest.New(t)
	term := c.Terminal(80, 24, winetest.Build(t, "marsfix/steps/winmachine/winetest/testdata/events"))
	term.WaitFor(limit, "size 80x24", "\n"+strings.Repeat("=", 79))
	term.Type("k\r\x1b")
	term.WaitFor(limit, "key k", "key enter", "key esc")
	term.Resize(100, 30)
	term.WaitFor(limit, "size 100x30")
	term.Interrupt()
	term.WaitFor(limit, "signal interrupt")
	term.Close()
	if code := term.Wait(limit); code != 7 { // it ends so only when told; its last words are lost with the window
		t.Errorf("closed, it ended with %d", code)
	}
	term = c.Terminal(80, 24, winetest.Build(t, "marsfix/steps/winmachine/winetest/testdata/events"))
	term.WaitFor(limit, "size 80x24")
	term.Kill()
	if code := term.Wait(limit); code == 7 || strings.Contains(term.Screen(), "signal") {
		t.Errorf("killed, it ended with %d:\n%s", code, term.Screen())
	}
}
