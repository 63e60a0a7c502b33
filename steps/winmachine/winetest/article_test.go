//go:build linux || windows

package winetest_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"marsfix/steps/winmachine/winetest"
)

// The article's story on a Windows Installer that nobody here wrote: a real 1612, marsfix.exe walked by keys through
// all twelve steps, its screens read as the engineer sees them, and the same operation returning 0.
func article(t *testing.T) {
	p := ill(t)
	if code := p.Reinstall(agentCode); code != winetest.CodeNoSource {
		t.Fatalf("before the repair the re-install ends with %d, want %d", code, winetest.CodeNoSource)
	}
	before := p.cache()
	w := p.walk()
	has(t, w.next(1), "elevated", "on the Windows drive")
	has(t, w.next(2), winetest.WindowsFolder()+`\Temp\OBPatch.log`, "UTF-16LE")
	has(t, w.next(3), "2 warnings about a cached package")
	has(t, w.next(4), p.agent.Cached, "> 10  ")
	has(t, w.next(5), "has lost "+p.id+".msi", "is missing", "log           yes", "registration  yes",
		"disk          yes")
	has(t, w.says(6, "y start", "y"), theInstaller, "not signed", "do NOT press Next", "Unique_ID "+p.id)
	has(t, w.next(6), "a private copy only administrators can change")
	has(t, w.next(7), winetest.WindowsFolder()+`\Temp\OBInstaller0Curr.errlog`)
	folder := w.theFolder()
	has(t, w.next(8), "names it", "runs from it", "temp path "+folder)
	has(t, w.at(9, "press Enter"), folder+`\Installers\OBSAGENT.msi`, "matches", "this OBSAGENT.msi is not signed",
		"not signed", "runs it as SYSTEM")
	w.enters(9, "abc")
	w.at(9, "That is not "+p.id)
	w.enters(9, p.id)
	w.next(9)
	has(t, w.at(10, "y copy"), p.agent.Cached, "does not exist yet", "SHA-256", "nothing is overwritten")
	p.unchanged(before)
	w.Type("y")
	has(t, w.at(10, "enter next"), "read back, identical")
	w.next(10)
	has(t, w.at(11, "close its window"), "CBPSetup.exe", "MARSAgentInstaller.exe")
	p.hand("close")
	w.next(11)
	has(t, w.says(12, "y run", "y"), "press Next, then Upgrade")
	p.hand("upgrade")
	has(t, w.says(12, "enter finish", "\r"), "exit code  0", "2.0.9169.0", "no warnings or errors",
		"the service obengine is not installed",
		"the service OBRecoveryServicesManagementAgent is not installed")
	has(t, w.ends(0), "upgraded and verified", p.agent.Cached, "marsfix undo", journalFile)
	p.cured(before, agentPackage)
	p.left(folder)
}

var folderOnScreen = regexp.MustCompile(`temp path +([A-Z]:\\[0-9a-f]{32})`)

// theFolder is the extraction folder as step 8 shows it.
func (w *walk) theFolder() string {
	w.t.Helper()
	m := folderOnScreen.FindStringSubmatch(w.at(8, "temp path"))
	if m == nil {
		w.t.Fatalf("no extraction folder on\n%s", w.Screen())
	}
	return m[1]
}

// left holds what a walk that went through leaves behind: the journal and the report, and nothing of the installer's.
func (p *patient) left(folder string) {
	p.t.Helper()
	if p.Exists(folder) {
		p.t.Errorf("%s is still there", folder)
	}
	var changes []string
	for _, r := range p.journal() {
		if r.Kind == "before" || r.Kind == "after" {
			changes = append(changes, r.Kind+" "+r.Act)
		}
		if r.Act == "copy" && r.To != p.agent.Cached {
			p.t.Errorf("the journal has %+v", r)
		}
	}
	if want := []string{"before start", "after start", "before copy", "after copy", "before run",
		"after remove-run-folder", "after run"}; !slices.Equal(changes, want) {
		p.t.Errorf("the journal has the changes %q, want %q", changes, want)
	}
	last := p.journal()[len(p.journal())-1]
	if last.Kind != "end" || last.Code == nil || *last.Code != 0 {
		p.t.Errorf("the journal ends with %+v", last)
	}
	reports := p.List(reportsFolder)
	if len(reports) != 1 || !p.Exists(reportsFolder+`\`+reports[0]+`\report.html`) {
		p.t.Errorf("reports: %q", reports)
	}
	p.noCopyLeft()
}

// noCopyLeft holds that no copy of an installer lies about.
func (p *patient) noCopyLeft() {
	p.t.Helper()
	for _, name := range p.List(ownFolder) {
		if strings.HasPrefix(name, "run-") {
			p.t.Errorf("%s was left behind", name)
		}
	}
}
