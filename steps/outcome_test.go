package steps

import (
	"strings"
	"testing"
	"time"

	"marsfix/logscan"
	"marsfix/steps/computer"
	"marsfix/steps/installer"
	"marsfix/steps/look"
	"marsfix/steps/screen"
)

// upgraded is an upgrade that went through by every account.
func upgraded() Facts {
	f := settled()
	f.PatchLog.Path = `C:\Windows\Temp\OBPatch.log`
	f.Installers = []installer.Program{{Path: `C:\MARSAgentInstaller.exe`, Version: "2.0.9262.0"}}
	f.Upgrade.Before, f.Upgrade.HasCode = "2.0.9169.0", true
	f.Upgrade.NewLog, f.Upgrade.Log.Sessions, f.Upgrade.Log.LastSession.HasCode = true, 1, true
	f.Upgrade.Services = []computer.Service{{Name: "obengine", State: "running"},
		{Name: "management", State: "running"}}
	after := *f.Decision.Product
	after.Version = "2.0.9262.0"
	f.Upgrade.After.Products = []computer.Product{after}
	return f
}

func warned(id string) logscan.PatchLog {
	w := logscan.Warning{Kind: logscan.Missing, Session: 1, ID: id, Path: `C:\Windows\Installer\` + id + `.msi`}
	return logscan.PatchLog{Sessions: 1, Named: []logscan.Warning{w}}
}

func TestJudgeOutcome(t *testing.T) {
	for name, tt := range map[string]struct {
		change  func(u *look.Upgrade)
		state   screen.State
		code    string // of the first problem; empty: none
		restart bool
	}{
		"went through":        {func(*look.Upgrade) {}, screen.Done, "", false},
		"a restart is needed": {func(u *look.Upgrade) { u.Code = 3010 }, screen.Done, "", true},
		"a restart has begun": {func(u *look.Upgrade) { u.Code = 1641 }, screen.Done, "", true},
		"a restart is needed, says the log": {func(u *look.Upgrade) { u.Log.LastSession.Code = 3010 },
			screen.Done, "", true},
		"the same package again": {func(u *look.Upgrade) { u.Log = warned("7B5EA8") }, screen.Failed,
			"copy-not-accepted", false},
		"another package": {func(u *look.Upgrade) { u.Log = warned("8c61f3") }, screen.NeedsYou,
			"another-package", false},
		"a warning of an earlier session": {func(u *look.Upgrade) {
			u.Log.Named,
				u.Log.Sessions = warned("8c61f3").Named, 2
		}, screen.Done, "", false},
		"a lost patch": {func(u *look.Upgrade) {
			u.Log.Patches = []logscan.Warning{{Kind: logscan.LostPatch, Path: `C:\Windows\Installer\aaa.msi`}}
		}, screen.Failed, "patch-missing", false},
		"a code of failure": {func(u *look.Upgrade) { u.Code = 1603 }, screen.Failed,
			"upgrade-failed", false},
		"a code of failure in the log alone": {func(u *look.Upgrade) { u.Log.LastSession.Code = 1612 },
			screen.Failed, "upgrade-failed", false},
		"an error in the log alone": {func(u *look.Upgrade) { u.Log.LastSession.Error.Number = 9 },
			screen.Failed, "upgrade-failed", false},
		"a code that nobody knows, all else good": {func(u *look.Upgrade) { u.Code = 259 }, screen.Done,
			"exit-code-unknown", false},
		"such a code and no new session": {func(u *look.Upgrade) { u.Code, u.NewLog = 259, false },
			screen.Failed, "upgrade-failed", false},
		"such a code and a session without an end": {func(u *look.Upgrade) {
			u.Code,
				u.Log.LastSession.HasCode = 259, false
		}, screen.Failed, "upgrade-failed", false},
		"such a code and the version of before": {func(u *look.Upgrade) {
			u.Code,
				u.After.Products[0].Version = 259, u.Before
		}, screen.Failed, "upgrade-failed", false},
		"such a code and a warning": {func(u *look.Upgrade) {
			u.Code,
				u.Log.LastSession.Warnings = 259, 1
		}, screen.Failed, "upgrade-failed", false},
		"a code of Windows Installer's, all else good": {func(u *look.Upgrade) { u.Code = 1639 }, screen.Failed,
			"upgrade-failed", false},
		"the agent is not registered any more": {func(u *look.Upgrade) { u.After.Products = nil },
			screen.Failed, "agent-not-registered", false},
		"the version cannot be read any more": {func(u *look.Upgrade) { u.After.Products[0].Version = "" },
			screen.Failed, "registration-corrupt", false},
		"a registration without a package is listed first": {func(u *look.Upgrade) {
			other := computer.Product{Name: computer.AgentName, ProductCode: u.After.Products[0].ProductCode,
				Err: "LocalPackage: 1610"}
			u.After.Products = append([]computer.Product{other}, u.After.Products...)
		}, screen.Done, "", false},
		"a lower version": {func(u *look.Upgrade) { u.After.Products[0].Version = "2.0.9100.0" }, screen.Failed,
			"version-lower", false},
		"a lower version with more digits": {func(u *look.Upgrade) { u.Before = "2.0.10000.0" },
			screen.Failed, "version-lower", false},
		"nothing new at all": {func(u *look.Upgrade) {
			u.NewLog,
				u.After.Products[0].Version = false, u.Before
		}, screen.Failed, "not-upgraded", false},
		"nothing new but a session without an end": {func(u *look.Upgrade) {
			u.Log.LastSession.HasCode,
				u.After.Products[0].Version = false, u.Before
		}, screen.Failed, "not-upgraded", false},
		"the version stays, and the log is good": {func(u *look.Upgrade) { u.After.Products[0].Version = u.Before },
			screen.Done, "", false},
		"it was the installer's version before": {func(u *look.Upgrade) {
			u.NewLog, u.Before = false,
				"2.0.9262.0"
		}, screen.Done, "", false},
		"the backup service is stopped": {func(u *look.Upgrade) { u.Services[0].State = "stopped" },
			screen.Looking, "", false},
		"the backup service is stopped for good": {func(u *look.Upgrade) { u.Services[0].State = "stopped"; u.EndedAt = t0.Add(-serviceLimit) }, screen.Failed, "service-stopped", false},
		"the backup service goes on starting":    {func(u *look.Upgrade) { u.Services[0].State = "start pending"; u.EndedAt = t0.Add(-serviceLimit) }, screen.Done, "", false},
		"the backup service is not installed": {func(u *look.Upgrade) { u.Services[0].State = "" },
			screen.Done, "service-not-installed", false},
		"the management agent is stopped": {func(u *look.Upgrade) { u.Services[1].State = "stopped" },
			screen.Done, "service-stopped", false},
		"services cannot be asked": {func(u *look.Upgrade) { u.Services = nil },
			screen.Done, "", false},
	} {
		t.Run(name, func(t *testing.T) {
			f := upgraded()
			tt.change(&f.Upgrade)
			fd := judgeOutcome(f, t0.Add(time.Second))
			code := ""
			if len(fd.problems) > 0 {
				code = string(fd.problems[0].Code)
			}
			if fd.state != tt.state || code != tt.code || f.Upgrade.Restart() != tt.restart {
				t.Errorf("it is %v with %q, restart %v: %+v", fd.state, code, f.Upgrade.Restart(), fd.problems)
			}
		})
	}
}

// TestStoppedServicesAreToldHoweverItWent: tonight's backup depends on them after a failure too.
func TestStoppedServicesAreToldHoweverItWent(t *testing.T) {
	for name, change := range map[string]func(u *look.Upgrade){
		"the same package again": func(u *look.Upgrade) { u.Log = warned("7B5EA8") },
		"another package":        func(u *look.Upgrade) { u.Log = warned("8c61f3") },
		"a lost patch": func(u *look.Upgrade) {
			u.Log.Patches = []logscan.Warning{{Kind: logscan.LostPatch, Path: `C:\Windows\Installer\aaa.msi`}}
		},
		"a code of failure":     func(u *look.Upgrade) { u.Code = 1603 },
		"a lower version":       func(u *look.Upgrade) { u.After.Products[0].Version = "2.0.9100.0" },
		"nothing new at all":    func(u *look.Upgrade) { u.NewLog, u.After.Products[0].Version = false, u.Before },
		"nothing is registered": func(u *look.Upgrade) { u.After = computer.Registration{} },
	} {
		t.Run(name, func(t *testing.T) {
			f := upgraded()
			change(&f.Upgrade)
			f.Upgrade.Judged, f.Upgrade.Begun, f.Upgrade.Ended = true, true, true
			f.Upgrade.Services = []computer.Service{{Name: "obengine", State: "stopped"},
				{Name: "manager", State: "stopped"}}
			fd := judgeOutcome(f, t0.Add(time.Second))
			if len(fd.problems) != 3 || fd.problems[0].Code == screen.CodeServiceStopped {
				t.Fatalf("%v: %+v", fd.state, fd.problems)
			}
			for i, want := range []string{"net start obengine", "net start manager"} {
				if p := fd.problems[i+1]; p.Code != screen.CodeServiceStopped || !strings.HasSuffix(p.Cure, want) {
					t.Errorf("%+v, want %s", p, want)
				}
			}
			for _, r := range outcomeRows(f) {
				if r.Label == "service" {
					t.Errorf("a row says it again: %+v", r)
				}
			}
		})
	}
}

// TestUpgradesNothing: step 12 says of an installer that it is not newer than what is installed, where both are known.
func TestUpgradesNothing(t *testing.T) {
	for _, c := range []struct {
		installed, own string
		said           bool
	}{
		{"2.0.9169.0", "2.0.9262.0", false}, {"2.0.9169.0", "2.0.9169.0", true}, {"2.0.9262.0", "2.0.9169.0", true},
		{"", "2.0.9169.0", false}, {"2.0.9169.0", "", false},
	} {
		f := Facts{Decision: look.Decision{Product: &computer.Product{Version: c.installed}}}
		p := upgradesNothing(f, installer.Program{Path: `C:\a\MARSAgentInstaller.exe`, Version: c.own})
		if (p != nil) != c.said {
			t.Errorf("installed %q, installer %q: %+v", c.installed, c.own, p)
		}
	}
	if p := upgradesNothing(Facts{}, installer.Program{Version: "2.0.9169.0"}); p != nil {
		t.Errorf("without a registration: %+v", p)
	}
}

// TestOnlyWhatWasSeenIsCalledVerified: an upgrade that counts as successful is called verified where the log, the
// version and the backup service were all seen to say so, and otherwise the screen tells what is lacking.
func TestOnlyWhatWasSeenIsCalledVerified(t *testing.T) {
	for lacks, change := range map[string]func(f *Facts){
		"": func(*Facts) {},
		"marsfix could not check whether the backup service is running": func(f *Facts) {
			f.Upgrade.Services, f.Upgrade.ServicesUnseen = nil, &screen.Problem{}
		},
		"its version could not be checked":     func(f *Facts) { f.Decision.Product = nil },
		"OBPatch.log says nothing about it":    func(f *Facts) { f.Upgrade.NewLog = false },
		"the backup service is still starting": func(f *Facts) { f.Upgrade.Services[0].State = "start pending" },
		"marsfix did not see it end":           func(f *Facts) { f.Upgrade.Said = true },
	} {
		f := upgraded()
		f.Upgrade.Begun, f.Upgrade.Ended, f.Upgrade.Judged = true, true, true
		change(&f)
		want := "The upgrade succeeded; " + lacks + "."
		if lacks == "" {
			want = "The upgrade succeeded: 2.0.9169.0 -> 2.0.9262.0, verified."
		}
		if says, _, _ := upgradeSays(f); says != want || look.Unproved(f) != lacks {
			t.Errorf("%q, want %q", says, want)
		}
	}
}
