package look

import (
	"strings"
	"testing"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/screen"
)

const (
	aaa = `C:\Windows\Installer\aaa.msi`
	bbb = `c:\windows\installer\BBB.msi`
	msp = `c:\windows\installer\BBB.msp`
)

var (
	gone  = cache.File{}
	there = cache.File{Present: true}
	bad   = cache.File{Present: true, Why: "is no readable package"}
	shut  = cache.File{Denied: true}
)

// Who is an administrator already is not sent to start marsfix as one, where marsfix does not put a patch back.
func TestAnAdministratorIsNotSentToBecomeOne(t *testing.T) {
	lost := []logscan.Warning{{Kind: logscan.LostPatch, Session: 1, Path: bbb}, {Kind: logscan.LostPatch, Session: 1}}
	for name, s := range map[string]story{
		"the package is not registered": {products: []computer.Product{unpackaged(bbb)}, disk: disks(there, gone)},
		"the log alone names it":        {patches: lost, silent: true, disk: disks(there, gone)},
		"it is not registered": {patches: lost, products: []computer.Product{unpackaged()},
			disk: disks(there, gone)},
	} {
		n := 0
		for _, p := range Decide(s.facts()).Problems {
			if p.Code != screen.CodePatchMissing {
				continue
			}
			n++
			if user := (computer.About{}).Settled(p); !strings.Contains(user.Cure, "as administrator") {
				t.Errorf("%s: an ordinary user reads %q", name, user.Cure)
			}
			if admin := (computer.About{Elevated: true}).Settled(p); strings.Contains(admin.Cure, "administrator") ||
				!strings.Contains(admin.Cure, "Microsoft Support") {
				t.Errorf("%s: an administrator reads %q", name, admin.Cure)
			}
		}
		if n == 0 {
			t.Errorf("%s: no patch is lost", name)
		}
	}
}

