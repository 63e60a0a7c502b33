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

func TestWalkShowsAllTwelveAndNeverAdvancesByItself(t *testing.T) {
	p := play(t)
	f := settled()
	for step := range Count {
		if got := p.s.Screen().Step; got != step+1 {
			t.Fatalf("screen %d, want %d", got, step+1)
		}
		p.finish(f)
		p.want(screen.Done)
		if p.s.at != step {
			t.Fatalf("went on from step %d without Enter", step+1)
		}
		p.send(screen.Press{Key: "enter"})
	}
	if sc := p.s.Screen(); !sc.Left || sc.Code != CodeGood {
		t.Fatalf("left %v with %d", sc.Left, sc.Code)
	}
}

func TestNoForwardBeforeDone(t *testing.T) {
	for step := range Count {
		p := play(t)
		p.reach(step, settled())
		p.want(screen.Looking)
		if ks := p.keys(); ks["enter"] || ks["y"] {
			t.Errorf("step %d offers enter or y while it looks", step+1)
		}
		p.send(screen.Press{Key: "enter"})
		p.send(screen.Answer{Yes: true})
		if p.s.at != step {
			t.Errorf("step %d was left while it looked", step+1)
		}
	}
}

func TestLateResultIsDropped(t *testing.T) {
	p := play(t)
	p.reach(searchLog, settled())
	w := p.work[0]
	bad := settled()
	bad.About.Name = "LATE"
	for name, r := range map[string]Result{
		"attempt": {Round: 1, Step: w.Step, Attempt: w.Attempt - 1, Facts: bad},
		"step":    {Round: 1, Step: w.Step - 1, Attempt: w.Attempt, Facts: bad},
		"round":   {Round: 2, Step: w.Step, Attempt: w.Attempt, Facts: bad},
	} {
		p.send(r)
		if p.s.facts.About.Name == "LATE" || p.s.Screen().State != screen.Looking {
			t.Errorf("a result with another %s was taken", name)
		}
	}
	p.work = []Work{w}
	p.finish(settled())
	p.want(screen.Done)
	p.send(Result{Round: 1, Step: w.Step, Attempt: w.Attempt, Facts: bad})
	if p.s.facts.About.Name == "LATE" {
		t.Error("a result was taken twice")
	}
}

