//go:build linux

package winetest_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/winmachine/winetest"
)

const (
	strangersPackage = "steps/winmachine/testdata/signed-agent.msi"
	otherUnsigned    = packages + "unsigned.msi"
	registrations    = `HKLM\SOFTWARE\Microsoft\Windows\CurrentVersion\Installer\UserData\S-1-5-18\Products\`
	// the registry's spelling of Microsoft Monitoring Agent's code
	monitorKey = registrations + `39C6F14AE8D072B4591CE6B3F7121018`
	// of Microsoft Visual C++ 2019 X64 Minimum Runtime
	runtimeKey = registrations + `A7B1D5E8F2C306A4D9E4412DF8209931`
)

// cure is an ill computer of some kind, and a walk that cures it.
type cure struct {
	name    string
	msi     string // what the installer brings; empty: the registered package itself
	drive   string // it extracts to; empty: C
	prepare func(p *patient)
	walk    func(w *walk)
}

var cures = []cure{
	{name: "a package signed by a stranger", msi: strangersPackage, walk: func(w *walk) {
		w.through(1, 8)
		has(w.t, w.at(9, "press Enter"), "signed by Contoso Stranger, not by Microsoft",
			"this OBSAGENT.msi is not signed by Microsoft")
		w.through(9, 12)
	}},
	{name: "another package of the same code, unsigned", msi: otherUnsigned, walk: func(w *walk) {
		w.through(1, 8)
		has(w.t, w.at(9, "press Enter"), "OBSAGENT.msi is not signed", "this OBSAGENT.msi is not signed")
		w.says(9, "enter use it", "\r")
		w.at(9, "Nothing was typed")
		w.enters(9, "7b5ea8") // the article's sample, not this computer's
		w.at(9, "That is not "+w.p.id)
		w.through(9, 12)
	}},
	{name: "the folder on another drive", drive: "F", prepare: func(p *patient) { p.AddDrive('F') },
		walk: func(w *walk) {
			w.through(1, 7)
			if folder := w.theFolder(); folder[0] != 'F' {
				w.t.Errorf("the folder is %s", folder)
			}
			w.through(8, 12)
		}},
	{name: "the wizard closed too early", walk: func(w *walk) {
		w.through(1, 6)
		w.at(7, found[7], "enter next")
		w.p.hand("close")
		w.p.waitGone("CBPSetup.exe")
		w.Type("\r")
		has(w.t, w.says(8, "enter back to step 6", "\r"), "closed", "leave its")
		w.through(6, 12)
	}},
	{name: "the wizard closed before the copy", walk: func(w *walk) {
		w.through(1, 9)
		w.at(10, "y copy")
		w.p.hand("close")
		w.p.waitGone("CBPSetup.exe")
		before := w.p.cache()
		w.Type("y")
		has(w.t, w.says(10, "enter back to step 6", "\r"), "the upgrade wizard was closed", "deleted with it",
			"starts the installer again")
		w.p.unchanged(before)
		w.through(6, 8)
		w.at(9, found[9], "enter next") // the same package was let pass already
		w.Type("\r")
		w.through(10, 12)
	}},
	{name: "three products, one registration corrupt, one package lost", prepare: func(p *patient) {
		p.Install(packages+"monitor.msi", downloads+"monitor.msi")
		p.MustRun("reg", "delete", monitorKey+`\InstallProperties`, "/f")
		p.Lose(p.Install(packages+"runtime.msi", downloads+"runtime.msi"))
	}, walk: func(w *walk) {
		before := w.p.registered(runtimeKey) + w.p.registered(monitorKey)
		w.through(1, 4)
		has(w.t, w.at(5, found[5]), "also gone", "Microsoft Visual C++ 2019")
		w.through(5, 12)
		if after := w.p.registered(runtimeKey) + w.p.registered(monitorKey); after != before {
			w.t.Errorf("the other products were registered as\n%s\nand are as\n%s", before, after)
		}
	}},
}

// registered is all that is registered of a product.
func (p *patient) registered(key string) string {
	p.t.Helper()
	return p.MustRun("reg", "query", key, "/s")
}

// waitGone waits until a program does not run any more.
func (p *patient) waitGone(image string) {
	p.t.Helper()
	p.MustRun(ready(p.t, second), "gone", image)
}

func TestWineCures(t *testing.T) {
	t.Parallel()
	for _, c := range cures {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := admit(t)
			if c.prepare != nil {
				c.prepare(p)
			}
			if c.msi == "" {
				c.msi = agentPackage
			}
			if c.drive == "" {
				c.drive = "C"
			}
			p.offer(c.msi, c.drive)
			p.Lose(p.agent)
			p.upgradeFails(winetest.CodeNoSource)
			before := p.cache()
			w := p.walk()
			c.walk(w)
			has(t, w.ends(0), "upgraded and verified")
			p.cured(before, c.msi)
		})
	}
}

// Half a package lies under the name. It is set aside after a y of its own, and kept.
func TestWineCutOffPackage(t *testing.T) {
	t.Parallel()
	p := admit(t)
	whole := p.Read(p.agent.Cached)
	half := whole[:len(whole)/2]
	p.Write(p.agent.Cached, half)
	p.Remove(p.agent.Source)
	p.upgradeFails(winetest.CodeCutOff)
	w := p.walk()
	w.through(1, 3)
	has(t, w.next(4), "could not be opened as a storage file")
	w.through(5, 9)
	before := p.cache()
	has(t, w.at(10, "y set aside"), "unusable", "nothing is deleted")
	w.Type("n")
	w.says(10, "enter ask again", "\r")
	p.unchanged(before)
	w.says(10, "y set aside", "y")
	w.through(10, 12)
	has(t, w.ends(0), "upgraded and verified", "set aside")
	aside := slices.DeleteFunc(p.List(cacheFolder),
		func(name string) bool { return !strings.HasPrefix(name, p.id+".msi.marsfix-") })
	if len(aside) != 1 || string(p.Read(cacheFolder+`\`+aside[0])) != string(half) {
		t.Errorf("the half package is not what lies under %q", aside)
	}
	before = map[string]string{aside[0]: fmt.Sprintf("%x", sha256.Sum256(half))}
	p.cured(before, agentPackage)
}

// The installer brings a package with another package code. It is never copied, whatever is typed.
func TestWineGateStopsAnotherPackageCode(t *testing.T) {
	t.Parallel()
	p := ill(t)
	p.offer(packages+"other.msi", "C")
	before := p.cache()
	w := p.walk()
	w.through(1, 8)
	screen := w.at(9, "is not the lost package", "hint:", "q quit")
	has(t, screen, "{1C9D43F2-77AB-4D15-B0E6-5F2A8C3D9262}", "{7B5EA8D0-4C3F-4E0A-9C54-0A7D5E2F9169}",
		"different", "2.0.9169.0")
	hasNot(t, screen, "press Enter", "enter next")
	w.Type("\r" + p.id + "\ry")
	w.leave()
	has(t, w.ends(1), "not repaired", "has a different package code")
	p.unchanged(before)
	if code := p.Reinstall(agentCode); code != winetest.CodeNoSource {
		t.Errorf("the re-install ends with %d, as if something had been changed", code)
	}
}

// The log names a folder on a share. Nothing is ever taken from there.
func TestWineFolderOnAShare(t *testing.T) {
	t.Parallel()
	p := admit(t)
	p.AddDrive('F')
	p.MustRun("reg", "add", `HKLM\Software\Wine\Drives`, "/v", "f:", "/d", "network")
	p.SwitchOff() // drives are looked through when the computer is switched on
	p.offer(agentPackage, "F")
	p.Lose(p.agent)
	p.upgradeFails(winetest.CodeNoSource)
	before := p.cache()
	w := p.walk()
	w.through(1, 7)
	screen := w.at(8, "start the installer from a local drive", "q quit")
	has(t, screen, `F:\`, "on no fixed or removable")
	hasNot(t, screen, "enter next", "does not exist") // nobody has looked whether it does
	w.leave()
	has(t, w.ends(1), "not repaired")
	p.unchanged(before)
}