func TestDecide(t *testing.T) {
	missing := []logscan.Warning{named("aaa", logscan.Missing)}
	for name, s := range map[string]story{
		"log, registration and disk agree": {log: missing,
			products: []computer.Product{mars(aaa)}, disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa"},
		"registered package is back: log is old": {log: missing,
			products: []computer.Product{mars(aaa)}, disk: disks(there, gone), verdict: Healthy, id: "aaa"},
		"registration has moved on and is whole": {log: missing,
			products: []computer.Product{mars(bbb)}, disk: disks(gone, there), verdict: Healthy, id: "BBB",
			logID: "aaa"},
		"registration has moved on and is gone": {log: missing,
			products: []computer.Product{mars(bbb)}, disk: disks(gone, gone), verdict: RepairNeeded, id: "BBB",
			logID: "aaa"},
		"registered package cannot be used": {log: missing,
			products: []computer.Product{mars(aaa)}, disk: disks(bad, gone), verdict: RepairNeeded, id: "aaa"},
		"another product's package": {log: missing,
			products: []computer.Product{{Name: "Other", LocalPackage: aaa}, mars(bbb)}, disk: disks(gone, there),
			verdict: Unclear, codes: []screen.Code{screen.CodeOtherProduct}},
		"beside another product's package": {log: []logscan.Warning{named("bbb",
			logscan.Missing), named("aaa", logscan.Missing)}, products: []computer.Product{{Name: "Other",
			LocalPackage: bbb}, mars(aaa)}, disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa"},
		"before another product's package": {log: []logscan.Warning{named("aaa",
			logscan.Missing), named("bbb", logscan.Missing)}, products: []computer.Product{{Name: "Other",
			LocalPackage: bbb}, mars(aaa)}, disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa"},
		"the agent is not registered": {log: missing,
			products: []computer.Product{{Name: "Other", LocalPackage: bbb}}, disk: disks(gone, there),
			verdict: Unclear, codes: []screen.Code{"agent-not-registered"}},
		"no registration, package gone": {log: missing, silent: true,
			disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa"},
		"no registration, package there": {log: missing, silent: true,
			disk: disks(there, gone), verdict: Healthy, id: "aaa"},
		"no registration, log calls it no storage": {log: []logscan.Warning{named("aaa",
			logscan.NotStorage)}, silent: true, disk: disks(there, gone), verdict: RepairNeeded, id: "aaa"},
		"no registration, log says another code": {log: []logscan.Warning{named("aaa",
			logscan.OtherPackageCode)}, silent: true, disk: disks(there, gone), verdict: RepairNeeded, id: "aaa"},
		"only logs": {log: missing, silent: true, noDisk: true,
			verdict: RepairNeeded, id: "aaa"},
		"only logs, nothing named": {silent: true, noDisk: true,
			verdict: Healthy},
		"only suspicious names": {hostile: true, silent: true,
			disk: disks(gone, gone), verdict: Unclear, codes: []screen.Code{screen.CodeSuspiciousName}},
		"suspicious names around a good one": {log: missing, hostile: true, silent: true,
			disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa", codes: []screen.Code{screen.CodeSuspiciousName}},
		"suspicious names, registration is whole": {hostile: true,
			products: []computer.Product{mars(aaa)}, disk: disks(there, gone), verdict: Healthy, id: "aaa",
			codes: []screen.Code{screen.CodeSuspiciousName}},
		"no log, registration gone": {unread: true,
			products: []computer.Product{mars(aaa)}, disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa",
			codes: []screen.Code{screen.CodeLogMissing}},
		"no log, registration whole": {unread: true,
			products: []computer.Product{mars(aaa)}, disk: disks(there, gone), verdict: Healthy, id: "aaa",
			codes: []screen.Code{screen.CodeLogMissing}},
		"no log, no registration": {unread: true, silent: true,
			disk: disks(gone, gone), verdict: Unclear, codes: []screen.Code{screen.CodeLogMissing}},
		"log denied": {unread: true, denied: true,
			products: []computer.Product{mars(aaa)}, disk: disks(there, gone), verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodeNeedsElevation}},
		"package denied": {log: missing,
			products: []computer.Product{mars(aaa)}, disk: disks(shut, gone), verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodeNeedsElevation}},
		"registered path is no cached package": {log: missing,
			products: []computer.Product{mars(`C:\Temp\aaa.msi`)}, disk: disks(gone, gone), verdict: Unclear,
			codes: []screen.Code{"suspicious-registration"}},
		"a second registration without a package": {products: []computer.Product{unpackaged(), mars(aaa)},
			disk: disks(there, gone), verdict: Unclear, id: "aaa", codes: []screen.Code{screen.CodeCorrupt}},
		"a second registration without a package, the log names another one": {log: missing,
			products: []computer.Product{unpackaged(), mars(bbb)}, disk: disks(gone, there), ends: lostSource,
			verdict: Unclear, id: "BBB", logID: "aaa", codes: []screen.Code{screen.CodeCorrupt}},
		"a patch of a second registration without a package is gone": {products: []computer.Product{unpackaged(msp),
			mars(aaa)}, disk: disks(there, gone), verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodeCorrupt, screen.CodePatchMissing}},
		"a registered patch is on a share": {products: []computer.Product{patched(aaa, `\\srv\share\x.msp`)},
			disk: map[string]cache.File{`c:\windows\installer\aaa.msi`: there,
				`\\srv\share\x.msp`: {Unseen: "not looked at"}},
			verdict: Unclear, id: "aaa", codes: []screen.Code{screen.CodeSuspiciousReg}},
		"a second registration without a package, the first is gone": {products: []computer.Product{mars(aaa),
			unpackaged()}, disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa",
			codes: []screen.Code{screen.CodeCorrupt}},
		"the only registration has no package": {products: []computer.Product{unpackaged()}, unread: true,
			disk: disks(there, gone), verdict: Unclear,
			codes: []screen.Code{screen.CodeCorrupt, screen.CodeLogMissing}},
		"a registered patch is gone, its product's package unknown": {log: missing,
			products: []computer.Product{unpackaged(bbb)}, disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa",
			codes: []screen.Code{screen.CodeCorrupt, screen.CodePatchMissing}},
		"and the package that the log names is in place": {log: missing,
			products: []computer.Product{unpackaged(bbb)}, disk: disks(there, gone), verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodeCorrupt, screen.CodePatchMissing}},
		"and the log names none": {products: []computer.Product{unpackaged(bbb)}, disk: disks(there, gone),
			verdict: Unclear, codes: []screen.Code{screen.CodeCorrupt, screen.CodePatchMissing}},
		"and the log names that patch": {patches: []logscan.Warning{{Kind: logscan.LostPatch, Session: 1, Path: bbb}},
			products: []computer.Product{unpackaged(bbb)}, disk: disks(there, gone),
			verdict: Unclear, codes: []screen.Code{screen.CodeCorrupt, screen.CodePatchMissing}},
		"of two registered the one gone": {products: []computer.Product{mars(bbb),
			{Name: computer.AgentName, ProductCode: "{2}", LocalPackage: aaa}}, disk: disks(gone, there),
			verdict: RepairNeeded, id: "aaa"},
		"registered name without its package": {log: missing,
			products: []computer.Product{mars("")}, disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa"},
		"a lost patch alone": {patches: []logscan.Warning{{Kind: logscan.LostPatch, Session: 1,
			Path: `C:\Windows\Installer\1.msp`}}, silent: true, disk: disks(gone, gone), verdict: Unclear,
			codes: []screen.Code{screen.CodePatchMissing}},
		"a lost patch without a name": {patches: []logscan.Warning{{Kind: logscan.LostPatch, Session: 1}}, silent: true,
			noDisk: true, verdict: Unclear, codes: []screen.Code{screen.CodePatchMissing}},
		"a lost patch beside the lost package": {log: missing,
			patches: []logscan.Warning{{Kind: logscan.LostPatch, Session: 1}}, silent: true, disk: disks(gone, gone),
			verdict: RepairNeeded, id: "aaa", codes: []screen.Code{screen.CodePatchMissing}},
		"a patch lost in an earlier session": {patches: []logscan.Warning{{Kind: logscan.LostPatch, Session: 0}},
			silent: true, noDisk: true, verdict: Healthy},
		"a registered patch is gone": {log: missing,
			products: []computer.Product{patched(aaa, msp)}, disk: disks(there, gone), verdict: RepairNeeded, id: "aaa",
			codes: []screen.Code{screen.CodePatchMissing}},
		"package and patch are gone": {log: missing,
			products: []computer.Product{patched(aaa, msp)}, disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa",
			codes: []screen.Code{screen.CodePatchMissing}},
		"package and patch are there": {log: missing,
			products: []computer.Product{patched(aaa, msp)}, disk: disks(there, there), verdict: Healthy, id: "aaa"},
		"nobody could look at the patch": {log: missing,
			products: []computer.Product{patched(aaa, msp)}, disk: disks(there, cache.File{Unseen: "locked"}),
			verdict: Unclear, id: "aaa", codes: []screen.Code{screen.CodePackageLocked}},
		"access to the patch is denied": {products: []computer.Product{patched(aaa, msp)}, disk: disks(there, shut), verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodeNeedsElevation}},
		"nobody knows the patch's file": {products: []computer.Product{patched(aaa,
			"")}, disk: disks(there, gone), verdict: Unclear, id: "aaa", codes: []screen.Code{screen.CodeCorrupt}},
		"nobody could look at the package": {products: []computer.Product{mars(aaa)},
			disk: disks(cache.File{Unseen: "locked"}, gone), verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodePackageLocked}},
		"nobody looked at the package": {products: []computer.Product{mars(aaa)},
			disk: map[string]cache.File{}, verdict: Unclear, id: "aaa"},
		"the registration is not whole": {products: []computer.Product{{Name: computer.AgentName, LocalPackage: aaa,
			Err: "patches: 1610"}}, disk: disks(there, gone), verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodeCorrupt}},
		"of two registered the one gone, not the one that the log names": {log: missing,
			products: []computer.Product{mars(aaa), {Name: computer.AgentName, ProductCode: "{2}", LocalPackage: bbb}},
			disk:     disks(there, gone), verdict: RepairNeeded, id: "BBB", logID: "aaa"},
		"a source lost unnamed, registration whole": {products: []computer.Product{mars(aaa)},
			disk: disks(there, gone), ends: lostSource, verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodeSourceLost}},
		"a source lost unnamed, registration gone": {products: []computer.Product{mars(aaa)},
			disk: disks(gone, gone), ends: lostSource, verdict: RepairNeeded, id: "aaa"},
		"a source lost unnamed, no registration": {silent: true, disk: disks(gone, gone),
			ends: lostSource, verdict: Unclear, codes: []screen.Code{screen.CodeSourceLost}},
		"and the package that was named before is there": {log: []logscan.Warning{earlier("aaa")},
			silent: true, disk: disks(there, gone), ends: lostSource, verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodeSourceLost}},
		"and it is gone": {log: []logscan.Warning{earlier("aaa")},
			silent: true, disk: disks(gone, gone), ends: lostSource, verdict: RepairNeeded, id: "aaa"},
		"a later session went through, no disk": {log: []logscan.Warning{earlier("aaa")},
			silent: true, noDisk: true, verdict: Unclear, id: "aaa", codes: []screen.Code{screen.CodeSuperseded}},
		"a later session went through, and it is gone": {log: []logscan.Warning{earlier("aaa")},
			silent: true, disk: disks(gone, gone), verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodeSuperseded}},
		"a later session went through, and it cannot be used": {log: []logscan.Warning{earlier("aaa")},
			silent: true, disk: disks(bad, gone), verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodeSuperseded}},
		"a later session went through, and the registration expects it": {log: []logscan.Warning{earlier("aaa")},
			products: []computer.Product{mars(aaa)}, disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa"},
		"a session between went through, the last failed otherwise": {log: []logscan.Warning{earlier("aaa")},
			silent: true, disk: disks(gone, gone), through: 3, ends: failedOtherwise, verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodeSuperseded}},
		"none went through, and the last failed otherwise": {log: []logscan.Warning{earlier("aaa")},
			silent: true, disk: disks(gone, gone), ends: failedOtherwise, verdict: RepairNeeded, id: "aaa"},
		"an earlier name is gone, the last one there": {log: []logscan.Warning{named("bbb", logscan.Missing),
			earlier("aaa")}, silent: true, disk: disks(gone, there), ends: failedOtherwise, verdict: Unclear, id: "bbb",
			codes: []screen.Code{screen.CodeAnotherLost}},
		"an earlier name cannot be used, the last one is there": {log: []logscan.Warning{named("bbb", logscan.Missing),
			earlier("aaa")}, silent: true, disk: disks(bad, there), verdict: Unclear, id: "bbb",
			codes: []screen.Code{screen.CodeAnotherLost}},
		"nobody could look at an earlier name": {log: []logscan.Warning{named("bbb", logscan.Missing),
			earlier("aaa")}, silent: true, disk: disks(shut, there), verdict: Unclear, id: "bbb",
			codes: []screen.Code{screen.CodeAnotherLost}},
		"both names are there": {log: []logscan.Warning{named("bbb", logscan.Missing), earlier("aaa")}, silent: true,
			disk: disks(there, there), verdict: Healthy, id: "bbb"},
		"an earlier name is gone, the registration expects the last": {log: []logscan.Warning{named("bbb",
			logscan.Missing), earlier("aaa")}, products: []computer.Product{mars(bbb)}, disk: disks(gone, there),
			verdict: Healthy, id: "BBB"},
		"a patch lost earlier, the last failed otherwise": {patches: []logscan.Warning{{Kind: logscan.LostPatch,
			Path: msp, At: 1}}, silent: true, disk: disks(gone, gone), ends: failedOtherwise, verdict: Unclear,
			codes: []screen.Code{screen.CodePatchMissing}},
		"a patch lost earlier that is back, the last failed otherwise": {patches: []logscan.Warning{{
			Kind: logscan.LostPatch, Path: msp, At: 1}}, silent: true, disk: disks(gone, there), ends: failedOtherwise,
			verdict: Healthy},
		"a later session failed otherwise, no disk": {log: []logscan.Warning{earlier("aaa")},
			silent: true, noDisk: true, ends: []logscan.Outcome{{HasCode: true, Code: 1602}},
			verdict: RepairNeeded, id: "aaa"},
		"the log failed otherwise": {silent: true, noDisk: true,
			ends: []logscan.Outcome{{HasCode: true, Code: 1642}}, verdict: Healthy},
		"the log has no result": {silent: true, noDisk: true,
			ends: []logscan.Outcome{{}}, verdict: Unclear, codes: []screen.Code{screen.CodeUnfinished}},
		"the log has no result, registration whole": {products: []computer.Product{mars(aaa)},
			disk: disks(there, gone), ends: []logscan.Outcome{{}}, verdict: Healthy, id: "aaa"},
		"a plain session tells of a lost source": {silent: true, noDisk: true,
			reading: logscan.Reading{Later: true, Lost: logscan.Line{Text: "Error 1714"}}, verdict: Unclear,
			codes: []screen.Code{screen.CodeSourceLost}},
		"a plain session went through since": {log: missing, silent: true, noDisk: true,
			reading: logscan.Reading{Later: true, HasCode: true}, verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodeSuperseded}},
		"in place, and the rest of the log is damaged": {log: missing, silent: true,
			disk: disks(there, gone), reading: logscan.Reading{Doubt: logscan.Shifted}, verdict: Unclear, id: "aaa",
			codes: []screen.Code{screen.CodeNotUnderstood}},
		"in place, and a later warning names nothing": {log: missing, hostile: true, silent: true,
			disk: disks(there, gone), verdict: Unclear, id: "aaa", codes: []screen.Code{screen.CodeSuspiciousName}},
		"a lost patch that is back": {patches: []logscan.Warning{{Kind: logscan.LostPatch, Session: 1,
			Path: `C:\Windows\Installer\bbb.msi`}}, silent: true, disk: disks(gone, there),
			ends: []logscan.Outcome{{HasCode: true, Code: 1635, Warnings: 1,
				Error: logscan.Line{Number: 3, Text: "x"}}}, verdict: Healthy},
		"no log, and no agent registered": {unread: true,
			products: []computer.Product{{Name: "Other", LocalPackage: bbb}}, disk: disks(gone, there),
			verdict: Unclear, codes: []screen.Code{screen.CodeLogMissing}},
		"nothing registered of the agent, no names": {products: []computer.Product{{Name: "Other",
			LocalPackage: bbb}}, disk: disks(gone, there), verdict: Healthy},
	} {
		t.Run(name, func(t *testing.T) { s.check(t) })
	}
}

