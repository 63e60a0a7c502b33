//go:build linux

package winetest_test

import "testing"

var service = forWindows("service.exe", "./steps/winmachine/testdata/service")

const (
	backupProgram     = `C:\agent\bin\cbengine.exe`
	managementProgram = `C:\agent\bin\OBRecoveryServicesManagementAgent.exe`
)

// serve puts a service on the computer, not running.
func (p *patient) serve(name, program string) {
	p.t.Helper()
	p.Put(ready(p.t, service), program)
	p.MustRun("sc", "create", name, "binPath=", program)
}

// The agent's services are read: the backup service runs at first, stands after the upgrade, as one does that the
// upgrade has stopped, and is waited for; the management agent, registered under a name that nobody knows, is found by
// its program.
func TestWineServices(t *testing.T) {
	t.Parallel()
	p := ill(t)
	before := p.cache()
	p.serve("obengine", backupProgram)
	p.serve("AnotherName", managementProgram)
	w := p.walk()
	w.at(1, found[1], "obengine   stopped", "AnotherName   stopped")
	p.MustRun("net", "start", "obengine") // not earlier: Wine's services end with the last program that is none
	w.Type("r")
	w.at(1, found[1], "obengine   running; step 12 may interrupt a running backup")
	w.through(1, 11)
	p.MustRun("net", "stop", "obengine")
	w.pass(12)
	hasNot(t, w.at(12, "waiting for obengine to run (stopped)"), "enter finish")
	p.MustRun("net", "start", "obengine")
	has(t, w.says(12, "enter finish", "\r"), "obengine   running; scheduled backups can run", "the service AnotherName is stopped",
		"net start AnotherName")
	has(t, w.ends(0), "upgraded and verified")
	reports := reportsFolder + `\`
	has(t, string(p.Read(reports+p.List(reports)[0]+`\report.html`)),
		"The backup service obengine is running: scheduled backups can run.")
	p.cured(before, agentPackage)
}