func TestBackWorksExceptWhileActing(t *testing.T) {
	for step := 1; step < Count; step++ {
		f := fresh()
		p := play(t)
		p.reach(min(step, copyPackage), f)
		if step > copyPackage {
			p.finish(settled())
			p.reachMore(step, settled())
		}
		p.send(screen.Press{Key: "esc"})
		if p.s.at != step-1 {
			t.Errorf("esc at step %d led to %d", step+1, p.s.at+1)
		}
	}
	p := play(t)
	p.reach(copyPackage, fresh())
	p.finish(fresh())
	p.want(screen.Asking)
	p.send(screen.Answer{Yes: true})
	p.want(screen.Acting)
	if p.keys()["esc"] {
		t.Error("esc is offered while acting")
	}
	p.send(screen.Press{Key: "esc"})
	if p.s.at != copyPackage {
		t.Error("esc left a step that was acting")
	}
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

func TestBackShowsEarlierScreensReadOnlyAfterTheCopy(t *testing.T) {
	p := play(t)
	p.reach(copyPackage, fresh())
	p.finish(fresh())
	p.send(screen.Answer{Yes: true})
	p.finish(settled())
	p.want(screen.Done)
	for step := copyPackage - 1; step >= 0; step-- {
		p.send(screen.Press{Key: "esc"})
		sc := p.s.Screen()
		if sc.Step != step+1 || !sc.ReadOnly || sc.Question != nil || len(p.work) != 0 {
			t.Fatalf("step %d: read-only %v, question %v, work %v", sc.Step, sc.ReadOnly, sc.Question, p.work)
		}
		if ks := p.keys(); ks["r"] || ks["y"] || ks["s"] || !ks["enter"] {
			t.Fatalf("step %d offers %v", sc.Step, ks)
		}
	}
	for range copyPackage {
		p.send(screen.Press{Key: "enter"})
	}
	if p.s.at != copyPackage {
		t.Fatalf("Enter led to step %d", p.s.at+1)
	}
}

func TestNoIsSafeAndEnterAsksAgain(t *testing.T) {
	p := play(t)
	p.reach(copyPackage, fresh())
	p.finish(fresh())
	p.send(screen.Press{Key: "enter"})
	p.want(screen.Asking) // Enter does not confirm
	p.send(screen.Answer{Yes: false})
	p.want(screen.NeedsYou)
	if len(p.work) != 0 || p.s.Screen().Question != nil {
		t.Fatal("no did something")
	}
	p.send(screen.Answer{Yes: true})
	p.want(screen.NeedsYou)
	p.send(screen.Press{Key: "enter"})
	p.want(screen.Asking)
	p.send(screen.Answer{Yes: true})
	if len(p.work) != 1 || p.work[0].Act != computer.ActCopy {
		t.Fatalf("work %v", p.work)
	}
}

func TestOverrideIsTypedOut(t *testing.T) {
	f := fresh()
	f.File.Source.Signature = computer.Signature{State: computer.SignNone}
	p := play(t)
	p.reach(checkPackage, f)
	p.finish(f)
	p.want(screen.Asking)
	if q := p.s.Screen().Question; q.Kind != screen.Type || q.Want != "7b5ea8" {
		t.Fatalf("question %+v", q)
	}
	for _, typed := range []string{"", "7b5ea9", "y"} {
		p.send(screen.Answer{Text: typed, Yes: true})
		p.want(screen.Asking)
	}
	p.send(screen.Press{Key: "q"})
	p.send(screen.Answer{Yes: true})
	if sc := p.s.Screen(); !sc.Left || sc.Code != CodeFailed {
		t.Fatalf("left %v with %d", sc.Left, sc.Code)
	}
	p = play(t)
	p.reach(checkPackage, f)
	p.finish(f)
	p.send(screen.Answer{Text: " 7B5EA8 "})
	p.want(screen.Done)
}

func TestSecondRoundBeginsAtStepTwo(t *testing.T) {
	f := settled()
	again := logscan.Warning{Kind: logscan.Missing, Session: 1, ID: "9c01f2"}
	f.Upgrade.Log = logscan.PatchLog{Sessions: 1, Named: []logscan.Warning{again}}
	p := play(t)
	p.reach(RunUpgrade, f)
	p.finish(f)
	p.want(screen.NeedsYou)
	old := p.s.attempt
	p.send(screen.Press{Key: "enter"})
	sc := p.s.Screen()
	if sc.Step != OpenLog+1 || sc.Round != 2 || sc.UniqueID != "" || sc.TempPath != "" {
		t.Fatalf("screen %d round %d id %q", sc.Step, sc.Round, sc.UniqueID)
	}
	if len(p.s.facts.Past) != 1 || p.s.facts.Copied() {
		t.Fatalf("past %v, copied %v", p.s.facts.Past, p.s.facts.File.Copied)
	}
	if p.work[0].Round != 2 || p.work[0].Attempt == old {
		t.Fatalf("work %+v", p.work[0])
	}
}

func TestSameIdAgainDoesNotGoRound(t *testing.T) {
	f := settled()
	again := logscan.Warning{Kind: logscan.OtherPackageCode, Session: 1, ID: "7B5EA8"}
	f.Upgrade.Log = logscan.PatchLog{Sessions: 1, Named: []logscan.Warning{again}}
	p := play(t)
	p.reach(RunUpgrade, f)
	p.finish(f)
	p.want(screen.Failed)
	if c := p.s.Screen().Problems[0].Code; c != "copy-not-accepted" {
		t.Fatalf("problem %s", c)
	}
}

func TestControlCAsksAndTwiceLeaves(t *testing.T) {
	p := play(t)
	p.finish(settled())
	p.send(screen.Interrupt{})
	if sc := p.s.Screen(); sc.Left || sc.Question == nil {
		t.Fatal("the first Ctrl+C did not ask")
	}
	p.now = t0.Add(3 * time.Second)
	p.send(screen.Interrupt{})
	if p.s.Screen().Left {
		t.Fatal("a Ctrl+C three seconds later left at once")
	}
	p.now = p.now.Add(2 * time.Second)
	p.send(screen.Interrupt{})
	if sc := p.s.Screen(); !sc.Left || sc.Code != CodeLeft {
		t.Fatalf("left %v with %d", sc.Left, sc.Code)
	}
}

// TestStayForgetsControlC: the next one asks again, however soon it comes.
func TestStayForgetsControlC(t *testing.T) {
	for _, stay := range []screen.Event{screen.Answer{}, screen.Press{Key: "n"}, screen.Press{Key: "esc"}} {
		p := play(t)
		p.finish(settled())
		for range 3 {
			p.send(screen.Interrupt{})
			if sc := p.s.Screen(); sc.Left || sc.Question == nil {
				t.Fatalf("after %+v Ctrl+C did not ask: left %v", stay, sc.Left)
			}
			p.send(stay)
		}
		p.send(screen.Press{Key: "q"})
		p.send(screen.Interrupt{})
		if p.s.Screen().Left {
			t.Errorf("after %+v and q one Ctrl+C left", stay)
		}
	}
}

func TestControlCTwiceWhileActingWaitsForTheAct(t *testing.T) {
	p := play(t)
	p.reach(copyPackage, fresh())
	p.finish(fresh())
	p.send(screen.Answer{Yes: true})
	act := p.work
	p.send(screen.Interrupt{})
	p.send(screen.Interrupt{})
	if p.s.Screen().Left {
		t.Fatal("left while the copy was running")
	}
	p.work = act
	p.finish(settled())
	if sc := p.s.Screen(); !sc.Left || sc.Code != CodeLeft {
		t.Fatalf("left %v with %d", sc.Left, sc.Code)
	}
}

func TestExitCodes(t *testing.T) {
	quit := func(p *player) int {
		p.send(screen.Press{Key: "q"})
		p.send(screen.Answer{Yes: true})
		return p.s.Screen().Code
	}
	p := play(t)
	if c := quit(p); c != CodeLeft {
		t.Errorf("left while looking: %d", c)
	}
	healthy := settled()
	healthy.Decision.Verdict = look.Healthy
	healthy.File.Copied, healthy.Upgrade, healthy.Wizards = look.Copied{}, look.Upgrade{}, nil
	p = play(t)
	p.reach(noteID, healthy)
	p.finish(healthy)
	if c := quit(p); c != CodeGood {
		t.Errorf("left a healthy computer at step 5: %d", c)
	}
	unclear := settled()
	unclear.Decision = look.Decision{Verdict: look.Unclear, Reason: "nothing"}
	unclear.File.Copied, unclear.Upgrade = look.Copied{}, look.Upgrade{}
	p = play(t)
	p.reach(noteID, unclear)
	p.finish(unclear)
	p.want(screen.Failed)
	p.send(screen.Press{Key: "esc"})
	if c := quit(p); c != CodeFailed {
		t.Errorf("left after a step failed: %d", c)
	}
	p = play(t)
	p.send(screen.EndOfInput{})
	if sc := p.s.Screen(); !sc.Left || sc.Code != CodeLeft {
		t.Errorf("end of input: %v %d", sc.Left, sc.Code)
	}
}

func TestKeysThatAreNotOfferedDoNothing(t *testing.T) {
	p := play(t)
	p.finish(settled())
	before := p.s.Screen()
	for _, k := range []string{"y", "n", "s", "esc", "x", "l", ""} {
		p.send(screen.Press{Key: k})
		if after := p.s.Screen(); after.Step != before.Step || after.State != before.State || len(p.work) != 0 {
			t.Errorf("%q did something", k)
		}
	}
}

func TestPollingKeepsTheTimeThatTheWaitBegan(t *testing.T) {
	f := fresh()
	f.Start.LogSize = 9 // nothing new yet
	p := play(t)
	p.reach(openSetupLog, f)
	p.now = t0.Add(time.Second)
	p.finish(f)
	p.want(screen.Looking)
	since := p.s.Screen().Since
	p.now = t0.Add(5 * time.Second)
	p.finish(f)
	p.want(screen.Looking)
	if sc := p.s.Screen(); !sc.Since.Equal(since) || sc.Doing == "" {
		t.Fatalf("since %v, then %v, doing %q", since, sc.Since, sc.Doing)
	}
	if p.work[0].After != logPoll {
		t.Fatalf("after %v", p.work[0].After)
	}
}

func TestGoingOnWithAWizardOpenIsTypedAndCanBeTakenBack(t *testing.T) {
	open := fresh()
	open.Choices.WizardLeft = false
	closed := open
	closed.Wizards = nil
	p := play(t)
	p.finish(open)
	p.want(screen.NeedsYou)
	p.send(screen.Press{Key: "s"})
	p.want(screen.Asking)
	if q := p.s.Screen().Question; q.Kind != screen.Type || q.Want != "7" {
		t.Fatalf("question %+v", q)
	}
	p.send(screen.Press{Key: "s"})
	p.want(screen.NeedsYou)
	p.send(screen.Press{Key: "s"})
	f := open
	f.Choices = p.s.facts.Choices
	p.finish(f) // it is looked at again while the question stands
	p.want(screen.Asking)
	p.send(screen.Answer{Text: "7"})
	p.want(screen.Done)
	if !p.s.facts.Choices.WizardLeft {
		t.Error("the choice was not kept")
	}
	p = play(t)
	p.finish(open)
	p.finish(closed)
	p.want(screen.Done) // closed meanwhile
}