// What another log says is not forgotten where the logs alone tell what is lost, and where nobody knows which of two
// logs is the later one, they have to agree.
func TestDecideByTwoLogs(t *testing.T) {
	older := func(p logscan.PatchLog) []OtherLog { return []OtherLog{{Patch: p}} }
	other := func(p logscan.PatchLog) []OtherLog {
		return []OtherLog{{LogFile: LogFile{Unordered: true}, Patch: p}}
	}
	names := func() logscan.PatchLog {
		return logscan.PatchLog{Sessions: 1, Named: []logscan.Warning{named("aaa", logscan.Missing)},
			LastSession: logscan.Outcome{Warnings: 1, HasCode: true, Code: 1612}}
	}
	patch := logscan.PatchLog{Sessions: 1, Patches: []logscan.Warning{{Kind: logscan.LostPatch, Session: 1, Path: msp}},
		LastSession: logscan.Outcome{Warnings: 1, HasCode: true, Code: 1635}}
	ok := logscan.PatchLog{Sessions: 1, LastSession: logscan.Outcome{HasCode: true}}
	unnamed := logscan.PatchLog{Sessions: 1, LastSession: lostSource[0]}
	failed := logscan.PatchLog{Sessions: 1, LastSession: failedOtherwise[0]}
	disagree, superseded := []screen.Code{screen.CodeLogsDisagree}, []screen.Code{screen.CodeSuperseded}
	for name, s := range map[string]story{
		"an older one names it, this one failed": {others: older(names()), silent: true, disk: disks(gone, gone),
			ends: failedOtherwise, verdict: RepairNeeded, id: "aaa"},
		"and there is no disk": {others: older(names()), silent: true, noDisk: true, ends: failedOtherwise,
			verdict: RepairNeeded, id: "aaa"},
		"and it cannot be used": {others: older(names()), silent: true, disk: disks(bad, gone),
			ends: failedOtherwise, verdict: RepairNeeded, id: "aaa"},
		"and it is there": {others: older(names()), silent: true, disk: disks(there, gone), ends: failedOtherwise,
			verdict: Healthy, id: "aaa"},
		"and nobody could look": {others: older(names()), silent: true, disk: disks(shut, gone),
			ends: failedOtherwise, verdict: Unclear, id: "aaa", codes: []screen.Code{screen.CodeNeedsElevation}},
		"an older one names it, this one went through": {others: older(names()), silent: true,
			disk: disks(gone, gone), verdict: Unclear, id: "aaa", codes: superseded},
		"an older one names it, this one went through before it failed": {others: older(names()), silent: true,
			disk: disks(gone, gone), through: 3, ends: failedOtherwise, verdict: Unclear, id: "aaa", codes: superseded},
		"an older one names it, this one lost a source": {others: older(names()), silent: true,
			disk: disks(gone, gone), ends: lostSource, verdict: RepairNeeded, id: "aaa"},
		"an older one names it, the registration another": {others: older(names()),
			products: []computer.Product{mars(bbb)}, disk: disks(gone, there), verdict: Healthy, id: "BBB"},
		"an older one names what another product has": {others: older(names()),
			products: []computer.Product{mars(bbb), {Name: "Other", LocalPackage: aaa}}, disk: disks(gone, there),
			verdict: Healthy, id: "BBB"},
		"an older one names it, this one another that is there": {log: []logscan.Warning{named("bbb", logscan.Missing)},
			others: older(names()), silent: true, disk: disks(gone, there), verdict: Unclear, id: "bbb",
			codes: []screen.Code{screen.CodeAnotherLost}},
		"an older one names it, this one another that is gone": {log: []logscan.Warning{named("bbb", logscan.Missing)},
			others: older(names()), silent: true, disk: disks(gone, gone), verdict: RepairNeeded, id: "bbb"},
		"an older one lost a patch, this one failed": {others: older(patch), silent: true, disk: disks(gone, gone),
			ends: failedOtherwise, verdict: Unclear, codes: []screen.Code{screen.CodePatchMissing}},
		"an older one names it, one between went through, this one failed": {others: append(older(ok), older(names())...),
			silent: true, disk: disks(gone, gone), ends: failedOtherwise, verdict: Unclear, id: "aaa", codes: superseded},
		"an older one names it, one before went through, this one failed": {others: append(older(names()), older(ok)...),
			silent: true, disk: disks(gone, gone), ends: failedOtherwise, verdict: RepairNeeded, id: "aaa"},
		"one of no known order went through, an older one names it, this one failed": {others: append(other(ok),
			older(names())...), silent: true, disk: disks(gone, gone), ends: failedOtherwise, verdict: Unclear, id: "aaa",
			codes: disagree},
		"an older one lost a source": {others: older(unnamed), silent: true, disk: disks(gone, gone),
			verdict: Healthy},
		"an older one went through": {log: []logscan.Warning{named("aaa", logscan.Missing)}, others: older(ok),
			silent: true, disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa"},
		"one of no known order names it, this one failed": {others: other(names()), silent: true,
			disk: disks(gone, gone), ends: failedOtherwise, verdict: RepairNeeded, id: "aaa"},
		"one of no known order names it, this one went through": {others: other(names()), silent: true,
			disk: disks(gone, gone), verdict: Unclear, id: "aaa", codes: disagree},
		"one of no known order lost a source": {others: other(unnamed), silent: true, disk: disks(gone, gone),
			verdict: Unclear, codes: disagree},
		"one of no known order went through": {log: []logscan.Warning{named("aaa", logscan.Missing)},
			others: other(ok), silent: true, disk: disks(gone, gone), verdict: Unclear, id: "aaa", codes: disagree},
		"one of no known order failed otherwise": {log: []logscan.Warning{named("aaa", logscan.Missing)},
			others: other(failed), silent: true, disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa"},
		"another could not be read": {others: []OtherLog{{LogFile: LogFile{Trouble: &screen.Problem{
			Code: screen.CodeLogLocked}}}}, silent: true, disk: disks(gone, gone), verdict: Unclear,
			codes: []screen.Code{screen.CodeLogLocked}},
		"another could not be read, this one names it": {log: []logscan.Warning{named("aaa", logscan.Missing)},
			others: []OtherLog{{LogFile: LogFile{Trouble: &screen.Problem{Code: screen.CodeLogLocked}}}}, silent: true,
			disk: disks(gone, gone), verdict: RepairNeeded, id: "aaa"},
		"another is no log": {others: []OtherLog{{LogFile: LogFile{Unordered: true, Trouble: &screen.Problem{
			Code: screen.CodeNotUnderstood}}, Reading: logscan.Reading{Doubt: logscan.WebPage}}}, silent: true,
			disk: disks(gone, gone), verdict: Healthy},
		"another is damaged": {others: []OtherLog{{LogFile: LogFile{Unordered: true, Trouble: &screen.Problem{
			Code: screen.CodeNotUnderstood}}, Reading: logscan.Reading{Doubt: logscan.Wrapped}}}, silent: true,
			disk: disks(gone, gone), verdict: Unclear, codes: disagree},
		"both of no known order went through": {others: other(ok), silent: true, disk: disks(gone, gone),
			verdict: Healthy},
		"of no known order, the registration decides": {log: []logscan.Warning{named("aaa", logscan.Missing)},
			others: other(ok), products: []computer.Product{mars(aaa)}, disk: disks(gone, gone), verdict: RepairNeeded,
			id: "aaa"},
	} {
		t.Run(name, func(t *testing.T) { s.check(t) })
	}
}

// A registration that cannot be read whole sends to Support only where it stops the repair.
func TestABrokenRegistrationIsNoReasonToStop(t *testing.T) {
	broken := computer.Product{Name: computer.AgentName, ProductCode: "{1}", Err: "corrupt"}
	for verdict, support := range map[Verdict]bool{RepairNeeded: false, Unclear: true} {
		c := Decision{Verdict: verdict}
		c.addProblems(Facts{Registration: computer.Registration{Products: []computer.Product{broken}}})
		if len(c.Problems) != 1 || strings.Contains(c.Problems[0].Cure, "Support") != support {
			t.Errorf("%s: %+v", verdict, c.Problems)
		}
	}
}
