package steps

import (
	"testing"
	"time"

	"marsfix/logscan"
	"marsfix/steps/cache"
	"marsfix/steps/computer"
	"marsfix/steps/disk"
	"marsfix/steps/look"
	"marsfix/steps/msi"
	"marsfix/steps/screen"
)

var t0 = time.Date(2026, 3, 4, 9, 30, 0, 0, time.UTC)

const code = "{0B8E9A66-8B1D-4C0B-9C55-1B7C6B8E4A01}"

// settled is a computer on which every step is true already: each looks once and is done.
func settled() Facts {
	product := computer.Product{Name: computer.AgentName, ProductCode: "{P}", PackageCode: code,
		LocalPackage: `C:\Windows\Installer\7b5ea8.msi`, Version: "2.0.9169.0"}
	line := logscan.Warning{Kind: logscan.Missing, Session: 1, ID: "7b5ea8", Path: product.LocalPackage}
	line.Number = 42
	return Facts{
		About:        computer.About{Name: "SRV", Elevated: true, Desktop: true, WindowsDir: `C:\Windows`},
		PatchLog:     look.LogFile{Path: `C:\Windows\Temp\OBPatch.log`, Read: true, Info: disk.Info{Size: 9}},
		Patch:        logscan.PatchLog{Sessions: 1, Named: []logscan.Warning{line}},
		Registration: computer.Registration{Products: []computer.Product{product}},
		Decision: look.Decision{Verdict: look.RepairNeeded, ID: "7b5ea8", Path: product.LocalPackage,
			Product: &product},
		Start:   look.Start{PID: 7, At: t0, Program: `C:\MARSAgentInstaller.exe`},
		Wizards: []computer.Process{{PID: 7, Image: `C:\1f2e\Setup.exe`, Ours: true}},
		SetupLog: look.LogFile{Path: `C:\Windows\Temp\OBInstaller0Curr.errlog`, Read: true,
			Info: disk.Info{Size: 9}},
		Folder: look.Folder{Path: `C:\1f2e`, From: "log", Exists: true, Witnesses: []screen.Witness{{Who: "wizard",
			Says: "process 7 runs from it", View: screen.Agrees}}},
		File: look.LostFile{ID: "7b5ea8", Place: product.LocalPackage, Code: code,
			Copied: look.Copied{Done: true, To: product.LocalPackage},
			Source: cache.Package{Path: `C:\1f2e\Installers\OBSAGENT.msi`, Exists: true, SHA256: "aa",
				Identity: msi.Identity{PackageCode: code}, Signature: computer.Signature{State: computer.SignTrusted,
					Signer: "Microsoft Corporation"}}},
		Upgrade: look.Upgrade{Begun: true, Ended: true, Judged: true, EndedAt: t0,
			After: computer.Registration{Products: []computer.Product{product}}},
		Choices: look.Choices{WizardLeft: true},
	}
}

// fresh is settled before the copy.
func fresh() Facts {
	f := settled()
	f.File.Copied, f.Upgrade = look.Copied{}, look.Upgrade{}
	f.File.Target = look.Target{Package: cache.Package{Path: f.Decision.Path}}
	return f
}

// player drives a session: it answers every work with the facts that it is told.
type player struct {
	t    *testing.T
	s    *Session
	now  time.Time
	work []Work
}

func play(t *testing.T) *player {
	t.Helper()
	p := &player{t: t, s: NewSession(look.Given{}, false, false), now: t0}
	p.work = p.s.Begin(t0)
	return p
}

func (p *player) send(ev screen.Event) { p.work = p.s.Handle(ev, p.now) }

func (p *player) finish(f Facts) {
	p.t.Helper()
	if len(p.work) != 1 {
		p.t.Fatalf("step %d: %d pieces of work, want 1", p.s.at+1, len(p.work))
	}
	w := p.work[0]
	p.send(Result{Round: w.Round, Step: w.Step, Attempt: w.Attempt, act: w.Act, Facts: f})
}

// reach walks to a step on facts on which everything before it is done.
func (p *player) reach(step int, f Facts) {
	p.t.Helper()
	for p.s.at < step {
		p.finish(f)
		p.want(screen.Done)
		p.send(screen.Press{Key: "enter"})
	}
}

func (p *player) want(st screen.State) {
	p.t.Helper()
	if got := p.s.Screen().State; got != st {
		p.t.Fatalf("step %d is %v, want %v", p.s.at+1, got, st)
	}
}

func (p *player) keys() map[string]bool {
	ks := map[string]bool{}
	for _, a := range p.s.Screen().Actions {
		ks[a.Key] = true
	}
	return ks
}

// reachMore goes on from a step that is done.
func (p *player) reachMore(step int, f Facts) {
	p.t.Helper()
	for p.s.at < step {
		p.want(screen.Done)
		p.send(screen.Press{Key: "enter"})
		if p.s.at < step {
			p.finish(f)
		}
	}
}
