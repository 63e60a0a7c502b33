//go:build linux

package winmachine

import (
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"marsfix/steps/winmachine/winetest"
)

// stepLimit is how long a step may take at most on a machine that does other things as well.
const stepLimit = time.Minute

const (
	walkProduct   = "{FFE6D16C-3F87-4192-AF94-DDBEFF165106}"
	walkPackage   = "../practice/packages/obsagent.msi"
	walkInstaller = `C:\Downloads\MARSAgentInstaller.exe`
	walkMarsfix   = `C:\Downloads\marsfix.exe`
	walkMSI       = `C:\new\obsagent.msi`
)

// ill is a computer with the article's illness: the product is installed, its cached package is lost, an upgrade has failed with 1612
// and has left its logs; marsfix and the installer lie in a folder beside each other. hand is the engineer at the wizard's window.
func ill(t *testing.T) (c *winetest.Computer, p winetest.Product, hand func(button string)) {
	t.Helper()
	c = winetest.New(t)
	p = c.Install(walkPackage, `C:\Downloads\OBSAGENT.msi`)
	c.Lose(p)
	standin := winetest.Build(t, "./testdata/standin", "-ldflags=-H=windowsgui")
	hand = func(button string) {
		t.Helper()
		c.MustRun(standin, "press", button)
	}
	config, err := json.Marshal(map[string]string{"package": walkMSI, "product": walkProduct})
	if err != nil {
		t.Fatal(err)
	}
	c.Write(`C:\standin.json`, config)
	c.Put(walkPackage, walkMSI)
	c.Put(standin, walkInstaller)
	c.Put(winetest.Build(t, "marsfix"), walkMarsfix)
	installer := c.Command(t.Context(), walkInstaller)
	if err := installer.Start(); err != nil {
		t.Fatal(err)
	}
	hand("upgrade")
	installer.Wait() // its code is the next line's matter
	if code := installer.ProcessState.ExitCode(); code != winetest.CodeNoSource {
		t.Fatalf("the upgrade of an ill computer ended with %d, want %d", code, winetest.CodeNoSource)
	}
	return c, p, hand
}

// marsfix.exe cures a real 1612, walked by keys through all twelve steps as an engineer does, the screen read as he sees it.
func TestWineMarsfixCures1612(t *testing.T) {
	c, p, hand := ill(t)
	id := strings.TrimSuffix(filepath.Base(strings.ReplaceAll(p.Cached, `\`, "/")), ".msi")
	if code := c.Reinstall(walkProduct); code != winetest.CodeNoSource {
		t.Fatalf("before the repair the re-install ends with %d", code)
	}
	term := c.ElevatedTerminal(80, 24, walkMarsfix)
	step := func(n int, footer, keys string) {
		t.Helper()
		term.WaitFor(stepLimit, fmt.Sprintf("Step %d of 12", n), footer)
		term.Type(keys)
	}
	for n := 1; n <= 5; n++ {
		step(n, "enter next", "\r")
	}
	step(6, "y start", "y")
	for n := 6; n <= 8; n++ {
		step(n, "enter next", "\r")
	}
	step(9, "type "+id+" and press Enter", id+"\r") // nothing here is signed by Microsoft
	step(9, "enter next", "\r")
	if c.Exists(p.Cached) {
		t.Errorf("%s is there before anybody said yes", p.Cached)
	}
	step(10, "y copy", "y")
	step(10, "enter next", "")
	if got, want := c.Read(p.Cached), c.Read(walkMSI); string(got) != string(want) {
		t.Errorf("%s has %d bytes, the package %d, and they differ", p.Cached, len(got), len(want))
	}
	term.Type("\r")
	term.WaitFor(stepLimit, "Step 11 of 12", "CBPSetup.exe")
	hand("close")
	step(11, "enter next", "\r")
	step(12, "y run", "y")
	hand("upgrade")
	step(12, "enter finish", "\r")
	if code := term.Wait(stepLimit); code != 0 {
		t.Errorf("marsfix ended with %d", code)
	}
	if screen := term.Screen(); !strings.Contains(screen, "upgraded and verified") || !strings.Contains(screen, p.Cached) {
		t.Errorf("what stays in the console is\n%s", screen)
	}
	if code := c.Reinstall(walkProduct); code != 0 {
		t.Errorf("after the repair the re-install ends with %d", code)
	}
	for _, name := range c.List(`C:\windows\Installer`) {
		if strings.HasPrefix(name, "marsfix-") {
			t.Errorf("%s was left behind", name)
		}
	}
}
